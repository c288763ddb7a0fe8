"""What was found, as Markdown."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).with_name("results.md")


@dataclass(frozen=True)
class Table:
    head: list[str]
    rows: list[list[str]]

    def __str__(self) -> str:
        lines = [self.head, ["---"] * len(self.head), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@dataclass(frozen=True)
class Part:
    said: str
    tables: list[Table]
    faults: list[str]


def report(found: dict[str, Part]) -> str:
    lines = ["# Looked at", "", f"Written by `make audit` on {datetime.now(UTC):%Y-%m-%d},"
             f" with {os.cpu_count()} cores for everything."]  # fmt: skip
    for name, part in found.items():
        lines += ["", f"## {name.capitalize()}", "", part.said, ""]
        lines += [f"{table}\n" for table in part.tables]
        lines += [f"- {fault}" for fault in part.faults] or ["Everything holds."]
    return "\n".join(lines) + "\n"
