"""Real web servers over the test's own database, and people who use them by HTTP."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from operations.supervisor import end_with_parent
from tests.operations.launching import ROOT, wait_until

WORKERS, POOL = 2, 2
NAME = "machines"  # by which the database knows their connections
SERVE = ("--interface", "wsgi", "--http", "1", "--no-ws",
         "newsroom.wsgi:application")  # fmt: skip
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


class Answer(NamedTuple):
    status: int
    text: str
    how: str  # what the cache says: hit, miss …
    begun: float  # of time.time
    ended: float
    cookies: list[str]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Machine:
    """granian as in docs/deployment.md; `log` gets what it says."""

    def __init__(
        self, log: Path, *, workers: int = WORKERS, threads: int = 8, **environment: str
    ) -> None:
        self.port, self.log, self.environment = free_port(), log, environment
        self._size = ("--workers", str(workers), "--blocking-threads", str(threads))
        self.start()

    def start(self) -> None:
        """At the same port, also after `stop`."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--port", str(self.port), *self._size, *SERVE],
            cwd=ROOT,
            env=os.environ | self._environment() | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )

    def _environment(self) -> dict[str, str]:
        known = connection.settings_dict
        names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST",
                 "port": "PORT"}  # fmt: skip
        parts = {theirs: known[ours] for theirs, ours in names.items() if known[ours]}
        return {
            "DATABASE_URL": make_conninfo(application_name=NAME, **parts),
            "DATABASE_POOL_SIZE": str(POOL),
            "DATA_DIR": str(settings.DATA_DIR),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PORT": str(self.port),
            "SITE_URL": "",
            "METRICS": "1",
            "COMMENTS_PER_PREFIX": "100000",
            "FORMS_PER_PREFIX": "100000",
            "VOTES_PER_PREFIX": "100000",
            "COMMENTS_PER_STORY": "100000",
            "NEW_VOTERS_PER_PREFIX": "100000",
        }

    def ask(self, path: str, *, form: dict[str, str] | None = None, **headers: str) -> Answer:
        """One request over a connection of its own, which either worker may take."""
        begun = time.time()
        line = http.client.HTTPConnection("localhost", self.port, timeout=20)
        body = None if form is None else urlencode(form)
        if form is not None:
            headers |= SAME_SITE | {"Content-Type": "application/x-www-form-urlencoded"}
        line.request("GET" if form is None else "POST", path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        cookies = answer.headers.get_all("Set-Cookie", [])
        how = answer.headers.get("X-Cache", "")
        return Answer(answer.status, text, how, begun, time.time(), cookies)

    @property
    def _host(self) -> str:
        return urlsplit(self.environment.get("SITE_URL", "")).hostname or "localhost"

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        with suppress(OSError):
            return self.ask("/healthz", Host=self._host).status == 200
        return False

    def metrics(self) -> dict[str, dict[str, float]]:
        """{process: {metric: value}} of every worker."""
        found: dict[str, dict[str, float]] = {}
        lines = re.compile(r'(\w+)\{process="(\d+)"(?:,\w+="([^"]*)")?\} (\S+)')
        for _try in range(200):
            told = lines.findall(self.ask("/metrics").text)
            found[told[0][1]] = {name + what: float(value) for name, _pid, what, value in told}
            if len(found) == WORKERS:
                break
        return found

    def stop(self) -> None:
        """At once. A worker may listen for a moment after the process that began it has ended."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        wait_until(self._is_silent, seconds=10)

    def _is_silent(self) -> bool:
        with socket.socket() as line:
            return line.connect_ex(("127.0.0.1", self.port)) != 0


@contextmanager
def machines(folder: Path, **options: Any) -> Iterator[list[Machine]]:
    """Two machines that are up and hear their listeners; gone at the end whatever happens."""
    both: list[Machine] = []
    try:
        both += [Machine(folder / f"machine-{number}.log", **options) for number in (1, 2)]
        for machine in both:
            wait_until(machine.is_up, seconds=60)
        yield both
    finally:
        for machine in both:
            machine.stop()


class Person:
    """Somebody with a browser, which keeps cookies for as long as they say."""

    def __init__(self, **cookies: str) -> None:
        self.cookies = {name: (value, float("inf")) for name, value in cookies.items()}

    def ask(self, machine: Machine, path: str, form: dict[str, str] | None = None) -> Answer:
        now = time.time()
        valid = {name: value for name, (value, until) in self.cookies.items() if now < until}
        cookie = "; ".join(f"{name}={value}" for name, value in valid.items())
        answer = machine.ask(path, form=form, Cookie=cookie)
        for name, morsel in SimpleCookie("\n".join(answer.cookies)).items():
            lasts = float(morsel["max-age"] or "inf")
            self.cookies[name] = (morsel.value, time.time() + lasts)
        return answer


def warm(both: list[Machine], path: str, text: str = "") -> None:
    """Has every worker keep the page with the text, as far as chance lets one say so."""
    for machine in both:
        hits = 0
        while hits < 12:
            answer = machine.ask(path)
            hits += answer.how == "hit" and text in answer.text


def hammer(
    both: list[Machine], path: str, act: Callable[[], object], *, after: float = 0.6
) -> tuple[list[Answer], float]:
    """What eight readers on both machines got around `act`, and when that was acknowledged.

    Each reads five times before it, and on until an answer that began `after` seconds after it.
    """
    seen: list[list[Answer]] = [[] for _reader in range(8)]
    until = [float("inf")]

    def read(number: int) -> None:
        mine = seen[number]
        while not mine or mine[-1].begun < until[0]:
            mine.append(both[number % 2].ask(path))

    with ThreadPoolExecutor(len(seen)) as pool:
        readers = [pool.submit(read, number) for number in range(len(seen))]
        try:
            wait_until(lambda: all(len(mine) >= 5 for mine in seen), seconds=30)
            act()
        finally:
            acknowledged = time.time()
            until[0] = acknowledged + after
    for reader in readers:
        reader.result()
    return [answer for mine in seen for answer in mine], acknowledged


def connections(what: str = "pid", *, only: str = "") -> list[Any]:
    """What PostgreSQL knows of the machines' connections, or does to them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {what} FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = %s AND query LIKE %s",
            [NAME, f"{only}%"],
        )
        return [row[0] for row in cursor.fetchall()]
