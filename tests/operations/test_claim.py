"""Only one site runs from a data directory, and it can be stopped from anywhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from operations import claim
from tests.operations.launching import ROOT

HOLD = (
    "import pathlib, sys, time; from operations.claim import claimed\n"
    "with claimed(pathlib.Path(sys.argv[1]), 'http://localhost:8000/'):\n"
    "    print('held', flush=True); time.sleep(60)"
)


def hold(data: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_second_site_learns_where_the_first_one_is(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        with pytest.raises(claim.AlreadyClaimedError) as refused, claim.claimed(tmp_path, "x"):
            pass
        first.kill()
    assert refused.value.holder == claim.Holder(first.pid, "http://localhost:8000/")


def test_killed_site_blocks_nothing(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        first.kill()
    assert claim.find_holder(tmp_path) is None
    with claim.claimed(tmp_path, "http://localhost:8001/"):
        pass


def test_running_site_is_ended_from_elsewhere(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        assert claim.end_holder(tmp_path) == claim.Holder(first.pid, "http://localhost:8000/")
    assert claim.end_holder(tmp_path) is None
