"""One running site per data directory, found and stopped from anywhere. No Django here.

The claim is a lock that the kernel lets go of when its holder dies, however it dies; what the file
says is true only while it is held.
"""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


class Holder(NamedTuple):
    pid: int
    address: str


class AlreadyClaimedError(Exception):
    """Another process runs this site; `holder` says which and where, if it has said so itself."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def claimed(data: Path, address: str) -> Iterator[None]:
    """Hold the claim on `data` and note who runs it; raises AlreadyClaimedError."""
    data.mkdir(parents=True, exist_ok=True)
    with _file(data).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyClaimedError(_read(data)) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n{address}\n")
        file.flush()
        yield


def find_holder(data: Path) -> Holder | None:
    """Return who runs the site of `data` at this moment."""
    if not _file(data).exists():
        return None
    with _file(data).open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(data)
    return None


def end_holder(data: Path, *, seconds: float = 60) -> Holder | None:
    """Ask the running site to stop and wait until it has; return who it was.

    Raises TimeoutError when it does not stop.
    """
    holder = find_holder(data)
    if not holder:
        return None
    os.kill(holder.pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while find_holder(data):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Process {holder.pid} does not stop.")
        time.sleep(0.05)
    return holder


def _file(data: Path) -> Path:
    return data / "run.lock"


def _read(data: Path) -> Holder | None:
    lines = _file(data).read_text().splitlines()
    return Holder(int(lines[0]), lines[1]) if len(lines) == 2 else None
