"""As whom the embedded server runs: root in a namespace, root as nobody, a normal user."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from operations.embedded import accounts, server
from tests.operations.launching import answer, launcher, notes, pid_of, write

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(
        sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can be others"
    ),
]

# Runs its arguments as root of a world of its own in which the kernel refuses user namespaces.
REFUSING = """
import os, sys
ready, go = os.pipe(), os.pipe()
child = os.fork()
if child == 0:
    os.unshare(os.CLONE_NEWUSER)
    os.write(ready[1], b"x"); os.read(go[0], 1)
    open("/proc/sys/user/max_user_namespaces", "w").write("0")
    os.execvp(sys.argv[1], sys.argv[1:])
os.read(ready[0], 1)
for name in ("uid_map", "gid_map"):
    open(f"/proc/{child}/{name}", "w").write("0 0 65536")
os.write(go[1], b"x")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
REFUSED = (sys.executable, "-c", REFUSING)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "postgres"
    server.destroy(tmp_path / "postgres")


def owner(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def test_root_keeps_its_data_below_a_folder_that_only_root_may_enter(home: Path) -> None:
    home.parent.chmod(0o700)
    write(home, "kept")
    assert (home / "data").stat().st_uid == owner(pid_of(home)) == 0
    assert accounts.shared_directory(home) is None


def test_where_namespaces_are_refused_nobody_runs_it_elsewhere(home: Path) -> None:
    answer(launcher("start", home, prefix=REFUSED))
    write(home, "kept")
    shared = accounts.shared_directory(home)
    assert shared and shared.parent in accounts.SHARED_FOLDERS
    assert owner(pid_of(home)) == pwd.getpwnam("nobody").pw_uid
    server.stop(home)
    answer(launcher("start", home, prefix=REFUSED))
    assert notes(home) == "kept"
    server.destroy(home)
    assert not shared.exists()
    assert not home.exists()


def test_nobody_gets_a_copy_of_programs_that_only_root_may_read(home: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    package = accounts.installed_binaries().parents[1]
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, hidden / name, symlinks=True)
    private = ("env", f"PYTHONPATH={hidden}", "sh", "-c", 'umask 077; exec "$@"', "sh")
    answer(launcher("start", home, prefix=(*REFUSED, *private)))
    write(home, "kept")
    shared = accounts.shared_directory(home)
    assert shared
    program = Path(f"/proc/{pid_of(home)}/exe").readlink()
    assert program.is_relative_to(shared)


def test_data_of_root_are_not_abandoned_where_namespaces_are_refused(home: Path) -> None:
    write(home, "kept")
    server.stop(home)
    refused = launcher("start", home, prefix=REFUSED)
    assert "belong to root" in refused.communicate()[0]
    assert refused.returncode == 1
    assert notes(home) == "kept"


@pytest.fixture
def users_home() -> Iterator[Path]:
    """A home of the user "daemon", below a folder that everybody may enter."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        home = Path(folder, "postgres")
        home.mkdir(mode=0o700)
        shutil.chown(home, "daemon", "daemon")
        yield home
        server.destroy(home)


# Reading everything lets the user reach a Python below root's home, and no more than that.
BECOME = ("setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups")
BECOME += ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")


def test_normal_user_runs_it(users_home: Path) -> None:
    url = answer(launcher("start", users_home, prefix=BECOME))
    assert owner(pid_of(users_home)) == pwd.getpwnam("daemon").pw_uid
    assert answer(launcher("start", users_home, prefix=BECOME)) == url
    answer(launcher("stop", users_home, prefix=BECOME))


def test_root_goes_on_as_the_user_whom_the_data_belong_to(users_home: Path) -> None:
    programs = accounts.Account(accounts.installed_binaries(), *pwd.getpwnam("daemon")[2:4])
    if not programs.run("postgres", "--version")[0]:
        pytest.skip("the programs lie where only root may enter")
    answer(launcher("start", users_home, prefix=BECOME))
    write(users_home, "kept")
    answer(launcher("stop", users_home, prefix=BECOME))
    assert notes(users_home) == "kept"
    assert owner(pid_of(users_home)) == pwd.getpwnam("daemon").pw_uid


def test_other_users_cannot_connect(home: Path, tmp_path: Path) -> None:
    far = tmp_path / "a, b"  # its socket lies in /tmp, which everybody may enter
    socket = server.start(far) / ".s.PGSQL.5432"
    command = ["test", "-w", str(socket)]
    assert subprocess.run(command, check=False).returncode == 0
    assert subprocess.run(command, check=False, user="daemon").returncode == 1
    server.destroy(far)
