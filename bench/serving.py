"""The servers that are measured: granian as in production, and nginx with a file."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from bench.clients import answers_a_second
from bench.machine import family
from operations.supervisor import Supervisor

CORES = os.cpu_count() or 1
THREADS = 8
# Requests until each thread of a worker has a connection on which its statements are prepared, at
# the second of a kind, and PostgreSQL has chosen a plan for all values, after five for single ones.
WARM_UP = THREADS * 12
running = ExitStack()  # closed at the end of the run
NGINX = """
{user}daemon off; worker_processes {workers}; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
    open_file_cache max=10; default_type text/html;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@dataclass(frozen=True)
class Server:
    port: int
    supervisor: Supervisor

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def pids(self) -> list[int]:
        return [pid for child in self.supervisor._children for pid in family(child.process.pid)]


@cache
def site() -> Server:
    """The whole site, one worker for each core, until the end of the run."""
    return running.enter_context(granian("newsroom.wsgi:application"))


@contextmanager
def granian(
    application: str,
    *,
    workers: int = CORES,
    environment: dict[str, str] | None = None,
    core: int | None = None,
) -> Iterator[Server]:
    """A server of its own, on one `core` alone if that is given."""
    port = free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--http", "1",
               "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws",
               "--log-level", "error"]  # fmt: skip
    command = [*on(core), sys.executable, "-m", "granian", *options, application]
    with _started("granian", command, port, environment or {}, "/healthz") as server:
        yield server


@contextmanager
def nginx(body: bytes, *, core: int | None = None) -> Iterator[Server | None]:
    """nginx with a file of these bytes as its only page; None where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        yield None
        return
    folder, port = Path(settings.DATA_DIR).resolve() / "nginx", free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page").write_bytes(body)
    user = "user root; " if os.geteuid() == 0 else ""  # else it would read as somebody else
    workers = "auto" if core is None else 1
    conf = NGINX.format(user=user, folder=folder, port=port, workers=workers)
    (folder / "nginx.conf").write_text(conf)
    command = [*on(core), program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _started("nginx", command, port, {}, "/page") as server:
        yield server


@contextmanager
def _started(
    name: str, command: list[str], port: int, environment: dict[str, str], path: str
) -> Iterator[Server]:
    supervisor = Supervisor()
    supervisor.start(name, *command, environment={"PORT": str(port), **environment})
    try:
        _wait(f"http://localhost:{port}{path}", supervisor)
        yield Server(port, supervisor)
    finally:
        supervisor.stop()


def _wait(address: str, supervisor: Supervisor) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if ended := supervisor.find_ended():
            raise RuntimeError(f"{ended.name} has ended.")
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} does not answer.")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def on(core: int | None) -> list[str]:
    """What a command begins with that shall run on this core alone."""
    return [] if core is None else ["taskset", "-c", str(core)]


def load(
    address: str,
    headers: dict[str, str],
    *,
    seconds: float,
    clients: int = 8,
    core: int | None = None,
) -> float:
    """Answers a second that so many clients get, by wrk on one `core` where it is found."""
    if program := shutil.which("wrk"):
        told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        duration = f"-d{max(int(seconds), 1)}s"
        command = [*on(core), program, "-t1", f"-c{clients}", duration, *told, address]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        if "Non-2xx" in said:
            raise RuntimeError(said)
        return float(said.partition("Requests/sec:")[2].split()[0])
    return answers_a_second(address, headers, seconds=seconds, clients=clients)
