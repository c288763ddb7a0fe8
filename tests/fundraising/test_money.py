import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from fundraising import money

pytestmark = pytest.mark.django_db  # the site's pattern stands there
NBSP, LRM, RLM = "\u00a0", "\u200e", "\u200f"
LANGUAGES = ["en", "de", "tr", "ru", "ar"]
CURRENCIES = ["USD", "EUR", "JPY", "KWD"]


@pytest.mark.parametrize(
    ("currency", "places"),
    [("USD", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3), ("ISK", 0), ("UGX", 0)],
)
def test_amounts_that_are_kept_mean_the_same_after_an_upgrade_of_babel(currency, places):
    assert money.decimals(currency) == places


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (235500, "USD", "en", f"2,355{NBSP}$"),
        (235500, "USD", "de", f"2.355{NBSP}$"),
        (235500, "USD", "tr", f"2.355{NBSP}$"),
        (235500, "USD", "ru", f"2{NBSP}355{NBSP}$"),
        (235500, "USD", "ar", f"{RLM}2,355{NBSP}US${LRM}{RLM}"),
        (-6000, "USD", "ar", f"{RLM}{LRM}-60{RLM}{NBSP}US${LRM}{RLM}"),
        (235550, "EUR", "en", f"2,355.50{NBSP}€"),
        (235550, "EUR", "de", f"2.355,50{NBSP}€"),
        (2355, "JPY", "en", f"2,355{NBSP}¥"),
        (5120, "KWD", "en", f"5.120{NBSP}KWD"),
        (5000, "KWD", "de", f"5{NBSP}KWD"),
        (1, "USD", "en", f"0.01{NBSP}$"),
        (0, "USD", "en", f"0{NBSP}$"),
        (-2500, "USD", "en", f"-25{NBSP}$"),
        (10**15 - 1, "USD", "en", f"9,999,999,999,999.99{NBSP}$"),
    ],
)
def test_amounts_are_shown_as_the_edition_writes_them(minor, currency, language, shown):
    assert money.format_amount(minor, currency, language) == shown


@pytest.mark.parametrize(
    ("text", "currency", "language", "minor"),
    [
        ("5000.00", "USD", "en", 500000),
        ("5000", "USD", "en", 500000),
        ("0.01", "USD", "en", 1),
        (" 12.5 ", "USD", "en", 1250),
        ("12,50", "EUR", "de", 1250),
        ("12,5", "EUR", "ru", 1250),
        ("500", "JPY", "en", 500),
        ("5.120", "KWD", "en", 5120),
        ("5,12", "KWD", "de", 5120),
        ("٢٥٫٥٠", "USD", "ar", 2550),
        ("٢٥", "USD", "en", 2500),
        ("۲۵٫۵", "USD", "en", 2550),
        ("0007", "USD", "en", 700),
        ("9999999999999.99", "USD", "en", 10**15 - 1),
    ],
)
def test_amounts_are_read_as_they_are_typed(text, currency, language, minor):
    assert money.parse_amount(text, currency, language) == minor


@pytest.mark.parametrize(
    ("text", "currency", "language", "code"),
    [
        ("", "USD", "en", "amount"),
        ("twenty", "USD", "en", "amount"),
        ("-5", "USD", "en", "negative"),
        ("−5.50", "USD", "en", "negative"),
        ("-٥", "USD", "ar", "negative"),
        ("--5", "USD", "en", "amount"),
        ("-five", "USD", "en", "amount"),
        ("٤٠،٢٥", "USD", "ar", "marks"),
        ("1'000", "CHF", "de", "marks"),
        ("1,000", "JPY", "en", "marks"),
        ("+5", "USD", "en", "amount"),
        ("NaN", "USD", "en", "amount"),
        ("Infinity", "USD", "en", "amount"),
        ("1e3", "USD", "en", "amount"),
        ("1_000", "USD", "en", "amount"),
        ("1,000", "USD", "en", "marks"),
        ("1,000,50", "USD", "en", "marks"),
        ("1,00,000", "USD", "en", "marks"),
        ("1,50", "JPY", "en", "marks"),
        ("0,123", "USD", "en", "marks"),
        ("1.234 €", "EUR", "en", "decimals"),
        ("1,234 €", "EUR", "de", "decimals"),
        ("1.000", "EUR", "de", "marks"),
        ("1.000", "KWD", "de", "marks"),
        ("1 000", "EUR", "ru", "marks"),
        ("5.", "USD", "en", "marks"),
        (".5", "USD", "en", "marks"),
        ("5 $", "EUR", "en", "amount"),
        ("5 $", "CAD", "en", "amount"),
        ("$5 $", "USD", "en", "amount"),
        ("$", "USD", "en", "amount"),
        ("-5 $", "USD", "en", "negative"),
        ("5\n", "USD", "en", "amount"),
        ("5\x00", "USD", "en", "amount"),
        ("\u202e5", "USD", "en", "amount"),
        ("٢5", "USD", "ar", "amount"),
        ("٢۵", "USD", "ar", "amount"),
        ("५", "USD", "en", "amount"),
        ("²", "USD", "en", "amount"),
        ("0", "USD", "en", "zero"),
        ("0.00", "USD", "en", "zero"),
        ("1.000", "USD", "en", "decimals"),
        ("5.0", "JPY", "en", "decimals"),
        ("5.1205", "KWD", "en", "decimals"),
        ("10000000000000.00", "USD", "en", "long"),
        ("1" * 40, "USD", "en", "long"),
    ],
)
def test_what_is_no_amount_is_refused(text, currency, language, code):
    with pytest.raises(ValidationError) as refused:
        money.parse_amount(text, currency, language)
    assert refused.value.code == code
    assert refused.value.messages[0]


