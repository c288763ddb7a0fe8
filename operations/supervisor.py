"""The processes that make up the running site: started together, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

PARENT_DIED = 1  # prctl's PR_SET_PDEATHSIG
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


@dataclass(frozen=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]


class Supervisor:
    """Starts processes in groups of their own, so that Ctrl-C reaches only the supervisor."""

    def __init__(self) -> None:
        self._children: list[Child] = []

    def start(self, name: str, *command: str, environment: dict[str, str]) -> None:
        process = subprocess.Popen(
            command,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent if _prctl else None,
        )
        self._children.append(Child(name, process))

    def find_ended(self) -> Child | None:
        """Return a child that has ended by itself."""
        return next((child for child in self._children if child.process.poll() is not None), None)

    def stop(self, *, seconds: float = 20) -> None:
        """End every child with all that it started, kindly first; waits until they are gone."""
        for child in self._children:
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + seconds
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(deadline - time.monotonic(), 0.1))
        for child in self._children:
            _signal_group(child, signal.SIGKILL)
            child.process.wait()
        self._children.clear()


def _signal_group(child: Child, sign: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a dead group
        os.killpg(child.process.pid, sign)


def end_with_parent() -> None:
    """Let the kernel end this process when its parent ends, so that it frees the port (Linux)."""
    if _prctl:
        _prctl(PARENT_DIED, signal.SIGTERM)
