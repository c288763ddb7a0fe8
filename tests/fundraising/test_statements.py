"""Reading what banks write: their columns, dates, amounts and letters."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fundraising.recognising import guess
from fundraising.references import in_groups, new_reference
from fundraising.statements import MOST_ROWS, guess_encoding, read, read_amount, read_day
from tests.fundraising import bank_files
from tests.fundraising.bank_files import written

SECOND = date(2026, 3, 2)


def rows_of(content, currency="USD"):
    """Without those that hold no amount."""
    rows = read(content, guess(content, currency))
    return [row for row in rows if row.amount_minor or row.problem]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        (bank_files.SPARKASSE, [(2, SECOND, 2500), (3, None, -125_000)]),
        (bank_files.REVOLUT, [(2, SECOND, 2500), (3, None, -320)]),
        (bank_files.BRITISH, [(2, SECOND, 2500)]),
        (bank_files.PREAMBLE, [(5, SECOND, 102_500), (6, date(2026, 3, 3), 2500)]),
        (bank_files.BARE, [(1, SECOND, 2500), (2, date(2026, 3, 3), 1750)]),
        (bank_files.TABS, [(2, SECOND, 102_500)]),
    ],
)
def test_files_of_several_banks_are_read_without_being_told_how(template, found):
    rows = rows_of(written(template, reference="RF18 5390 0754 7034"))
    assert [(row.number, row.day, row.amount_minor) for row in rows] == found
    assert "RF18 5390 0754 7034" in rows[0].text
    assert not any(row.problem for row in rows)


def test_the_column_that_holds_our_references_is_read_whatever_it_is_called():
    reference = in_groups(new_reference())
    lines = ["Datum;Name;Betrag;E2E", *["02.03.2026;Ada;5,00;"] * 200,
             f"02.03.2026;Ben;5,00;{reference}"]  # fmt: skip
    assert rows_of("\n".join(lines).encode())[-1].text == f"Ben {reference}"
    assert rows_of("\n".join(lines[:-1]).encode())[-1].text == "Ada"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_letters_are_recognised(encoding):
    content = written(bank_files.SPARKASSE, reference="für Zoë", encoding=encoding)
    assert "für Zoë" in rows_of(content)[0].text


@pytest.mark.parametrize(
    ("encoding", "headings", "name"),
    [
        ("utf-16-le", "Дата;Назначение;Сумма", "Ада из Москвы"),
        ("cp1251", "Дата;Назначение;Сумма", "Ада из Москвы"),
        ("cp1254", "İşlem Tarihi;AÇIKLAMA;Tutar", "Işıl Şahin"),
        ("cp1256", "التاريخ;البيان;المبلغ", "ليلى"),
    ],
)
def test_letters_of_other_scripts_are_recognised_by_the_headings(encoding, headings, name):
    content = f"{headings}\n02.03.2026;{name};5,00\n".encode(encoding)
    [row] = rows_of(content)
    assert (row.text, row.day, row.amount_minor) == (name, SECOND, 500)


def test_nul_is_left_out():
    [row] = rows_of(written(bank_files.BRITISH, reference="A\0B"))
    assert "AB" in row.text


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-03-02", "ymd", SECOND),
        ("2026-03-02T23:59:59Z", "ymd", SECOND),
        ("20260302", "ymd", SECOND),
        ("02.03.2026", "dmy", SECOND),
        ("2.3.26", "dmy", SECOND),
        ("02032026", "dmy", SECOND),
        ("03/02/2026", "mdy", SECOND),
        ("31.02.2026", "dmy", None),
        ("02.03.126", "dmy", None),
        ("2026-03-02", "dmy", None),
        ("", "dmy", None),
        ("soon", "dmy", None),
        ("02.03.2026x", "dmy", None),
    ],
)
def test_days(text, order, day):
    if day:
        assert read_day(text, order) == day
    else:
        with pytest.raises(ValidationError, match="no date"):
            read_day(text, order)


@pytest.mark.parametrize(
    ("text", "mark", "currency", "minor"),
    [
        ("25,00", ",", "EUR", 2500), ("1.234,5", ",", "EUR", 123_450),
        ("1,234.50", ".", "USD", 123_450),
        ("+25", ".", "USD", 2500), ("-25,00", ",", "EUR", -2500), ("25,00-", ",", "EUR", -2500),
        ("−25,00", ",", "EUR", -2500), ("(25.00)", ".", "USD", -2500),
        ("25,00 €", ",", "EUR", 2500),
        ("$1,025.00", ".", "USD", 102_500), ("-$5.00", ".", "USD", -500),
        ("EUR 25,00", ",", "EUR", 2500),
        ("1'025.00", ".", "USD", 102_500), ("1 025,00", ",", "EUR", 102_500),
        ("1000", ".", "JPY", 1000), ("1000.00", ".", "JPY", 1000), ("1,5", ",", "KWD", 1500),
        ("0,00", ",", "EUR", 0),
        ("1.234", ".", "USD", None), ("12,34,56", ".", "USD", None), ("1,23.00", ".", "USD", None),
        ("25.001", ".", "USD", None), ("", ".", "USD", None), ("=25", ".", "USD", None),
        ("25 DM", ",", "EUR", None), ("1.2.3", ",", "EUR", None), ("9" * 20, ".", "USD", None),
        ("100.50", ".", "JPY", None), ("NaN", ".", "USD", None), ("1e5", ".", "USD", None),
    ],
)  # fmt: skip
def test_amounts(text, mark, currency, minor):
    if minor is not None:
        assert read_amount(text, mark, currency) == minor
    else:
        with pytest.raises(ValidationError, match="no amount"):
            read_amount(text, mark, currency)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("soon;Ada;25,00;USD", "no date"),
        ("31.02.2026;Ada;25,00;USD", "no date"),
        ("02.03.2026;Ada;=25+0;USD", "no amount"),
        ("02.03.2026;Ada;25,00;EUR", "Its currency is “EUR”"),
        ("02.03.2026;Ada;25,00", "Its currency is “”"),
    ],
)
def test_a_bad_row_says_what_is_wrong(line, problem):
    content = f"Datum;Text;Betrag;Währung\n02.03.2026;Ben;17,50;USD\n{line}\n".encode()
    good, bad = rows_of(content)
    assert (good.problem, bad.number, problem in bad.problem) == ("", 3, True)


@pytest.mark.parametrize("end", ['"open', '"a"b";', f'"{"x" * 140_000}"'])
def test_broken_quotes_and_huge_cells_are_refused_with_their_row(end):
    content = f'Datum;Text;Betrag\n"02.03.2026";"Ben";"17,50"\n"02.03.2026";{end}'.encode()
    with pytest.raises(ValidationError, match="Row 3"):
        read(content, guess(b"Datum;Text;Betrag\n02.03.2026;Ben;17,50", "USD"))


def test_quoted_cells_keep_line_ends_and_delimiters():
    [row] = rows_of(b'Date,Text,Amount\n2026-03-02,"Ada, with\nlove ""x""",25.00\n')
    assert row.text == 'Ada, with\nlove "x"'


