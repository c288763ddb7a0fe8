"""Where the server's socket lies: in its home, or in a short folder if that cannot be."""

import os
import stat
import tempfile
from pathlib import Path

from .accounts import Account, shared_directory
from .errors import EmbeddedPostgresError

SOCKET = ".s.PGSQL.5432"
LONGEST_HOME = 103 - len(f"/{SOCKET}")  # macOS's limit for a socket's path; Linux's is 107


def find(home: Path) -> Path | None:
    """Return the folder of the socket of the server of `home`, or None if it has none yet."""
    shared = shared_directory(home)
    if shared:
        return shared / "socket"
    return home if _can_hold_socket(home) else _noted(home)


def find_or_make(home: Path, account: Account) -> Path:
    """Return the folder of the socket, made if need be; the caller holds the lock.

    Raise EmbeddedPostgresError if it belongs to somebody else or others may enter it: whoever can
    connect to the socket is the database's superuser.
    """
    folder = find(home)
    if folder is None:
        folder = Path(tempfile.mkdtemp(prefix="newsroom-", dir="/tmp"))
        account.own(folder)
        (home / "socket").write_text(f"{folder}\n{_identity(home)}\n")
    elif not folder.exists():
        folder.mkdir(mode=0o700)
        account.own(folder)
    elif folder == home:
        folder.chmod(0o700)
    _require_private(folder, account)
    return folder


def _can_hold_socket(home: Path) -> bool:
    # libpq takes a comma for the border between two hosts, and wants UTF-8.
    name = os.fsencode(home)
    return (
        len(name) <= LONGEST_HOME
        and b"," not in name
        and name == str(home).encode("utf-8", "replace")
    )


def _noted(home: Path) -> Path | None:
    """Return the short folder made earlier, unless `home` is a copy or the folder is gone."""
    try:
        folder, identity = (home / "socket").read_text().splitlines()
    except (FileNotFoundError, ValueError):
        return None
    return Path(folder) if identity == _identity(home) and Path(folder).is_dir() else None


def _identity(home: Path) -> str:
    status = home.stat()
    return f"{status.st_dev}:{status.st_ino}"


def _require_private(folder: Path, account: Account) -> None:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid or status.st_mode & 0o077:
        raise EmbeddedPostgresError(
            f"{folder} must be a folder that only the user of the server may enter."
            " Remove it, or put it right with chown and chmod 700."
        )
