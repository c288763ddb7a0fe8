"""Amounts with a sign or with marks that have one reading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fundraising import money
from tests.fundraising.test_money import CURRENCIES, LANGUAGES

pytestmark = pytest.mark.django_db  # the site's pattern stands there


@pytest.mark.parametrize(
    ("text", "currency", "language", "minor"),
    [
        ("$20", "USD", "en", 2000),
        ("20 $", "USD", "de", 2000),
        ("20 USD", "USD", "en", 2000),
        ("usd 20", "USD", "en", 2000),
        ("20€", "EUR", "en", 2000),
        ("$1.50", "USD", "en", 150),
        ("1,50", "USD", "en", 150),
        ("1.5", "EUR", "de", 150),
        ("1,50", "KWD", "en", 1500),
        ("1,000.50", "USD", "en", 100_050),
        ("1.000,50", "USD", "en", 100_050),
        ("1 000,50 €", "EUR", "ru", 100_050),
        ("1,234 $", "USD", "en", 123_400),
        ("1.234 €", "EUR", "de", 123_400),
        ("1,234,567", "USD", "en", 123_456_700),
        ("٢٥ US$", "USD", "ar", 2500),
    ],
)
def test_what_has_one_reading_is_read_so(text, currency, language, minor):
    assert money.parse_amount(text, currency, language) == minor


@settings(deadline=None)
@given(st.integers(1, 10**15 - 1), st.sampled_from(CURRENCIES), st.sampled_from(LANGUAGES))
def test_what_the_site_shows_is_read_back(minor, currency, language):
    shown = money.format_amount(minor, currency, language)
    assert money.parse_amount(shown, currency, language) == minor