def test_at_most_5000_rows_are_read():
    line = b"2026-03-02,Ada,25.00\n"
    assert len(rows_of(b"Date,Text,Amount\n" + line * (MOST_ROWS - 1))) == MOST_ROWS - 1
    with pytest.raises(ValidationError, match="5000 rows"):
        rows_of(b"Date,Text,Amount\n" + line * MOST_ROWS)


@given(
    st.binary(max_size=300)
    | st.text(alphabet=';,\t|"\n\r.-0123456789aé', max_size=200).map(str.encode)
)
def test_any_bytes_are_read_or_refused(content):
    try:
        rows = rows_of(content)
    except ValidationError:
        return
    assert guess_encoding(content)
    for row in rows:
        assert "\0" not in row.text
        assert row.problem or row.amount_minor < 0 or row.day


days = st.dates(date(2001, 1, 1), date(2099, 1, 1))
cells = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=20
)


@given(st.lists(st.tuples(days, st.integers(1, 10**12), cells), min_size=1, max_size=20))
def test_what_is_written_is_read(gifts):
    quoted = [text.replace('"', '""') for _day, _minor, text in gifts]
    lines = [f'{day:%d.%m.%Y};"{text}";{minor // 100},{minor % 100:02d}'
             for (day, minor, _text), text in zip(gifts, quoted, strict=True)]  # fmt: skip
    rows = rows_of("\n".join(["Datum;Text;Betrag", *lines]).encode())
    assert [(row.day, row.amount_minor, row.text) for row in rows] == gifts
