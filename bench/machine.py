"""What this machine is, and what processes take of it, from /proc."""

import os
import platform
import sysconfig
import time
from datetime import UTC, datetime
from pathlib import Path

import django
import granian
import psycopg
from django.db import connection

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


def described() -> list[str]:
    """Lines about the machine, the versions and the day."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].partition(" ")[0]
        cursor.execute("SELECT name, setting FROM pg_settings"
                       " WHERE name IN ('fsync', 'synchronous_commit')")  # fmt: skip
        durable = ", ".join(f"{name} {setting}" for name, setting in cursor.fetchall())
    memory = int(_value("/proc/meminfo", "MemTotal").split()[0]) / 1024**2
    kernel = ".".join(platform.release().split(".")[:2])
    return [
        f"{_value('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores, {memory:.0f} GiB,"
        f" {platform.system()} {kernel}; everything on this one machine,"
        " the load included.",
        f"Python {platform.python_version()} ({_build()}), Django {django.__version__},"
        f" PostgreSQL {server} ({durable}), psycopg {psycopg.__version__},"
        f" granian {granian.__version__}.",
        f"In this Python it counts to twenty million in {_speed():.2f} s: machines of one name"
        " differ threefold.",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}; load average at the start"
        f" {os.getloadavg()[0]:.1f}.",
    ]


def _speed() -> float:
    """Seconds, the least of three."""
    return min(_count() for _time in range(3))


def _count() -> float:
    begun = time.process_time()
    for _number in range(20_000_000):
        pass
    return time.process_time() - begun


def _build() -> str:
    """As distributions build Python, or plainly: its programs take half as long again then."""
    is_optimized = "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "")
    return "profile-guided build" if is_optimized else "plain build"


def _value(path: str, name: str) -> str:
    """What stands behind the first `name:` of a file in /proc."""
    for line in Path(path).read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown"


def family(pid: int) -> list[int]:
    """The process and all that it has started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_milliseconds(pids: list[int]) -> float:
    """What the processes, and those that they have waited for, have taken so far."""
    return sum(_ticks(pid) for pid in pids) * TICK


def _ticks(pid: int) -> int:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, after_name[11:15]))


def memory_mib(pid: int) -> float:
    """Its own memory and its share of what it has in common with others (PSS)."""
    return int(_value(f"/proc/{pid}/smaps_rollup", "Pss").split()[0]) / 1024
