"""Tables as CSV, written so that a spreadsheet takes every text for a text."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

BYTE_ORDER_MARK = "\ufeff"  # first in a file, or spreadsheets take UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def line_of(cells: Iterable[Any]) -> str:
    """One line with its end."""
    write: Any = csv.writer(_Line()).writerow  # gives what _Line.write gives
    return write([_harmless(cell) for cell in cells])


def _harmless(value: Any) -> Any:
    """Numbers stay numbers; a text that would be a formula is marked as a text."""
    if isinstance(value, int | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
