import os
import subprocess

import pytest

from tests.conventions import ROOT


def run(port, tmp_path):
    """`bin/newsroom run` with no Python to be found: it ends before anything is installed."""
    environment = os.environ | {"PORT": port, "VENV": str(tmp_path / "venv"), "PYTHON": "/nowhere"}
    return subprocess.run(
        ["bin/newsroom", "run"], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("port", ["0", "00", "65536", "99999", "1" * 30, "-1", "80a"])
def test_port_that_no_site_can_have_is_refused_at_once(tmp_path, port):
    done = run(port, tmp_path)
    assert done.returncode == 2
    assert done.stderr == f'PORT must be a number from 1 to 65535, not "{port}".\n'


@pytest.mark.parametrize("port", ["", "1", "65535"])
def test_other_ports_go_on_to_the_installation(tmp_path, port):
    assert "PYTHON=/nowhere does not run" in run(port, tmp_path).stderr
