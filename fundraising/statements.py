"""Reading what a bank says of an account: CSV as one bank or another writes it.

How the columns lie is a Reading, which recognising.py guesses and staff correct. Nothing here
asks the database.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fundraising.money import MOST_DIGITS, decimals

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5000
EARLIEST_YEAR = 1970
DELIMITERS = (";", ",", "\t", "|")
EIGHT_BITS = ("cp1252", "cp1254", "cp1251", "cp1256")  # western, Turkish, Cyrillic, Arabic
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *EIGHT_BITS)
ORDERS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}  # where year, month, day stand
SYMBOLS = "$€£¥₺₽₴"
_day = re.compile(r"([0-9]{1,4})[./-]([0-9]{1,2})[./-]([0-9]{1,4})(?:[T ,].*)?", re.DOTALL)
_packed_days = {"ymd": "([0-9]{4})([0-9]{2})([0-9]{2})", "dmy": "([0-9]{2})([0-9]{2})([0-9]{4})",
                "mdy": "([0-9]{2})([0-9]{2})([0-9]{4})"}  # fmt: skip
# A sign, whole units in groups of three or none, decimals; a sign behind it or around it.
_pattern = r"[-+(]?[$€£¥₺₽₴]?([0-9]{1,3}(?:GROUP[0-9]{3})+|[0-9]+)(?:MARK([0-9]+))?[-+)]?"
_amounts = {
    mark: re.compile(_pattern.replace("GROUP", rf"\{group}").replace("MARK", rf"\{mark}"))
    for mark, group in (",.", ".,")
}


@dataclass(frozen=True)
class Reading:
    """Which column is what, counted from 0. `heading` is the number of the row that names them."""

    encoding: str
    delimiter: str
    heading: int
    date: int
    amount: int
    texts: tuple[int, ...]
    currency_column: int | None
    day_order: str
    decimal_mark: str
    currency: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"texts": [*self.texts]}


@dataclass(frozen=True)
class Row:
    """What moved, in minor units: less than 0 where money went, 0 where the row holds no amount.

    Or what is wrong with the row, as the bank wrote it. The fingerprint is that of its letters in
    the file, tabs among them, however they are read, and of how many rows before it have the same.
    """

    number: int
    text: str
    fingerprint: str
    day: date | None = None
    amount_minor: int = 0
    problem: str = ""


def read(content: bytes, reading: Reading) -> list[Row]:
    """The rows below the headings in which anything stands.

    Raises ValidationError where the file is no table.
    """
    written = _lines(decoded(content, guess_encoding(content)))  # whatever letters were chosen
    records = _records(decoded(content, reading.encoding), reading.delimiter)
    rows, seen, start = [], Counter[str](), 0
    for number, (cells, end) in enumerate(records, 1):
        said, start = re.sub(r"[^\S\t]", "", "".join(written[start:end])), end
        seen[said] += 1
        if number > reading.heading and any(cells):
            fingerprint = hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()
            rows.append(_row(number, cells, fingerprint, reading))
    return rows


def guess_encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:2000]
    if start.count(b"\0") > len(start) // 16:  # two bytes, of which digits leave one empty
        return "utf-16-le" if start[1::2].count(b"\0") > start[::2].count(b"\0") else "utf-16-be"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def decoded(content: bytes, encoding: str) -> str:
    """The text, without the sign NUL, which the database cannot keep."""
    return content.decode(encoding, errors="replace").replace("\0", "").removeprefix("\ufeff")


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    """The cells of all rows. Raises ValidationError for broken quotes and more than is read."""
    return [cells for cells, _end in _records(text, delimiter)]


def _records(text: str, delimiter: str) -> list[tuple[list[str], int]]:
    """The cells of each row, and how many lines of the text have been read by its end."""
    records = []
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            records.append(([cell.strip() for cell in cells], reader.line_num))
            if len(records) > MOST_ROWS:
                message = _("A statement has at most %(count)d rows.")
                raise ValidationError(message % {"count": MOST_ROWS}, code="rows")
    except csv.Error:
        message = _(
            "Row %(row)d cannot be read: its quotation marks do not fit, or it is too long."
        )
        raise ValidationError(message % {"row": len(records) + 1}, code="table")
    return records


def _lines(text: str) -> list[str]:
    return [*io.StringIO(text, newline="")]


def _row(number: int, cells: list[str], fingerprint: str, reading: Reading) -> Row:
    text = " ".join(filter(None, (_cell(cells, place) for place in reading.texts)))
    amount = _cell(cells, reading.amount)
    try:
        minor = read_amount(amount, reading.decimal_mark, reading.currency) if amount else 0
        if minor <= 0:
            return Row(number, text, fingerprint, amount_minor=minor)
        _check_currency(cells, reading)
        day = read_day(_cell(cells, reading.date), reading.day_order)
    except ValidationError as error:
        return Row(number, text, fingerprint, problem=" ".join(error.messages))
    return Row(number, text, fingerprint, day, minor)


def _cell(cells: list[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _check_currency(cells: list[str], reading: Reading) -> None:
    if reading.currency_column is None:
        return
    found = _cell(cells, reading.currency_column).upper()
    if found != reading.currency:
        message = _("Its currency is “%(found)s”, not %(currency)s.")
        values = {"found": found[:10], "currency": reading.currency}
        raise ValidationError(message % values, code="currency")


def read_day(text: str, order: str) -> date:
    """Raises ValidationError with the code day."""
    match = _day.fullmatch(text) or re.fullmatch(_packed_days[order], text)
    try:
        if not match:
            raise ValueError(text)
        year, month, day = (int(match[place + 1]) for place in ORDERS[order])
        found = date(year + 2000 if year < 100 else year, month, day)
        if found.year < EARLIEST_YEAR:
            raise ValueError(text)
        return found
    except ValueError:  # no such day, or none at all
        message = _("“%(text)s” is no date of this form.")
        raise ValidationError(message % {"text": text[:30]}, code="day")


def read_amount(text: str, mark: str, currency: str) -> int:
    """The signed amount in minor units. Thousands marks must stand where they belong.

    Raises ValidationError with the code amount.
    """
    bare = re.sub(r"[\s'’]", "", text).replace("−", "-").replace(currency, "").strip(SYMBOLS)
    is_negative = bare.startswith(("-", "(")) or bare.endswith("-")
    match = _amounts[mark].fullmatch(bare)
    if match:
        whole, fraction = re.sub("[.,]", "", match[1]), match[2] or ""
        places = decimals(currency)
        spare = fraction[places:]
        # ".00" of a yen says nothing; ".000" of a dollar is rather a thousands mark
        is_clear = not spare or (not spare.strip("0") and len(fraction) != 3)
        digits = whole.lstrip("0") + fraction[:places].ljust(places, "0")
        if is_clear and len(digits) <= MOST_DIGITS:
            return int(digits or "0") * (-1 if is_negative else 1)
    message = _("“%(text)s” is no amount in %(currency)s.")
    raise ValidationError(message % {"text": text[:30], "currency": currency}, code="amount")


def columns_of(table: list[list[str]], heading: int) -> Iterator[tuple[int, str]]:
    """Each column with its name, or with its letter as spreadsheets have it."""
    width = max(map(len, table), default=0)
    names = table[heading - 1] if 0 < heading <= len(table) else []
    for place in range(width):
        name = names[place] if place < len(names) else ""
        yield place, name[:60] or _letters(place)


def _letters(place: int) -> str:
    """A to Z, AA and so on."""
    text = ""
    while place >= 0:
        text, place = chr(65 + place % 26) + text, place // 26 - 1
    return text
