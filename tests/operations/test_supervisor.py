"""The processes of the site end together, whoever ends first."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from operations.supervisor import Supervisor
from tests.operations.launching import ROOT, state, wait_until

FAMILY = (
    "import os, subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    "open(os.environ['NOTE'], 'w').write(f'{os.getpid()} {child.pid} ')\n"
    "time.sleep(60)"
)


def pids(note: Path) -> list[int]:
    wait_until(lambda: note.exists() and note.read_text().endswith(" "))
    return [int(pid) for pid in note.read_text().split()]


def are_gone(family: list[int]) -> bool:
    return all(state(pid) in ("", "Z") for pid in family)


def test_stopping_ends_children_and_theirs(tmp_path: Path) -> None:
    supervisor = Supervisor()
    note = tmp_path / "note"
    supervisor.start("Family", sys.executable, "-c", FAMILY, environment={"NOTE": str(note)})
    family = pids(note)
    assert supervisor.find_ended() is None
    supervisor.stop()
    wait_until(lambda: are_gone(family))


def test_child_that_ends_by_itself_is_named() -> None:
    supervisor = Supervisor()
    supervisor.start("Sleeper", "sleep", "60", environment={})
    supervisor.start("Quitter", sys.executable, "-c", "exit(3)", environment={})
    wait_until(lambda: supervisor.find_ended() is not None)
    ended = supervisor.find_ended()
    assert ended and (ended.name, ended.process.returncode) == ("Quitter", 3)
    supervisor.stop()


def test_stubborn_child_is_killed_in_the_end(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); open(__import__('os').environ"
    deaf += "['NOTE'], 'w').write(f'{__import__(\"os\").getpid()} '); time.sleep(60)"
    supervisor = Supervisor()
    note = tmp_path / "note"
    supervisor.start("Deaf", sys.executable, "-c", deaf, environment={"NOTE": str(note)})
    family = pids(note)
    supervisor.stop(seconds=0.2)
    assert are_gone(family)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children")
def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from operations.supervisor import Supervisor\n"
        "Supervisor().start('x', sys.executable, '-c', sys.argv[1], environment={})\n"
        "time.sleep(60)"
    )
    note = tmp_path / "note"
    command = [sys.executable, "-c", program, FAMILY]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"NOTE": str(note)}) as supervisor:
        child, grandchild = pids(note)
        supervisor.kill()
    wait_until(lambda: are_gone([child]))
    os.kill(grandchild, signal.SIGKILL)
