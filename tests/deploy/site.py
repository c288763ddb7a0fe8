"""The site as in production: two machines behind the shipped nginx, and readers before it."""

import http.client
import os
import resource
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.management.utils import get_random_secret_key

from operations.supervisor import end_with_parent
from tests.operations.launching import ROOT, wait_until
from tests.pagecache.machines import Machine, free_port, machines
from tests.programs import need

SHIPPED, NAME = ROOT / "deploy" / "nginx.conf", "news.example"
FROM_HERE = {"Sec-Fetch-Site": "same-origin", "Origin": f"https://{NAME}"}
THREADS = 4  # of each machine, which has one worker
PER_PREFIX = 3  # comments of one address prefix


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def how(self) -> str:
        return self.headers.get("X-Cache", "")


class Nginx:
    """The shipped file with this machine's ports and folders in its marked places."""

    def __init__(self, program: str, folder: Path, both: list[Machine], media: Path) -> None:
        self.program = program
        self.port, self.plain_port = free_port(), free_port()
        self.folder, self.media = folder, media
        self.certificate, self.key = make_certificate(folder)
        self.file = folder / "nginx.conf"
        self.file.write_text(self._configuration(both))
        self.process = subprocess.Popen(
            [*self.command, "-g", f"daemon off; {self._main}"],
            preexec_fn=as_systemd_does,
            stdin=subprocess.DEVNULL,
            stdout=(folder / "nginx.log").open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def command(self) -> list[str]:
        return [self.program, "-p", str(self.folder), "-c", str(self.file)]

    @property
    def _main(self) -> str:
        """Who serves and where it is noted: the system's own matter. Our folders are private."""
        user = "user root; " if os.geteuid() == 0 else ""
        return f"{user}pid {self.folder}/nginx.pid; error_log {self.folder}/error.log warn;"

    def _configuration(self, both: list[Machine]) -> str:
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f" {kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        places = {
            "http {": "http { access_log off;" + temporary,
            "127.0.0.1:8001": f"127.0.0.1:{both[0].port}",
            "127.0.0.1:8002": f"127.0.0.1:{both[1].port}",
            "[::]:80": f"[::1]:{self.plain_port}" if has_ipv6() else f"127.0.0.2:{self.plain_port}",
            "[::]:443": f"[::1]:{self.port}" if has_ipv6() else f"127.0.0.2:{self.port}",
            "listen 80": f"listen 127.0.0.1:{self.plain_port}",
            "listen 443": f"listen 127.0.0.1:{self.port}",
            "/etc/ssl/news.example.pem": str(self.certificate),
            "/etc/ssl/private/news.example.key": str(self.key),
            "/var/lib/newsroom/media/": f"{self.media}/",
        }
        text = SHIPPED.read_text()
        for shipped, ours in places.items():
            assert shipped in text, shipped
            text = text.replace(shipped, ours)
        return text

    def is_up(self) -> bool:
        assert self.process.poll() is None, (self.folder / "nginx.log").read_text()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
            return True
        return False

    def test(self) -> subprocess.CompletedProcess[str]:
        command = [*self.command, "-t", "-g", self._main]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def warnings(self) -> list[str]:
        """What nginx has to say about its configuration, not about some request."""
        said = (self.folder / "nginx.log").read_text() + (self.folder / "error.log").read_text()
        return [line for line in said.splitlines() if "[warn]" in line and ": *" not in line]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


def as_systemd_does() -> None:
    """So many files may be open, unless the configuration asks for more."""
    end_with_parent()
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))


def has_ipv6() -> bool:
    with suppress(OSError), socket.socket(socket.AF_INET6) as trial:
        trial.bind(("::1", 0))
        return True
    return False


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """For a day, signed by itself."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = [need("openssl", package="openssl"), "req", "-x509", "-nodes", "-days", "1"]
    command += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={NAME}"]
    command += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key)]
    subprocess.run([*command, "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


class Site:
    def __init__(self, nginx: Nginx, both: list[Machine]) -> None:
        self.nginx, self.both = nginx, both
        self.trust = ssl.create_default_context(cafile=str(nginx.certificate))

    def line(self, *, source: str = "127.0.0.1") -> ssl.SSLSocket:
        """A connection from one of this machine's addresses; 127.0.x.1 are all prefixes."""
        at = ("127.0.0.1", self.nginx.port)
        plain = socket.create_connection(at, timeout=20, source_address=(source, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        return self.trust.wrap_socket(plain, server_hostname=NAME)

    def ask(
        self,
        path: str,
        *,
        method: str = "",
        form: dict[str, str] | None = None,
        body: Any = None,
        source: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        """One request by https over a connection of its own; names of headers have a _ for a -."""
        line = http.client.HTTPSConnection(NAME, context=self.trust)
        line.sock = self.line(source=source)
        if form is not None:
            headers |= FROM_HERE | {"Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(form)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method or ("GET" if body is None else "POST"), path, body, named)
        return read(line)

    def ask_plainly(self, path: str, **headers: str) -> Answer:
        """The same by http."""
        line = http.client.HTTPConnection("127.0.0.1", self.nginx.plain_port, timeout=20)
        line.request("GET", path, headers={"Host": NAME} | headers)
        return read(line)

    def say(self, text: str, **options: str) -> Answer:
        """An answer to what no well-behaved client would send."""
        with self.line(**options) as line:
            line.sendall(text.encode("latin-1"))
            answer = http.client.HTTPResponse(line)
            answer.begin()
            return Answer(answer.status, answer.headers, answer.read())


def read(line: http.client.HTTPConnection) -> Answer:
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return Answer(answer.status, answer.headers, body)


def collect(environment: dict[str, str]) -> None:
    """The public pages' static files, compressed: the desk's would take ten seconds more."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    command += ["--ignore", "admin", "--ignore", "django_prose_editor"]
    database = {"DATABASE_URL": "dbname=unused"}
    subprocess.run(command, cwd=ROOT, env=os.environ | environment | database, check=True)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    program, data = need("nginx", package="nginx-light"), folder / "data"
    (data / "media").mkdir(parents=True)
    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "SITE_URL": f"https://{NAME}",
        "SECRET_KEY": get_random_secret_key() * 2,
        "DATA_DIR": str(data),
        "TRUSTED_PROXIES": "1",
        "COMMENTS_PER_PREFIX": str(PER_PREFIX),
    }
    collect(environment)
    with machines(folder, workers=1, threads=THREADS, **environment) as both:
        nginx = Nginx(program, folder, both, data / "media")
        try:
            wait_until(nginx.is_up)
            yield Site(nginx, both)
        finally:
            nginx.stop()
