"""Staff give back what came by card: never more than there is, and once for each click."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from fundraising.events import take
from fundraising.models import DonationState, Kind, LedgerEntry, RefundRequest, RequestState
from fundraising.providers import card
from fundraising.providers.card import Stripe
from fundraising.providers.interface import ProviderFailed
from fundraising.refunding import finish_left, refund
from tests.builders import make_colleague, make_user
from tests.fundraising.builders import make_campaign, make_donation, pay, reload
from tests.fundraising.stripe_words import deliver, event

pytestmark = pytest.mark.django_db
REFUNDS = "POST /v1/refunds"


@pytest.fixture
def leila():
    return make_colleague("fundraiser", username="leila")


def gift(stripe, **fields):
    """A gift of 25 dollars that has been paid at Stripe and counted here."""
    donation = make_donation(provider="stripe", state=DonationState.CREATED, **fields)
    Stripe().start(donation, back_to="https://courier.example/")
    stripe.pay(list(stripe.sessions)[-1])
    for report in Stripe().status(donation):
        take(report)
    donation.refresh_from_db()
    return donation


def give_back(donation, by, *, amount=1500, key=None):
    return refund(donation, amount_minor=amount, reason="Asked for it", by=by, key=key or uuid4())


def refunds_of(donation):
    return donation.entries.filter(kind=Kind.REFUND).values_list("amount_minor", flat=True)


@pytest.mark.parametrize(("amount", "left"), [(1500, 1000), (None, 0)])
def test_a_part_or_all_goes_back_and_the_later_event_changes_nothing(
    client, stripe, leila, amount, left
):
    donation = gift(stripe)
    request = give_back(donation, leila, amount=amount)
    assert (request.state, request.requested_by) == (RequestState.DONE, leila)
    assert reload(donation.campaign).raised_minor == left
    assert sum(stripe.taken.values()) == left
    assert deliver(client, event("refund.created", stripe.refunds[0])).status_code == 200
    assert deliver(client, event("refund.updated", stripe.refunds[0])).status_code == 200
    assert reload(donation.campaign).raised_minor == left


@pytest.mark.parametrize("amount", [2501, 0, -5])
def test_more_than_is_left_is_refused_and_nobody_is_asked(stripe, leila, amount):
    donation = gift(stripe)
    with pytest.raises(ValidationError) as refused:
        give_back(donation, leila, amount=amount)
    assert refused.value.code == "exceeds"
    assert not stripe.refunds and not RefundRequest.objects.exists()


def test_of_what_was_not_paid_nothing_is_given_back(stripe, leila):
    donation = make_donation(provider="stripe", state=DonationState.CREATED)
    with pytest.raises(ValidationError) as refused:
        give_back(donation, leila)
    assert refused.value.code == "reversed"


def test_what_came_by_transfer_is_not_given_back_by_a_service(stripe, leila):
    with pytest.raises(ValidationError) as refused:
        give_back(pay(make_donation()), leila)
    assert refused.value.code == "unpaid"


@pytest.mark.parametrize("role", ["", "editor", "moderator"])
def test_only_who_records_money_gives_it_back(stripe, role):
    donation, by = gift(stripe), make_colleague(role) if role else make_user()
    with pytest.raises(PermissionDenied):
        give_back(donation, by)
    assert not stripe.refunds


def test_a_part_that_stripe_cannot_give_back_is_refused(stripe, leila):
    donation = gift(stripe, campaign=make_campaign(currency="KWD"), amount_minor=5120)
    with pytest.raises(ValidationError) as refused:
        give_back(donation, leila, amount=125)
    assert refused.value.code == "step"


def test_what_stripe_refuses_is_said_noted_and_not_set_aside(stripe, leila):
    donation, key = gift(stripe), uuid4()
    stripe.refuses = "This charge has been charged back"
    for _time in range(2):
        with pytest.raises(ValidationError, match="charged back"):
            give_back(donation, leila, key=key)
    request = RefundRequest.objects.get()
    assert (request.state, request.problem) == (RequestState.REFUSED, stripe.refuses)
    assert not refunds_of(donation)
    stripe.refuses = ""
    assert give_back(donation, leila, amount=2500).state == RequestState.DONE


def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_goes_back_twice(stripe, leila):
    donation, stripe.loses_answers = gift(stripe), 1
    give_back(donation, leila)
    assert [way for way, _key in stripe.asked].count(REFUNDS) == 2
    assert len(stripe.refunds) == 1 and list(refunds_of(donation)) == [-1500]


@pytest.mark.parametrize("others", [0, 3])
def test_a_refund_is_found_again_when_stripe_has_forgotten_its_key(
    stripe, leila, monkeypatch, others
):
    monkeypatch.setattr(card, "PAGE", 2)
    donation, stripe.loses_answers = gift(stripe), 2
    with pytest.raises(ProviderFailed):
        give_back(donation, leila)
    for _number in range(others):  # at Stripe's own desk
        stripe.give_back(stripe.refunds[0]["payment_intent"], 100)
    stripe.refunds.reverse()
    stripe.forget_keys()
    RefundRequest.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    assert finish_left() == 1
    assert len(stripe.refunds) == 1 + others and list(refunds_of(donation)) == [-1500]
    assert RefundRequest.objects.get().state == RequestState.DONE


def test_what_cannot_be_looked_up_is_not_taken_for_refused(stripe, leila, settings):
    donation, stripe.loses_answers = gift(stripe), 2
    with pytest.raises(ProviderFailed):
        give_back(donation, leila)
    settings.STRIPE = stripe.settings | {"key": "sk_live_withdrawn"}
    RefundRequest.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(ExceptionGroup):
        finish_left()
    assert RefundRequest.objects.get().state == RequestState.ASKED


def test_a_refund_that_waits_for_the_giver_is_neither_done_nor_refused(stripe, leila):
    donation, stripe.refunds_are = gift(stripe), "requires_action"
    request = give_back(donation, leila)
    assert request.state == RequestState.ASKED and not refunds_of(donation)
    with pytest.raises(ValidationError, match="10"):
        give_back(donation, leila)
    stripe.refunds[0]["status"] = "succeeded"
    RefundRequest.objects.update(requested_at=timezone.now() - timedelta(hours=25))
    assert finish_left() == 1 and len(stripe.refunds) == 1
    request.refresh_from_db()
    assert request.state == RequestState.DONE and list(refunds_of(donation)) == [-1500]


def test_a_refund_that_fails_at_once_is_not_done(stripe, leila):
    donation, stripe.refunds_are = gift(stripe), "failed"
    with pytest.raises(ValidationError, match="did not reach the giver"):
        give_back(donation, leila)
    assert RefundRequest.objects.get().state == RequestState.REFUSED
    assert reload(donation.campaign).raised_minor == 2500
    stripe.refunds_are = "succeeded"
    assert give_back(donation, leila, amount=2500).state == RequestState.DONE


def test_while_stripe_is_down_the_amount_is_set_aside_and_given_back_later(stripe, leila):
    donation, stripe.is_down = gift(stripe), True
    with pytest.raises(ProviderFailed):
        give_back(donation, leila)
    with pytest.raises(ValidationError, match="10"):
        give_back(donation, leila)
    assert finish_left() == 0, "somebody may still be at it"
    long_ago = timezone.now() - timedelta(minutes=11)
    RefundRequest.objects.update(requested_at=long_ago)
    with pytest.raises(ExceptionGroup):
        finish_left()
    stripe.is_down = False
    assert finish_left() == 1
    assert list(refunds_of(donation)) == [-1500]
    assert finish_left() == 0


def test_a_refund_that_does_not_arrive_leaves_the_money_here(client, stripe, leila):
    donation = gift(stripe)
    give_back(donation, leila)
    failed = stripe.refunds[0] | {"status": "failed"}
    deliver(client, event("refund.failed", failed))
    assert reload(donation.campaign).raised_minor == 2500


def at_once(act, times):
    def act_and_leave(number):
        try:
            return act(number)
        except ValidationError as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(act_and_leave, range(times)))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_back_15_of_25_at_once_one_does(stripe, leila):
    donation = gift(stripe)
    answers = at_once(lambda _number: give_back(donation, leila).state, 4)
    assert sorted(answers) == [RequestState.DONE, *["exceeds"] * 3]
    assert [each["amount"] for each in stripe.refunds] == [1500]
    assert reload(donation.campaign).raised_minor == 1000


@pytest.mark.django_db(transaction=True)
def test_a_second_click_while_stripe_is_slow_is_answered_at_once(stripe, leila):
    donation, key = gift(stripe), uuid4()
    stripe.hangs = 1.0

    def click(number):
        time.sleep(number * 0.5)
        begun = time.monotonic()
        try:
            return give_back(donation, leila, key=key).state
        except ValidationError as error:
            assert time.monotonic() - begun < 1
            raise error

    assert at_once(click, 2) == [RequestState.DONE, "busy"]


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_on_one_button_one_gives_back(stripe, leila):
    donation, key = gift(stripe), uuid4()
    answers = at_once(lambda _number: give_back(donation, leila, amount=500, key=key).state, 4)
    assert RequestState.DONE in answers and {*answers} <= {RequestState.DONE, "busy"}
    assert len(stripe.refunds) == 1
    assert LedgerEntry.objects.filter(kind=Kind.REFUND).count() == 1
