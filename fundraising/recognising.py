"""Guessing how a bank's table is written. A wrong guess is seen in the preview and corrected."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fundraising.references import find_references
from fundraising.statements import (
    DELIMITERS,
    EIGHT_BITS,
    Reading,
    decoded,
    guess_encoding,
    read_day,
    rows_of,
)

SAMPLE = 100  # rows that are looked at
# What banks call their columns, the best first; compared by how a heading begins.
DATES = (
    "buchungstag", "buchungsdatum", "booking", "buchung", "posting", "transaction date",
    "value date", "valuta", "wertstellung", "completed", "date", "datum", "işlem tarihi", "tarih",
    "дата", "تاريخ", "التاريخ",
)  # fmt: skip
AMOUNTS = (
    "betrag", "amount", "paid in", "money in", "credit", "gutschrift", "haben", "umsatz", "value",
    "tutar", "alacak", "сумма", "приход", "المبلغ", "دائن",
)  # fmt: skip
TEXTS = (
    "verwendungszweck", "zahlungsreferenz", "auftraggeber", "beguenstigter", "begünstigter",
    "zahlungspflichtiger", "name", "buchungstext", "description", "details", "reference",
    "narrative", "memo", "particulars", "payer", "payee", "counterparty", "communication",
    "message", "text", "açıklama", "gönderen", "назначение", "плательщик", "البيان", "الوصف",
)  # fmt: skip
CURRENCIES = ("währung", "waehrung", "currency", "ccy", "para birimi", "döviz", "валюта", "العملة")
_amount = re.compile(r"[-+(]?[0-9][0-9.,'’\s]*[.,][0-9]{2,3}[-+)]?")


def guess(content: bytes, currency: str) -> Reading:
    """How the file seems to be written; raises ValidationError where it is no table."""
    encoding = guess_encoding(content)
    delimiter = guess_delimiter(decoded(content, encoding))
    likely = EIGHT_BITS if encoding in EIGHT_BITS else (encoding,)
    tables = [(one, rows_of(decoded(content, one), delimiter)) for one in likely]
    if not any(cell for cells in tables[0][1] for cell in cells):
        raise ValidationError(_("Nothing stands in this file."), code="empty")
    named = (found for found in tables if _heading(found[1]))  # its headings make sense like this
    encoding, table = next(named, tables[0])
    return guess_columns(table, encoding, delimiter, currency)


def guess_delimiter(text: str) -> str:
    """The one by which most rows have the same number of cells, and many."""
    return max(DELIMITERS, key=lambda delimiter: _fit(text, delimiter))


def _fit(text: str, delimiter: str) -> int:
    sample = "\n".join(text.splitlines()[:SAMPLE])
    try:
        widths = Counter(len(cells) for cells in rows_of(sample, delimiter))
    except ValidationError:
        widths = Counter(line.count(delimiter) + 1 for line in sample.splitlines())
    width, times = max(widths.items(), key=lambda item: item[1] * (item[0] - 1), default=(1, 0))
    return times * (width - 1)


def guess_columns(table: list[list[str]], encoding: str, delimiter: str, currency: str) -> Reading:
    heading = _heading(table)
    names = table[heading - 1] if heading else []
    rows = table[heading : heading + SAMPLE]
    columns = [*zip(*(_padded(row, _width(rows)) for row in rows), strict=True)]
    day = _named(names, DATES)
    amount = _named(names, AMOUNTS)
    day = _most(columns, _is_day) if day is None else day
    amount = (
        _most(columns, lambda cell: bool(_amount.fullmatch(cell))) if amount is None else amount
    )
    texts = [place for place, name in enumerate(names) if _begins(name, TEXTS)]
    texts = texts or [place for place in range(len(columns)) if place not in (day, amount)]
    return Reading(
        encoding=encoding,
        delimiter=delimiter,
        heading=heading,
        date=day,
        amount=amount,
        texts=tuple(sorted({*texts, *_referring(table[heading:])})),
        currency_column=_named(names, CURRENCIES),
        day_order=guess_order(columns[day] if day < len(columns) else ()),
        decimal_mark=guess_mark(columns[amount] if amount < len(columns) else (), delimiter),
        currency=currency,
    )


def _referring(rows: list[list[str]]) -> set[int]:
    """The columns in which any of our references stands, whatever they are called."""
    return {place for cells in rows for place, cell in enumerate(cells) if find_references(cell)}


def guess_order(days: Iterable[str]) -> str:
    """Where year, month and day stand. Days first where nothing tells, as most banks write."""
    parts = [match.groups() for text in days if (match := re.match(r"(\d+)\D(\d+)", text))]
    if any(len(first) == 4 for first, _second in parts):
        return "ymd"
    return "mdy" if any(int(second) > 12 for _first, second in parts) else "dmy"


def guess_mark(amounts: Iterable[str], delimiter: str) -> str:
    """The decimal mark: the last one of an amount, where one or two digits follow it."""
    found = Counter(m[1] for text in amounts if (m := re.search(r"([.,])\d{1,2}\D*$", text)))
    usual = "." if delimiter == "," else ","
    return found.most_common(1)[0][0] if found else usual


def _heading(table: list[list[str]]) -> int:
    """The number of the row that names a day and an amount, 0 where none does."""
    for number, cells in enumerate(table[:SAMPLE], 1):
        if None not in (_named(cells, DATES), _named(_without_dates(cells), AMOUNTS)):
            return number
    return 0


def _named(names: list[str], known: tuple[str, ...]) -> int | None:
    """The column whose name begins with the best of the known words."""
    for word in known:
        for place, name in enumerate(names):
            if _begins(name, (word,)):
                return place
    return None


def _without_dates(names: list[str]) -> list[str]:
    """A "value date" is no value."""
    return ["" if _begins(name, DATES) else name for name in names]


def _begins(name: str, known: tuple[str, ...]) -> bool:
    return _folded(name).startswith(tuple(map(_folded, known)))


def _folded(text: str) -> str:
    """Without case, and without the dot that Turkish tells letters by."""
    return text.casefold().replace("i\u0307", "i").replace("ı", "i")


def _most(columns: list[tuple[str, ...]], fits: Callable[[str], bool]) -> int:
    """The column of which most cells fit; the first where none does."""
    counts = [sum(map(fits, column)) for column in columns]
    return counts.index(max(counts)) if counts else 0


def _is_day(text: str) -> bool:
    for order in ("ymd", "dmy", "mdy"):
        try:
            read_day(text, order)
        except ValidationError:  # not of this order
            continue
        return True
    return False


def _width(rows: list[list[str]]) -> int:
    return max(map(len, rows), default=0)


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))
