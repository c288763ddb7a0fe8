"""Whatever order a payment's events come in, and however often: one total."""

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations, product

import pytest
from django.db import connection
from django.test import Client

from fundraising.events import take
from fundraising.models import Donation, DonationState, EventState, Kind, LedgerEntry, ProviderEvent
from fundraising.providers.card import Stripe
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.stripe_words import (
    STRIPE,
    completed,
    deliver,
    dispute,
    event,
    refund,
    session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_stripe(settings):
    settings.STRIPE = STRIPE


def gift(**fields):
    return make_donation(provider="stripe", **{"state": DonationState.CREATED, **fields})


def story(donation, end):
    return [
        completed(donation),
        event("refund.created", refund(1, amount=300)),
        event("refund.updated", refund(2, amount=200)),
        event("charge.dispute.created", dispute(amount=2000)),
        event("charge.dispute.closed", dispute(end, amount=2000)),
    ]


def all_again_at_the_end(order):
    return (*order, *reversed(order))


def each_again_after_the_next(order):
    """First, second, first again, third, second again and so on."""
    repeats = (None, *order[:-1])
    pairs = zip(order, repeats, strict=True)
    return (*(one for pair in pairs for one in pair if one is not None), order[-1])


@pytest.mark.slow
@pytest.mark.parametrize(("end", "total"), [("won", 2000), ("lost", 0)])
def test_every_order_with_repeats_yields_one_total(end, total):
    campaign, ways = make_campaign(), (all_again_at_the_end, each_again_after_the_next)
    for order, repeated in product(permutations(range(5)), ways):
        donation = gift(campaign=campaign)
        told = story(donation, end)
        for one in told:
            thing = one["data"]["object"]
            thing["payment_intent"] = f"pi_{donation.pk}"
            thing["id"] = f"{thing['id']}_{donation.pk}"
            thing["charge"] = f"ch_{donation.pk}"
        assert sorted(repeated(order)) == sorted(order * 2)
        for number in repeated(order):
            take(Stripe().read(told[number]))
        assert Donation.objects.with_left().get(pk=donation.pk).left_minor == total, order
    assert reload(campaign).raised_minor == total * 240
    assert not ProviderEvent.objects.unsettled().exists()


def test_a_refund_that_comes_before_its_payment_waits_for_it(client):
    donation = gift()
    deliver(client, event("refund.created", refund(amount=500)))
    parked = ProviderEvent.objects.get()
    assert (parked.state, parked.waits_for) == (EventState.PARKED, "pi_1")
    deliver(client, completed(donation))
    assert reload(donation.campaign).raised_minor == 2000
    assert not ProviderEvent.objects.unsettled().exists()


def test_a_refund_that_failed_leaves_the_money_here_in_any_order(client):
    donation = gift()
    deliver(client, completed(donation))
    deliver(client, event("refund.failed", refund(status="failed")))
    deliver(client, event("refund.created", refund(status="pending")))
    assert reload(donation.campaign).raised_minor == 2500
    kinds = list(LedgerEntry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == [Kind.GIFT, Kind.REFUND, Kind.REFUND_RETURNED]


@pytest.mark.parametrize("status", ["warning_needs_response", "warning_closed", "prevented"])
def test_a_question_moves_no_money(client, status):
    donation = gift()
    deliver(client, completed(donation))
    deliver(client, event("charge.dispute.created", dispute(status)))
    assert reload(donation.campaign).raised_minor == 2500


@pytest.mark.parametrize(
    ("paid", "currency"), [(100, "jpy"), (2500, "eur"), (2499, "usd"), (2501, "usd"), (0, "usd")]
)
def test_another_amount_or_currency_is_not_credited(client, paid, currency):
    donation = gift(amount_minor=2500)
    answer = deliver(client, completed(donation, amount_total=paid, currency=currency))
    assert answer.status_code == 200
    assert ProviderEvent.objects.get().state == EventState.FLAGGED
    assert not LedgerEntry.objects.exists()
    donation.refresh_from_db()
    assert donation.state == DonationState.CREATED


def test_more_back_than_was_given_is_for_a_person(client):
    donation = gift()
    deliver(client, completed(donation))
    deliver(client, event("refund.created", refund(amount=2501)))
    assert ProviderEvent.objects.first().state == EventState.FLAGGED
    assert reload(donation.campaign).raised_minor == 2500


@pytest.mark.parametrize(
    ("type_", "fields", "state"),
    [
        ("completed", {"payment_status": "unpaid"}, DonationState.PENDING),
        ("async_payment_failed", {"payment_status": "unpaid"}, DonationState.FAILED),
        ("expired", {"payment_status": "unpaid", "status": "expired"}, DonationState.EXPIRED),
        ("async_payment_succeeded", {}, DonationState.PAID),
    ],
)
def test_what_is_not_paid_is_not_counted(client, type_, fields, state):
    donation = gift()
    deliver(client, event(f"checkout.session.{type_}", session(donation, **fields)))
    donation.refresh_from_db()
    assert donation.state == state
    assert reload(donation.campaign).raised_minor == (2500 if state == "paid" else 0)
    deliver(client, completed(donation))  # late success
    assert reload(donation.campaign).raised_minor == 2500


def test_a_bank_that_failed_is_not_waited_for_though_the_promise_comes_after_it(client):
    donation = gift()
    unpaid = session(donation, payment_status="unpaid")
    deliver(client, event("checkout.session.async_payment_failed", unpaid))
    deliver(client, event("checkout.session.completed", unpaid))
    donation.refresh_from_db()
    assert donation.state == DonationState.FAILED


def test_a_late_completed_after_a_full_refund_changes_nothing(client):
    donation = gift()
    deliver(client, completed(donation))
    deliver(client, event("refund.created", refund(amount=2500)))
    deliver(client, completed(donation))
    assert reload(donation.campaign).raised_minor == 0
    assert reload(donation.campaign).supporter_count == 0


def test_trial_money_moves_states_and_no_ledger(client, settings):
    settings.STRIPE = STRIPE | {"key": "sk_test_x"}
    donation = gift(is_test=True)
    told = completed(donation) | {"livemode": False}
    assert deliver(client, told).status_code == 200
    donation.refresh_from_db()
    assert donation.is_paid and not LedgerEntry.objects.exists()
    real = gift()
    deliver(client, completed(real, payment="pi_2") | {"livemode": False})
    assert ProviderEvent.objects.first().state == EventState.FLAGGED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_two_connections_post_one_payment(same):
    donation = gift()
    told = completed(donation)

    def send(number):
        try:
            return deliver(Client(), told if same else completed(donation)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(send, range(8))) == [200] * 8
    assert LedgerEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refund_and_its_payment_at_the_same_instant():
    for _round in range(6):
        donation = gift()
        payment = f"pi_{donation.pk}"
        told = [completed(donation, payment=payment)]
        told += [event("refund.created", refund(f"{donation.pk}{n}", payment=payment, amount=100))
                 for n in range(3)]  # fmt: skip

        def send(one):
            try:
                return deliver(Client(), one).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(send, told)) == [200] * 4
        assert reload(donation.campaign).raised_minor == 2200
