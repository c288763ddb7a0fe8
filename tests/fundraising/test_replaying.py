"""An event that was not settled is settled later, also when its content is not kept any more."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from fundraising import events
from fundraising.events import replay, take
from fundraising.models import DonationState, EventState, ProviderEvent
from fundraising.providers.card import Stripe
from fundraising.reconciling import empty_payloads
from tests.builders import make_colleague
from tests.fundraising.builders import make_donation, reload
from tests.fundraising.stripe_words import completed, deliver, event, refund

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila():
    return make_colleague("fundraiser", username="leila")


def paid(stripe):
    """A gift that was paid at Stripe, and of which we have not heard."""
    donation = make_donation(provider="stripe", state=DonationState.CREATED)
    Stripe().start(donation, back_to="https://courier.example/")
    name = list(stripe.sessions)[-1]
    stripe.pay(name)
    return donation, stripe.sessions[name]


def flagged(client, donation, session):
    """What Stripe told of it once, with an amount that nobody had promised."""
    told = event("checkout.session.completed", session | {"amount_total": 100})
    assert deliver(client, told).text == "flagged"
    return ProviderEvent.objects.get()


def empty():
    ProviderEvent.objects.update(received_at=timezone.now() - timedelta(days=31))
    empty_payloads.call()


def test_a_flagged_event_without_content_is_asked_for_again(client, stripe, leila):
    donation, session = paid(stripe)
    event = flagged(client, donation, session)
    empty()
    event.refresh_from_db()
    assert event.payload is None
    assert replay(event, by=leila) == EventState.DONE
    assert reload(donation.campaign).raised_minor == 2500
    event.refresh_from_db()
    assert (event.amount_minor, event.currency, event.problem) == (2500, "USD", "")


def test_what_is_still_wrong_stays_flagged(client, stripe, leila):
    donation, session = paid(stripe)
    session["amount_total"] = 100
    event = flagged(client, donation, session)
    empty()
    event.refresh_from_db()
    assert replay(event, by=leila) == EventState.FLAGGED
    assert reload(donation.campaign).raised_minor == 0


def test_a_refund_that_only_an_answer_told_of_is_settled_with_its_payment(client, stripe):
    donation, session = paid(stripe)
    stripe.give_back(session["payment_intent"], 500)
    flagged(client, donation, session)
    _session, answer = Stripe().status(donation)
    assert take(answer) == EventState.PARKED
    waiting = ProviderEvent.objects.get(state=EventState.PARKED)
    assert waiting.payload is None and waiting.donation == donation
    empty()
    waiting.refresh_from_db()
    assert waiting.state == EventState.PARKED, "it is about a gift of ours"
    deliver(client, completed(donation, payment=session["payment_intent"], id=session["id"]))
    waiting.refresh_from_db()
    assert waiting.state == EventState.DONE
    assert reload(donation.campaign).raised_minor == 2000


def test_what_is_parked_is_tried_again_when_it_is_told_again(client, stripe):
    donation, session = paid(stripe)
    stripe.give_back(session["payment_intent"], 500)
    paid_answer, refund_answer = Stripe().status(donation)
    assert take(refund_answer) == EventState.PARKED
    take(paid_answer)
    assert take(refund_answer) == EventState.DONE
    assert reload(donation.campaign).raised_minor == 2000


def test_what_nobody_knows_any_more_says_so(client, stripe, leila):
    deliver(client, event("refund.created", refund(payment="pi_unknown")))
    ProviderEvent.objects.update(state=EventState.FAILED, payload=None)
    with pytest.raises(ValidationError, match="not kept any more") as refused:
        replay(ProviderEvent.objects.get(), by=leila)
    assert refused.value.code == "gone"


def test_a_service_that_is_away_is_asked_later(client, stripe, leila):
    event = flagged(client, *paid(stripe))
    ProviderEvent.objects.update(payload=None)
    event.refresh_from_db()
    stripe.is_down = True
    with pytest.raises(ValidationError) as refused:
        replay(event, by=leila)
    assert refused.value.code == "later"


@pytest.mark.django_db(transaction=True)
def test_who_settles_again_does_not_queue(client, stripe, leila):
    waiting = flagged(client, *paid(stripe))
    report = Stripe().read(waiting.payload)
    has_turn, is_over = threading.Event(), threading.Event()

    def settle_slowly():
        with transaction.atomic():
            events._wait_for_turn(report)
            has_turn.set()
            is_over.wait(10)
        connection.close()

    other = threading.Thread(target=settle_slowly)
    other.start()
    try:
        assert has_turn.wait(10)
        with pytest.raises(ValidationError) as refused:
            replay(waiting, by=leila)
        assert refused.value.code == "busy" and not is_over.is_set()
    finally:
        is_over.set()
        other.join()
    assert replay(waiting, by=leila) == EventState.FLAGGED
