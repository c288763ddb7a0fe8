"""Giving by card is there with a key, a secret and the package, and not at all without."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from fundraising.checks import check_stripe
from fundraising.money import currency_codes, decimals
from fundraising.providers import card, offered, stripe_amounts
from fundraising.providers.card import Stripe
from newsroom import environment
from tests.fundraising.builders import make_campaign, make_donation
from tests.fundraising.stripe_words import STRIPE, completed, deliver

NAMES = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_API_BASE")
LIVE = ("sk_live_x", "whsec_x", "")


def read(monkeypatch, *values):
    for name, value in zip(NAMES, values, strict=True):
        monkeypatch.setenv(name, value)
    return environment.stripe()


def test_without_anything_nobody_gives_by_card(monkeypatch):
    empty = read(monkeypatch, "", "", "")
    assert empty == {"key": "", "webhook_secret": "", "api_base": ""}
    assert environment.checkouts(empty) == []


def test_forms_lead_to_the_checkout_where_there_is_a_key(monkeypatch):
    assert environment.checkouts(read(monkeypatch, *LIVE)) == ["https://checkout.stripe.com"]
    local = read(monkeypatch, "rk_test_x", "whsec_x", "http://127.0.0.1:12111/")
    assert environment.checkouts(local) == ["http://127.0.0.1:12111"]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, "pk_live_x"),
        (0, "x"),
        (1, "secret"),
        (2, "stripe.example"),
        (2, "ftp://stripe.example"),
        (2, "https://stripe.example/v1"),
        (2, "http://stripe.example:port"),
    ],
)
def test_a_malformed_value_stops_the_start_with_its_name(monkeypatch, place, value):
    with pytest.raises(ImproperlyConfigured, match=NAMES[place]):
        read(monkeypatch, *(value if number == place else LIVE[number] for number in range(3)))


@pytest.mark.parametrize(
    ("lacks", "found"), [("", []), ("webhook_secret", ["E001"]), ("package", ["E002"])]
)
@pytest.mark.django_db
def test_what_is_missing_is_an_error_and_not_offered(client, settings, monkeypatch, lacks, found):
    settings.STRIPE = STRIPE | ({lacks: ""} if lacks in STRIPE else {})
    monkeypatch.setattr(card, "is_installed", lambda: lacks != "package")
    monkeypatch.setattr("fundraising.checks.is_installed", card.is_installed)
    assert [error.id for error in check_stripe()] == [f"fundraising.{one}" for one in found]
    is_there = lacks == ""
    assert ("stripe" in {way.name for way in offered(make_campaign())}) == is_there
    told = completed(make_donation(provider="stripe"))
    assert deliver(client, told).status_code == (200 if is_there else 400)
    assert Stripe().capabilities("USD").takes_refunds == is_there


@pytest.mark.django_db
def test_without_a_key_nothing_is_wrong_and_nothing_is_offered(settings):
    settings.STRIPE = STRIPE | {"key": ""}
    assert check_stripe() == []
    assert {way.name for way in offered(make_campaign())} == {"bank"}


@pytest.mark.parametrize(("key", "is_test"), [("sk_test_x", True), ("rk_live_x", False)])
def test_a_key_says_whether_money_moves(settings, key, is_test):
    settings.STRIPE = STRIPE | {"key": key}
    assert Stripe().capabilities("USD").is_test == is_test


@given(st.sampled_from(sorted(currency_codes())), st.integers(1, 10**9))
def test_amounts_come_back_from_stripe_as_they_went(currency, number):
    minor = number * stripe_amounts.step(currency)
    theirs = stripe_amounts.to_stripe(minor, currency)
    assert stripe_amounts.from_stripe(theirs, currency) == minor
    least, most = stripe_amounts.limits(currency)
    assert 0 < least <= most and least % stripe_amounts.step(currency) == 0


@pytest.mark.parametrize(
    ("minor", "currency", "theirs"),
    [
        (1, "USD", 1),
        (500, "JPY", 500),
        (5120, "KWD", 5120),
        (100, "ISK", 10_000),
        (100, "UGX", 10_000),
        (7, "KRW", 7),
    ],
)
def test_amounts_are_written_as_stripe_counts(minor, currency, theirs):
    assert stripe_amounts.to_stripe(minor, currency) == theirs


@pytest.mark.parametrize(("minor", "currency"), [(5125, "KWD"), (1, "TND")])
def test_parts_that_stripe_does_not_take_are_refused(minor, currency):
    with pytest.raises(ValueError):
        stripe_amounts.to_stripe(minor, currency)


@pytest.mark.parametrize(("theirs", "currency"), [(10_001, "ISK"), (150, "UGX")])
def test_parts_of_our_smallest_unit_are_refused(theirs, currency):
    assert decimals(currency) == 0
    with pytest.raises(ValueError):
        stripe_amounts.from_stripe(theirs, currency)
