"""results.md: what was measured, on what, how, and whether it holds."""

from pathlib import Path

from bench.measuring import Row

FILE = Path(__file__).with_name("results.md")
NOTES = Path(__file__).with_name("notes.md")
HOLDS = {True: "yes", False: "**no**", None: ""}
TITLE = """# Measured

Written by `make bench`. A ratio is the median of rounds in which both things take turns, with the
rounds' extremes in brackets, then the medians of both. A figure is a median with its extremes, or
with percentiles of single requests. Everything ran on a PostgreSQL of its own, durable, with fsync.
"""


def table(rows: list[Row]) -> str:
    lines = ["| what | measured | bound | holds |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.measured} | {row.bound} | {HOLDS[row.holds]} |" for row in rows]
    return "\n".join(lines)


def report(machine: list[str], results: dict[str, tuple[str, list[Row]]]) -> str:
    """`results` are by a measurement's name what it says of itself and its rows."""
    parts = [TITLE, "\n".join(f"- {line}" for line in machine)]
    parts.append(table([row for _how, rows in results.values() for row in rows]))
    parts.append("![Cost by the number of comments](cost.svg)")
    if NOTES.exists():
        parts.append(NOTES.read_text().strip())
    parts.append("## How")
    parts += [f"**{name}.** {how.strip()}" for name, (how, _rows) in results.items()]
    return "\n\n".join(parts) + "\n"
