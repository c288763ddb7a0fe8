"""Giving by card, with a server at the other end of the line that answers as Stripe does."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from fundraising.events import take
from fundraising.giving import begin
from fundraising.models import Donation, DonationState, EventState, LedgerEntry, ProviderEvent
from fundraising.money import format_amount
from fundraising.providers import card
from fundraising.providers.card import Stripe
from fundraising.providers.interface import ProviderFailed
from fundraising.refunding import refund
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.stripe_words import deliver, event

BACK = "https://courier.example/support/gifts/x/"


def begun_gift(**fields):
    fields = {"state": DonationState.CREATED, **fields}
    return make_donation(provider="stripe", **fields)


def give(client, campaign, amount):
    """What the form answers to somebody who types this amount and chooses the card."""
    typed = {"own_amount": amount, "provider": "stripe", "form_token": str(uuid4())}
    return client.post(reverse("fundraising:give", args=[campaign.slug]), typed)


@pytest.mark.django_db
def test_the_checkout_knows_the_gift_and_the_way_back(stripe):
    donation = begun_gift(email="wilma@reader.example", amount_minor=1234)
    step = Stripe().start(donation, back_to=BACK)
    session = next(iter(stripe.sessions.values()))
    assert step.url == session["url"]
    assert session["client_reference_id"] == str(donation.public_id)
    assert (session["amount_total"], session["currency"]) == (1234, "usd")
    assert session["success_url"] == session["cancel_url"] == BACK
    assert donation.objects_of_provider.get().reference == session["id"]
    assert stripe.asked == [("POST /v1/checkout/sessions", f"{donation.public_id}:start")]


@pytest.mark.django_db
@pytest.mark.parametrize("loses_answers", [0, 1])
def test_a_gift_has_one_checkout_however_often_it_is_begun(stripe, loses_answers):
    stripe.loses_answers = loses_answers
    donation = begun_gift()
    addresses = {Stripe().start(donation, back_to=BACK).url for _time in range(2)}
    assert len(addresses) == len(stripe.sessions) == 1


@pytest.mark.django_db
def test_where_stripe_is_down_nothing_is_begun_and_the_next_try_is_the_same_gift(stripe):
    donation, stripe.is_down = begun_gift(), True
    with pytest.raises(ProviderFailed):
        Stripe().start(donation, back_to=BACK)
    assert not stripe.sessions and not donation.objects_of_provider.exists()
    stripe.is_down = False
    Stripe().start(donation, back_to=BACK)
    assert len({key for _way, key in stripe.asked}) == len(stripe.sessions) == 1


@pytest.mark.django_db
def test_a_stripe_that_does_not_answer_holds_nobody_for_long(stripe, monkeypatch):
    assert (card.TIMEOUT, card.RETRIES) == (5, 1)
    monkeypatch.setattr(card, "TIMEOUT", 0.3)
    stripe.hangs, begun = 2.0, monotonic()
    with pytest.raises(ProviderFailed):
        Stripe().start(begun_gift(), back_to=BACK)
    assert monotonic() - begun < 1.8


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_an_answer_that_did_not_come_does_not_ask_again(stripe, monkeypatch):
    monkeypatch.setattr(card, "TIMEOUT", 0.5)
    donation, stripe.hangs = begun_gift(), 3.0

    def click(_number):
        try:
            with pytest.raises(ProviderFailed):
                begin(Donation.objects.get(), back_to=BACK)
        finally:
            connection.close()

    begun = monotonic()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(click, range(4)))
    assert monotonic() - begun < 2.5
    stripe.hangs = 0.0
    assert begin(donation, back_to=BACK)


@pytest.mark.django_db
def test_a_key_that_is_not_valid_begins_nothing(stripe, settings):
    settings.STRIPE = stripe.settings | {"key": "sk_live_withdrawn"}
    with pytest.raises(ProviderFailed):
        Stripe().start(begun_gift(), back_to=BACK)
    assert not stripe.sessions


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("currency", "typed", "minor", "theirs", "shown"),
    [
        ("USD", "12.34", 1234, 1234, "12.34\u00a0$"),
        ("JPY", "500", 500, 500, "500\u00a0¥"),
        ("KWD", "5.120", 5120, 5120, "5.120\u00a0KWD"),
        ("ISK", "100", 100, 10_000, "100\u00a0ISK"),
        ("UGX", "5000", 5000, 500_000, "5,000\u00a0UGX"),
    ],
)
def test_an_amount_is_the_same_from_the_form_to_the_ledger(
    client, stripe, currency, typed, minor, theirs, shown
):
    make_site()
    campaign = make_campaign(currency=currency, minimum_minor=1)
    answer = give(client, campaign, typed)
    name, session = next(iter(stripe.sessions.items()))
    assert (answer.status_code, answer["Location"]) == (303, session["url"])
    assert session["amount_total"] == theirs
    stripe.pay(name)
    for report in Stripe().status(Donation.objects.get()):
        assert take(report) == EventState.DONE
    entry = LedgerEntry.objects.get()
    assert (entry.amount_minor, format_amount(entry.amount_minor, currency)) == (minor, shown)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("currency", "typed", "back", "theirs", "left"),
    [("JPY", "500", 120, 120, 380), ("KWD", "5.120", 120, 120, 5000), ("ISK", "100", 40, 4000, 60)],
)
def test_an_amount_is_the_same_in_events_and_on_the_way_back(
    client, stripe, currency, typed, back, theirs, left
):
    make_site()
    campaign = make_campaign(currency=currency, minimum_minor=1)
    give(client, campaign, typed)
    [(name, session)] = stripe.sessions.items()
    stripe.pay(name)
    assert deliver(client, event("checkout.session.completed", session)).text == "done"
    details = {"reason": "Asked for it", "by": make_colleague("fundraiser"), "key": uuid4()}
    refund(Donation.objects.get(), amount_minor=back, **details)
    assert stripe.refunds[0]["amount"] == theirs
    assert deliver(client, event("refund.created", stripe.refunds[0])).text == "done"
    assert reload(campaign).raised_minor == left
    assert LedgerEntry.objects.count() == 2


@pytest.mark.django_db
def test_a_part_that_stripe_cannot_take_is_said_beside_the_field(client, stripe):
    make_site()
    answer = give(client, make_campaign(currency="KWD"), "5.125")
    assert answer.status_code == 422 and not stripe.sessions
    assert "Steps of 0.010" in answer.text


@pytest.mark.django_db(transaction=True)
def test_the_signed_event_credits_and_the_way_back_does_not(client, stripe, live_server):
    make_site()
    campaign = make_campaign()
    give(client, campaign, "25")
    donation = Donation.objects.get()
    back = stripe.pay(next(iter(stripe.sessions)))
    assert back.endswith(donation.get_absolute_url())
    assert client.get(donation.get_absolute_url()).status_code == 200
    assert reload(campaign).raised_minor == 0
    stripe.courier.webhook = f"{live_server.url}/payments/stripe/webhook/"
    stripe.courier.wait_until_all_is_taken()
    assert reload(campaign).raised_minor == 2500
    assert ProviderEvent.objects.get().state == EventState.DONE


@pytest.mark.django_db(transaction=True)
def test_what_a_bank_pays_later_counts_once_it_has_come(client, stripe, live_server):
    make_site()
    stripe.courier.webhook = f"{live_server.url}/payments/stripe/webhook/"
    campaign = make_campaign()
    give(client, campaign, "25")
    name = next(iter(stripe.sessions))
    stripe.pay(name, later=True)
    stripe.courier.wait_until_all_is_taken()
    assert Donation.objects.get().state == DonationState.PENDING
    assert reload(campaign).raised_minor == 0
    stripe.arrive(name)
    stripe.courier.wait_until_all_is_taken()
    assert reload(campaign).raised_minor == 2500
