"""The house's conventions as functions over source text, so that a bad example can prove each."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "newsroom",
    "translations",
    "comments",
    "fundraising",
    "articles",
    "accounts",
    "operations",
    "richtext",
    "pictures",
    "throttling",
    "pagecache",
]
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 400, 50, 200
GENERIC_NAMES = {"utils", "helpers", "common", "core", "base", "services", "misc"}


def python_files() -> Iterator[Path]:
    for app in APPS:
        yield from (p for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts)


def templates() -> Iterator[Path]:
    for app in APPS:
        yield from (ROOT / app).rglob("templates/**/*.html")


def too_long(paths: Iterable[Path], lines: int) -> list[str]:
    """Files with more lines than that."""
    return [str(path) for path in paths if len(path.read_text().splitlines()) > lines]


def say_nothing(paths: Iterable[Path]) -> list[str]:
    """Modules whose name fits any content."""
    return [str(path) for path in paths if path.stem in GENERIC_NAMES]


def long_functions(source: str) -> list[str]:
    """Functions longer than FUNCTION_LINES, docstring included."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]


def misnamed_dates(fields: dict[str, str]) -> list[str]:
    """{field name: class name} of date-times that do not end _at and dates that do not end _on."""
    endings = {"DateTimeField": "_at", "DateField": "_on"}
    return [n for n, kind in fields.items() if kind in endings and not n.endswith(endings[kind])]


def unsafe_output(template: str) -> list[str]:
    """Ways around escaping."""
    return re.findall(r"\|\s*safe\b|\bautoescape\s+off\b|\|\s*safeseq\b", template)
