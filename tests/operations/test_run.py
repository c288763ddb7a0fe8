"""The local site as `manage.py run` starts, keeps and stops it, in a data directory of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from operations import claim
from operations.embedded import server
from tests.operations.launching import ROOT, pid_of, state, wait_until

pytestmark = pytest.mark.torture


class Site:
    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = data
        self.said = data / "said"
        self.process = self.run()
        self.wait()

    def run(self) -> subprocess.Popen[bytes]:
        environment = {"DATA_DIR": str(self.data), "PORT": str(self.port)}
        return subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=ROOT,
            env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": "newsroom.settings"},
            stdout=self.said.open("wb"),
            stderr=subprocess.STDOUT,
        )

    def wait(self) -> None:
        """Wait until the site says that it runs; fail with what it said when it ends."""
        wait_until(lambda: self.is_up() or self.process.poll() is not None, seconds=300)
        assert self.is_up(), self.said.read_text()

    def is_up(self) -> bool:
        return "Ctrl-C stops it" in self.said.read_text()

    def get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()

    def has_freed_its_port(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) != 0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    data = tmp_path_factory.mktemp("site")
    yield data
    server.destroy(data / "postgres")


@pytest.fixture
def site(data: Path) -> Iterator[Site]:
    site = Site(data)
    yield site
    site.process.kill()
    site.process.wait()


def test_site_answers_keeps_its_data_and_stops_wholly(site: Site) -> None:
    home = site.data / "postgres"
    assert site.get("/readyz") == (200, "ready\n")
    assert site.get("/")[0] == 200
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        database = pid_of(home)
        site.process.send_signal(sign)
        assert site.process.wait(60) == 0
        assert state(database) in ("", "Z")
        assert site.has_freed_its_port()
        begun = time.monotonic()
        site.process = site.run()
        site.wait()
        assert "demo newsroom" not in site.said.read_text().split("\n\n")[0]
        assert time.monotonic() - begun < 30


def test_killed_database_comes_back(site: Site) -> None:
    os.kill(pid_of(site.data / "postgres"), signal.SIGKILL)
    wait_until(lambda: site.said.read_text().count("Starting the site") == 2, seconds=30)
    wait_until(lambda: not site.has_freed_its_port(), seconds=30)
    assert site.get("/readyz") == (200, "ready\n")


def test_killed_worker_ends_the_site_and_is_named(site: Site) -> None:
    worker = next(
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if path.read_bytes().endswith(b"\0work\0")
        and f"PORT={site.port}".encode() in path.with_name("environ").read_bytes().split(b"\0")
    )
    os.kill(worker, signal.SIGKILL)
    assert site.process.wait(60) == 1
    assert re.search(r"The worker has ended \(status -9\)", site.said.read_text())
    assert site.has_freed_its_port()


def test_killed_site_frees_its_port_and_starts_again(site: Site) -> None:
    site.process.kill()
    site.process.wait()
    wait_until(site.has_freed_its_port)
    site.process = site.run()
    site.wait()
    assert site.get("/readyz") == (200, "ready\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children")
def test_site_killed_with_its_web_server_frees_its_port(site: Site) -> None:
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    site.process.kill()
    for child in children.split():
        with suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)
    site.process.wait()
    wait_until(site.has_freed_its_port)
    site.process = site.run()
    site.wait()
    assert site.get("/readyz") == (200, "ready\n")


def test_second_site_in_the_same_folder_is_refused(site: Site) -> None:
    said = site.data / "said-by-second"
    first, site.said = site.said, said
    assert site.run().wait(60) == 1
    assert f"already runs at http://localhost:{site.port}/" in said.read_text()
    site.said = first
    assert claim.end_holder(site.data)
    assert site.process.wait(60) == 0
