"""The check finds each way in which the ledger can be wrong, and nothing where it is right."""

import json
from datetime import date, timedelta
from io import StringIO
from time import monotonic

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from fundraising.checking import CHECKS, WAITING, WORDS, check_ledger, waiting
from fundraising.crediting import credit
from fundraising.models import Donation, DonationState, EventState, ProviderEvent, Said
from fundraising.recording import record_refund
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_donation, make_gift
from tests.fundraising.test_crediting import DAY, received

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=91)


def make_event(**fields):
    fields = {"state": EventState.DONE, "type": "charge.refunded", **fields}
    number = ProviderEvent.objects.count()
    return ProviderEvent.objects.create(
        provider="stripe", event_id=f"evt_{number}", occurred_at=timezone.now(), **fields
    )


def refunded(gift, amount_minor=None):
    return record_refund(
        gift, amount_minor=amount_minor, occurred_on=date(2026, 4, 2), note="Asked for it",
        by=make_colleague("fundraiser"),
    )  # fmt: skip


def around(sql, *values):
    """What no trigger and no foreign key sees."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def below_zero(donation):
    refunded(donation.entries.get())
    around("UPDATE fundraising_ledgerentry SET amount_minor = -9999 WHERE kind = 'refund'")
    around("UPDATE fundraising_ledgerentry SET reverses_id = NULL, kind = 'correction'"
           " WHERE kind = 'refund'")  # fmt: skip


def too_much_back(donation):
    refunded(donation.entries.get(), 1000)
    make_gift(campaign=donation.campaign)
    around("UPDATE fundraising_ledgerentry SET amount_minor = -2501 WHERE kind = 'refund'")
    around("UPDATE fundraising_ledgerentry SET donation_id = NULL WHERE kind = 'refund'")


def late_event(state):
    def happen(donation):
        event = make_event(state=state, waits_for="pi_1", type="payment")
        ProviderEvent.objects.filter(pk=event.pk).update(
            received_at=timezone.now() - timedelta(hours=25)
        )

    return happen


def overdue(state):
    def happen(donation):
        late = make_donation(campaign=donation.campaign, state=state)
        Donation.objects.filter(pk=late.pk).update(created_at=timezone.now() - LONG_AGO)

    return happen


def told(said, *, reference="", amount_minor=2500, currency="USD"):
    """By Stripe, of the gift that the newsroom has as pi_1, or of something else of it."""

    def happen(donation):
        online = Donation.objects.filter(provider="stripe", is_test=False).get()
        make_event(said=said, reference=reference, donation=online, amount_minor=amount_minor,
                   currency=currency)  # fmt: skip

    return happen


BREAKS = [
    ("donation_below_zero", below_zero),
    ("too_much_taken_back", too_much_back),
    ("paid_without_a_gift", lambda donation: make_donation(state=DonationState.PAID)),
    ("gift_without_paid", lambda donation: around(
        "UPDATE fundraising_donation SET state = 'pending'")),
    ("gift_without_paid", lambda donation: around(
        "UPDATE fundraising_donation SET is_test = true")),
    ("event_without_entry", told(Said.REFUND, reference="re_1")),
    ("event_without_entry", told(Said.DISPUTE, reference="dp_1")),
    ("event_without_entry", told(Said.PAID, reference="pi_2")),
    ("event_differs", told(Said.PAID, reference="pi_1", amount_minor=2499)),
    ("event_differs", told(Said.PAID, reference="pi_1", currency="EUR")),
    ("event_differs", lambda donation: around(
        "UPDATE fundraising_ledgerentry SET amount_minor = 2400 WHERE reference = 'pi_1'")),
    ("entry_of_no_campaign", lambda donation: around(
        "UPDATE fundraising_ledgerentry SET campaign_id = 999999")),
    ("currency_differs", lambda donation: around(
        "UPDATE fundraising_ledgerentry SET currency = 'EUR' WHERE provider = 'bank'")),
    ("currency_differs", lambda donation: around(
        "UPDATE fundraising_donation SET currency = 'EUR'")),
    ("event_waits", late_event(EventState.FLAGGED)),
    ("event_waits", late_event(EventState.PARKED)),
    ("event_waits", late_event(EventState.FAILED)),
    ("gift_overdue", overdue(DonationState.PENDING)),
    ("gift_overdue", overdue(DonationState.CREATED)),
]  # fmt: skip


def newsroom():
    """Gifts, refunds, awaited and expired ones, a trial, events: all of it right."""
    donation = make_donation()
    received(donation)
    given_back = make_donation(campaign=donation.campaign)
    received(given_back)
    refunded(given_back.entries.get(), 1000)
    online = make_donation(provider="stripe", campaign=donation.campaign)
    credit(online, amount_minor=2500, occurred_on=DAY, reference="pi_1")
    make_event(said=Said.PAID, reference="pi_1", donation=online, amount_minor=2500, currency="USD")
    make_event(type="charge.dispute.created", said=Said.NOTHING, donation=online)
    make_event(state=EventState.FLAGGED, type="payment")
    make_donation(state=DonationState.PAID, is_test=True, provider="stripe")
    make_donation(state=DonationState.EXPIRED)
    make_donation()
    return donation


def test_where_all_is_right_nothing_is_found():
    newsroom()
    said = StringIO()
    call_command("check_ledger", stdout=said)
    assert "right" in said.getvalue()


@pytest.mark.parametrize(("kind", "go_wrong"), BREAKS)
def test_what_is_wrong_is_found(kind, go_wrong):
    go_wrong(newsroom())
    found = {finding.kind for finding in check_ledger(timezone.now())}
    assert found == {kind}
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_ledger", stderr=said)
    assert ended.value.code == 1
    assert str(WORDS[kind]) in said.getvalue()


def test_each_kind_is_broken_once():
    assert {kind for kind, _break in BREAKS} == {*CHECKS, *WAITING} == set(WORDS)


def test_machines_read_it_as_json():
    late = make_donation()
    Donation.objects.update(created_at=timezone.now() - LONG_AGO)
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_ledger", "--json", stdout=said)
    assert json.loads(said.getvalue()) == [
        {"kind": "gift_overdue", "model": "donation", "count": 1, "keys": [late.pk]}
    ]


def test_json_of_nothing_is_an_empty_list():
    said = StringIO()
    call_command("check_ledger", "--json", stdout=said)
    assert json.loads(said.getvalue()) == []


def test_what_waits_is_told_in_two_queries(django_assert_num_queries):
    late_event(EventState.FAILED)(None)
    with django_assert_num_queries(2):
        [finding] = waiting(timezone.now())
    assert finding.kind == "event_waits"


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_checked_in_a_few_seconds():
    campaign, leila = make_campaign(), make_colleague("fundraiser")
    around("""
        INSERT INTO fundraising_ledgerentry (campaign_id, kind, amount_minor, currency, supporters,
            occurred_on, note, provider, reference, recorded_by_id)
        SELECT %s, 'gift', 2500, 'USD', 1, '2026-03-02', '', 'desk', number, %s
        FROM generate_series(1, 100000) AS number
    """, campaign.pk, leila.pk)  # fmt: skip
    begun = monotonic()
    assert check_ledger(timezone.now()) == []
    assert monotonic() - begun < 5
