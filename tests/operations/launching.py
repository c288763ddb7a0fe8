"""What the tests of the embedded server share: servers of their own, and questions to them."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from operations.embedded import accounts, processes, server

ROOT = Path(__file__).parents[2]


def ask(home: Path, question: str) -> object:
    """Start the server of `home` if needed; return the first value of its answer."""
    url = server.database_url(server.start(home), server.USER)
    with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def write(home: Path, text: str) -> None:
    url = server.database_url(server.start(home), server.USER)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(home: Path) -> object:
    return ask(home, "SELECT string_agg(text, ' ') FROM note")


def pid_of(home: Path) -> int:
    found = processes.running_server(accounts.data_directory(home))
    assert found, "the server does not run"
    return found.pid


def launcher(*arguments: object, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Run `python -m operations.embedded` in a process of its own."""
    return subprocess.Popen(
        [*prefix, sys.executable, "-m", "operations.embedded", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def answer(process: subprocess.Popen[str]) -> str:
    said = process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    return said.strip()


def wait_until(is_so: Callable[[], bool], *, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def state(pid: int) -> str:
    """Return the letter by which the kernel calls a process's state, or '' without one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""