@pytest.mark.parametrize(
    ("text", "currency", "language", "told"),
    [
        ("-5", "USD", "en", "An amount cannot be negative."),
        ("abc", "USD", "en", "This is no amount. Write digits alone, like 1250.50."),
        ("1,000", "USD", "en", "Write decimals after “.” and no thousands marks, like 1250.50."),
        ("1,000", "JPY", "en", "Write whole JPY without marks, like 1250."),
        ("4.5.", "KWD", "en", "Write decimals after “.” and no thousands marks, like 1250.500."),
    ],
)
def test_messages_say_what_is_wrong(text, currency, language, told):
    with pytest.raises(ValidationError) as refused:
        money.parse_amount(text, currency, language)
    assert refused.value.messages == [told]


def test_messages_have_the_mark_and_the_example_of_the_language():
    with pytest.raises(ValidationError) as refused:
        money.parse_amount("1.000", "EUR", "de")
    assert "“,”" in refused.value.messages[0] and "1250,50" in refused.value.messages[0]


@settings(deadline=None)  # the first example loads the languages' data
@given(st.integers(1, 10**15 - 1), st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_every_amount_survives_being_shown_in_a_form_and_sent_back(minor, currency, language):
    typed = money.plain_amount(minor, currency, language)
    assert money.parse_amount(typed, currency, language) == minor


@settings(deadline=None)
@given(st.integers(0, 10**15 - 1), st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_what_readers_see_has_every_digit_of_the_amount(minor, currency, language):
    shown = money.format_amount(minor, currency, language)
    digits = "".join(sign for sign in shown if sign.isdigit())
    whole_units, rest = divmod(minor, 10 ** money.decimals(currency))
    assert int(digits) == (minor if rest else whole_units)


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_reader_of_amounts(text, currency, language):
    try:
        assert money.parse_amount(text, currency, language) > 0
    except ValidationError as refused:
        assert refused.code in {"amount", "negative", "marks", "zero", "decimals", "long"}


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", f"47{NBSP}%"), ("de", f"47{NBSP}%"), ("tr", "%47"), ("ar", f"47{NBSP}%")],
)
def test_percentages_follow_the_language(language, shown):
    assert money.format_percent(47, language) == shown


def test_percentages_are_rounded_down():
    assert money.floored_percent(499_999, 500_000) == 99
    assert money.floored_percent(500_000, 500_000) == 100
    assert money.floored_percent(1_250_000, 500_000) == 250


@pytest.mark.parametrize("code", ["USD", "EUR", "JPY", "KWD", "UAH"])
def test_currencies_in_use_are_accepted(code):
    money.validate_currency(code)


@pytest.mark.parametrize("code", ["usd", "DEM", "XXX", "XAU", "US", "", "$$$", "USD "])
def test_what_is_no_currency_in_use_is_refused(code):
    with pytest.raises(ValidationError):
        money.validate_currency(code)


@pytest.mark.parametrize(
    ("text", "language", "amounts"),
    [
        ("5, 10, 25", "en", [500, 1000, 2500]),
        ("$5, 10 USD", "en", [500, 1000]),
        ("5\n10\n", "en", [500, 1000]),
        ("2,50, 5", "de", [250, 500]),
        ("10;2,50;5", "de", [250, 500, 1000]),
        ("٥، ١٠", "ar", [500, 1000]),
        (" \r\n ", "en", []),
        ("", "en", []),
    ],
)
def test_several_amounts_are_read_as_the_language_writes_them(text, language, amounts):
    assert money.parse_amounts(text, "USD", most=6, language=language) == amounts
    listed = money.listed_amounts(amounts, "USD", language)
    assert money.parse_amounts(listed, "USD", most=6, language=language) == amounts


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("2,500", "en", "marks"),
        ("5,10", "en", "marks"),
        ("5, x", "en", "amount"),
        ("5, 0", "en", "zero"),
        ("5; 5.00", "en", "twice"),
        ("1, 2, 3, 4, 5, 6, 7", "en", "many"),
        ("1.000, 5", "de", "marks"),
    ],
)
def test_several_amounts_that_are_not_clear_are_refused(text, language, code):
    with pytest.raises(ValidationError) as refused:
        money.parse_amounts(text, "USD", most=6, language=language)
    assert refused.value.code == code


def test_scripts_write_amounts_with_our_marks_and_digits():
    assert money.amount_pattern("USD", "en") == f"{{}}{NBSP}$"
    assert money.amount_pattern("USD", "ar") == f"{RLM}{{}}{NBSP}US${LRM}{RLM}"
    assert [money.number_locale(language) for language in ("de", "ar")] == [
        "de-u-nu-latn", "ar-u-nu-latn"
    ]  # fmt: skip
