"""What the webhook answers: only to the provider, and always so that nothing is lost."""

import json
import time

import pytest
from django.db import OperationalError

from accounts.sessions import Session
from fundraising import events
from fundraising.models import DonationState, EventState, LedgerEntry, ProviderEvent
from fundraising.privacy import erase
from fundraising.webhooks import payments_webhook
from tests.fundraising.builders import make_donation, reload
from tests.fundraising.stripe_words import (
    ADDRESS,
    SECRET,
    STRIPE,
    completed,
    deliver,
    event,
    session,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_stripe(settings):
    settings.STRIPE = STRIPE


@pytest.fixture
def donation():
    return make_donation(provider="stripe", state=DonationState.CREATED)


def post(client, body, headers):
    return client.post(ADDRESS, body, content_type="application/json", headers=headers)


def test_a_paid_gift_is_credited_once_however_often_it_is_told(client, donation):
    told = completed(donation)
    assert [deliver(client, told).status_code for _time in range(5)] == [200] * 5
    assert deliver(client, completed(donation)).status_code == 200
    assert LedgerEntry.objects.get().amount_minor == 2500
    donation.refresh_from_db()
    assert donation.is_paid
    assert ProviderEvent.objects.filter(state=EventState.DONE).count() == 2


def test_only_posts_are_answered(client):
    assert client.get(ADDRESS).status_code == 405
    assert client.post("/payments/nobody/webhook/").status_code == 404
    assert client.post("/payments/bank/webhook/", b"{}", "application/json").status_code == 400


def _signatures(body):
    tampered = signed(body + " ")["Stripe-Signature"]
    good = signed(body)["Stripe-Signature"]
    stale = signed(body, timestamp=int(time.time()) - 600)["Stripe-Signature"]
    return [None, "", "t=1", tampered, stale, good.replace("v1", "v0"), "é" * 9, good + "é",
            signed(body, secret="whsec_other")["Stripe-Signature"], "t=x,v1=y"]  # fmt: skip


@pytest.mark.parametrize("number", range(10))
def test_no_bad_signature_is_taken(client, donation, number):
    body = json.dumps(completed(donation))
    signature = _signatures(body)[number]
    headers = {} if signature is None else {"Stripe-Signature": signature}
    assert post(client, body, headers).status_code == 400
    assert not ProviderEvent.objects.exists()
    assert post(client, body, signed(body)).status_code == 200


def test_a_second_signature_of_a_new_secret_is_enough(client, donation):
    body = json.dumps(completed(donation))
    other = signed(body, secret="whsec_new")["Stripe-Signature"]
    both = f"{other},{signed(body, secret=SECRET)['Stripe-Signature'].partition(',')[2]}"
    assert post(client, body, {"Stripe-Signature": both}).status_code == 200


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", "null", "1", '"event"', "{}", '{"object": "event"}',
     '{"object": "event", "id": 7, "type": "x", "data": {"object": {"object": "y"}}}',
     '{"object": "event", "id": "a\\u0000b", "type": "x", "data": {"object": {"object": "y"}}}'],
)  # fmt: skip
def test_what_is_no_event_is_refused_though_it_is_signed(client, body):
    assert post(client, body, signed(body)).status_code == 400
    assert not ProviderEvent.objects.exists()


def test_bytes_that_are_no_text_are_refused(client):
    assert post(client, b"\xff\xfe", signed("")).status_code == 400


def test_a_huge_body_is_refused(client):
    body = json.dumps({"filler": "x" * 300_000})
    assert post(client, body, signed(body)).status_code == 413


@pytest.mark.parametrize("length", ["x", "-1", "²", "9" * 5000])
def test_a_length_that_is_none_is_refused(client, length):
    answer = client.post(ADDRESS, b"{}", "application/json", CONTENT_LENGTH=length)
    assert answer.status_code == 400


def test_a_huge_body_that_announces_less_is_refused(client, rf):
    request = rf.post(ADDRESS, b"", "application/json")
    request._body = b"x" * 300_000  # as servers give it that do not cut it there
    assert payments_webhook(request, "stripe").status_code == 413


@pytest.mark.parametrize("fields", [{"livemode": False}, {"api_version": "2019-01-01"}])
def test_events_of_another_mode_or_version_are_refused(client, donation, fields):
    told = completed(donation) | fields
    assert deliver(client, told).status_code == 400
    assert not ProviderEvent.objects.exists()


def test_without_a_secret_nothing_is_taken(client, donation, settings):
    settings.STRIPE = STRIPE | {"webhook_secret": ""}
    body = json.dumps(completed(donation))
    assert post(client, body, signed(body)).status_code == 400


def test_unknown_types_and_other_shops_are_stored_and_of_no_concern(client, donation):
    assert deliver(client, event("customer.created", {"object": "customer"})).status_code == 200
    for stranger in ("", "order-17", "0b0e2f5e-8f4f-4a7c-9d2c-2c3b7d3f7a11"):
        thing = session(donation, client_reference_id=stranger)
        assert deliver(client, event("checkout.session.completed", thing)).status_code == 200
    kept = ProviderEvent.objects.values_list("state", "payload")
    assert set(kept) == {(EventState.IGNORED, None)}
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_what_fails_is_rolled_back_and_comes_again(client, donation, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error("the disk is full")

    told, move = completed(donation), events.credit
    monkeypatch.setattr(events, "credit", lambda *a, **k: (move(*a, **k), fail()))
    assert deliver(client, told).status_code == status
    assert not LedgerEntry.objects.exists()
    failed = ProviderEvent.objects.get()
    assert (failed.state, "the disk is full" in failed.problem) == (EventState.FAILED, True)
    monkeypatch.undo()
    assert deliver(client, told).status_code == 200
    assert (ProviderEvent.objects.get().state, reload(donation.campaign).raised_minor) == (
        EventState.DONE, 2500
    )  # fmt: skip


def test_what_is_said_of_an_erased_giver_is_not_kept(client, donation):
    thing = session(donation, customer_details={"email": "wilma@reader.example"})
    assert deliver(client, event("checkout.session.completed", thing)).status_code == 200
    assert "wilma" in str(ProviderEvent.objects.get().payload)
    assert erase(donation.reference, by=None) == 1
    assert deliver(client, event("checkout.session.completed", thing)).status_code == 200
    assert list(ProviderEvent.objects.values_list("payload", flat=True)) == [None, None]


def test_names_in_what_is_of_no_concern_are_not_kept(client, donation):
    deliver(client, completed(donation))
    named = {"billing_details": {"name": "Ada Lind", "email": "ada@readers.example"}}
    charge = {"object": "charge", "id": "ch_1", "payment_intent": "pi_1", **named}
    for _time in range(2):
        told = event("charge.refunded", charge, id="evt_charge")
        assert deliver(client, told).text == "ignored"
    assert "Ada Lind" not in str(list(ProviderEvent.objects.values_list("payload")))


def test_the_webhook_needs_no_cookie_and_sets_none(client, donation):
    answer = deliver(client, completed(donation))
    assert not answer.cookies and "no-store" in answer["Cache-Control"]
    assert not Session.objects.exists()
