"""Start, stop and remove the embedded PostgreSQL. Imports nothing of Django."""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from . import accounts, clusters, sockets
from .accounts import Account
from .errors import EmbeddedPostgresError
from .processes import is_server, read_pid_file, running_server

PORT = 5432  # names the socket's file; nothing listens on a network
USER = "postgres"
START_SECONDS = 600  # recovery after a crash may take long
LOG_BYTES = 1_000_000
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": 100,
    "shared_buffers": "128MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": 0,
}
# Said by PostgreSQL while the children of a killed server still hold its memory, for about 1 s.
PASSING = ("shared memory block", "lock file")

_started: list[subprocess.Popen[bytes]] = []  # kept, so that an ended server is reaped


def start(directory: Path | str, *, durable: bool = True) -> Path:
    """Return the folder of the socket of the server of `directory`, which is started if needed.

    `directory` holds all that belongs to the server. Without `durable`, a crash of the machine
    loses data; that is for tests. Any number of processes may call this at once. Costs a few file
    reads when the server runs, half a second to start it, two seconds the first time. Raises
    EmbeddedPostgresError.
    """
    home = Path(directory).resolve()
    with _explained(home):
        found = _ready_socket(home)
        if found:
            return found
        with _locked(home):
            return _ready_socket(home) or _launch(home, durable=durable)


def is_running(directory: Path | str) -> bool:
    """Say whether the server of `directory` lives; costs a few file reads."""
    return running_server(accounts.data_directory(Path(directory).resolve())) is not None


def stop(directory: Path | str) -> bool:
    """Stop the server of `directory`; return whether it ran. Its clients are cut off."""
    home = Path(directory).resolve()
    if not home.exists():
        return False
    with _explained(home), _locked(home):
        return _stop(home)


def destroy(directory: Path | str) -> list[Path]:
    """Stop the server of `directory` and remove it with its data; return what was removed."""
    home = Path(directory).resolve()
    if not home.exists():
        return []
    with _explained(home), _locked(home):
        _stop(home)
        folders = {home, sockets.find(home), accounts.shared_directory(home)}
        removed = sorted(folder for folder in folders if folder and folder.exists())
        for folder in removed:
            shutil.rmtree(folder, ignore_errors=folder != home)
    return removed


def database_url(socket: Path, name: str) -> str:
    """Return the DATABASE_URL of the database `name` of the server whose socket is in `socket`."""
    return f"postgresql://{USER}@/{name}?host={quote(str(socket), safe='')}&port={PORT}"


def _ready_socket(home: Path) -> Path | None:
    server = running_server(accounts.data_directory(home))
    return sockets.find(home) if server and server.status == "ready" else None


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{error.filename or home} belongs to another user: run this as that user,"
            " or have that user remove it with: make reset"
        ) from error


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Hold the lock of `home`, which is made if need be, against other processes and threads."""
    while True:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = home / "lock"
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Whoever held it before may have removed the folder.
            if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield
                return


def _launch(home: Path, *, durable: bool) -> Path:
    account = accounts.choose(home)
    data = accounts.data_directory(home)
    if not (data / "PG_VERSION").exists():
        clusters.create(account, data, durable=durable)
    clusters.check_version(account, data)
    socket = sockets.find_or_make(home, account)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        server = running_server(data)
        if server and server.status == "ready":
            return socket
        if not server:
            _remove_what_misleads(data, socket)
            _try_to_start(home, account, _arguments(data, socket, durable=durable))
        time.sleep(0.05)
    raise EmbeddedPostgresError(f"PostgreSQL did not start in time; see {home / 'server.log'}")


def _arguments(data: Path, socket: Path, *, durable: bool) -> list[str]:
    quoted = str(socket).replace('"', '""')
    settings = SETTINGS | {"unix_socket_directories": f'"{quoted}"'}
    settings |= {} if durable else FORGETFUL
    return ["-D", str(data), *(f"--{name}={value}" for name, value in settings.items())]


def _try_to_start(home: Path, account: Account, arguments: list[str]) -> None:
    """Start the server and wait until it is ready or ended for a reason that will pass."""
    path = home / "server.log"
    keep = path.exists() and path.stat().st_size < LOG_BYTES
    with path.open("ab" if keep else "wb") as log:
        begun_at = log.tell()
        # No pg_ctl: it passes the paths through a shell. A session of its own keeps Ctrl-C away.
        process = subprocess.Popen(
            account.command("postgres", *arguments),
            **account.options(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    _started.append(process)
    data = accounts.data_directory(home)
    while process.poll() is None:
        server = read_pid_file(data)
        if server and server.pid == process.pid and server.status == "ready":
            return
        time.sleep(0.02)
    _started.remove(process)
    said = path.read_bytes()[begun_at:].decode(errors="replace")
    if not any(reason in said for reason in PASSING):
        raise EmbeddedPostgresError(f"PostgreSQL did not start:\n{said}")
    time.sleep(0.3)


def _remove_what_misleads(data: Path, socket: Path) -> None:
    """Remove the pid file and socket lock of a dead server if PostgreSQL would believe them.

    It looks only whether a process with that pid exists, which may be a zombie or, after a
    restart of the machine, some other program. Data in use stay guarded by its shared memory.
    """
    for path in (data / "postmaster.pid", socket / f"{sockets.SOCKET}.lock"):
        path.unlink(missing_ok=True)


def _stop(home: Path) -> bool:
    data = accounts.data_directory(home)
    server = running_server(data)
    if not server:
        return False
    for sign, seconds in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
        os.kill(server.pid, sign)
        if _wait_for_end(server.pid, data, seconds):
            return True
    raise EmbeddedPostgresError(f"PostgreSQL (process {server.pid}) does not end.")


def _wait_for_end(pid: int, data: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for process in _started:
            process.poll()
        if not is_server(pid, data):
            return True
        time.sleep(0.02)
    return False
