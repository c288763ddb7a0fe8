"""What the embedded server survives: kill -9, zombies and pids that now belong to others."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from operations.embedded import accounts, server
from operations.embedded.errors import EmbeddedPostgresError
from tests.operations.launching import (
    ROOT,
    answer,
    launcher,
    notes,
    pid_of,
    state,
    wait_until,
    write,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("survival") / "postgres"
    write(home, "kept")
    yield home
    server.destroy(home)


def kill(home: Path) -> int:
    server.start(home)
    pid = pid_of(home)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: state(pid) in ("", "Z"))
    return pid


def test_server_is_back_at_once_after_kill(home: Path) -> None:
    for _ in range(3):
        kill(home)
        assert notes(home) == "kept"


def test_zombie_of_a_killed_server_counts_as_dead(home: Path) -> None:
    server.stop(home)
    pid = kill(home)  # started in this process, which does not wait for its child
    assert answer(launcher("start", home))  # another process cannot reap it
    assert state(pid) == "Z"
    assert notes(home) == "kept"


@pytest.mark.parametrize("left", ["a living process", "a dead process", "rubbish", "nothing"])
def test_pid_file_left_by_a_crash_is_not_believed(home: Path, left: str) -> None:
    lock = server.start(home) / ".s.PGSQL.5432.lock"
    kill(home)
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    if left == "a dead process":
        stranger.kill()
        stranger.wait()
    pid = {"rubbish": "no number", "nothing": ""}.get(left, str(stranger.pid))
    for path in (accounts.data_directory(home) / "postmaster.pid", lock):
        path.write_text(f"{pid}\n{home}/data\n1\n5432\n{home}\n\n  1 1\nready\n" if pid else "")
    assert notes(home) == "kept"
    stranger.kill()
    stranger.wait()


def test_server_outlives_the_process_that_started_it(home: Path) -> None:
    server.stop(home)
    program = (
        "import sys, time; from operations.embedded import server;"
        "server.start(sys.argv[1]); print('started', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as app:
        assert app.stdout and app.stdout.readline() == "started\n"
        pid = pid_of(home)
        app.kill()
    assert notes(home) == "kept"
    assert pid_of(home) == pid
    assert answer(launcher("stop", home)) == ""
    assert state(pid) in ("", "Z")


def test_stopping_twice_is_harmless(home: Path) -> None:
    server.start(home)
    assert server.stop(home)
    assert not server.stop(home)


def test_a_start_that_cannot_succeed_says_why(home: Path) -> None:
    server.stop(home)
    settings = accounts.data_directory(home) / "postgresql.auto.conf"
    settings.write_text("work_mem = 'much'\n")
    with pytest.raises(EmbeddedPostgresError, match="work_mem"):
        server.start(home)
    settings.write_text("")
    assert notes(home) == "kept"
