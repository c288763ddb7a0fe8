"""Is the process in a server's pid file really that server?"""

import subprocess
from pathlib import Path
from typing import NamedTuple

DEAD = ("Z", "X")  # a zombie still has its pid, and PostgreSQL would take it for a running server


class PidFile(NamedTuple):
    pid: int
    status: str


def read_pid_file(data: Path) -> PidFile | None:
    """Return what postmaster.pid says, or None when there is none or it is damaged."""
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
        status = lines[7].strip() if len(lines) > 7 else "starting"
        return PidFile(abs(int(lines[0])), status)
    except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
        return None


def running_server(data: Path) -> PidFile | None:
    """Return pid and status ("starting", "ready", "stopping") of the server living in `data`."""
    found = read_pid_file(data)
    return found if found and is_server(found.pid, data) else None


def is_server(pid: int, data: Path) -> bool:
    """Say whether `pid` is a living PostgreSQL whose data are in `data`."""
    process = Path("/proc", str(pid))
    if not Path("/proc/self/stat").exists():
        return _is_postgres_by_ps(pid)
    try:
        name, _, rest = (process / "stat").read_text(errors="replace").rpartition(")")
        if rest.split()[0] in DEAD:
            return False
        try:
            return (process / "cwd").samefile(data)
        except PermissionError:
            # Root without the right to look into other users' processes, as in a container.
            return name.endswith("(postgres") and process.stat().st_uid == data.stat().st_uid
    except (FileNotFoundError, ProcessLookupError):
        return False


def _is_postgres_by_ps(pid: int) -> bool:
    command = ["/bin/ps", "-o", "state=,comm=", "-p", str(pid)]  # where macOS has it
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return "postgres" in shown and not shown.startswith(DEAD)
