"""What nobody waits for any more ends by itself; money that comes late still counts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fundraising.crediting import credit
from fundraising.events import set_aside
from fundraising.expiring import expire_promises
from fundraising.models import (
    Donation,
    DonationState,
    EventState,
    ProviderEvent,
    ProviderObject,
    Said,
)
from operations.models import ScheduledJob
from operations.schedule import start_due_jobs
from tests.builders import make_colleague
from tests.fundraising.builders import make_donation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("provider", "state", "days", "then"),
    [
        ("bank", "pending", 59, "pending"),
        ("bank", "pending", 61, "expired"),
        ("checkout", "pending", 61, "pending"),
        ("checkout", "created", 1, "created"),
        ("checkout", "created", 3, "expired"),
        ("bank", "paid", 99, "paid"),
        ("bank", "canceled", 99, "canceled"),
    ],
)
def test_promises_end_after_a_while(provider, state, days, then):
    donation = make_donation(provider=provider, state=state)
    Donation.objects.update(created_at=timezone.now() - timedelta(days=days))
    assert expire_promises.call() == (state != then)
    donation.refresh_from_db()
    assert donation.state == then


@pytest.mark.parametrize(("is_test", "then"), [(False, "created"), (True, "expired")])
def test_what_a_payment_service_knows_ends_by_its_own_word(is_test, then):
    donation = make_donation(provider="checkout", state="created", is_test=is_test)
    ProviderObject.objects.remember(donation, "checkout", "cs_1")
    Donation.objects.update(created_at=timezone.now() - timedelta(days=99))
    expire_promises.call()
    donation.refresh_from_db()
    assert donation.state == then


def test_what_was_set_aside_by_hand_is_not_waited_for():
    donation = make_donation(provider="stripe", state="created")
    ProviderObject.objects.remember(donation, "stripe", "cs_1")
    told = ProviderEvent.objects.create(
        provider="stripe", event_id="evt_1", said=Said.PAID, state=EventState.FLAGGED,
        donation=donation, occurred_at=timezone.now(),
    )  # fmt: skip
    assert expire_promises.call() == 0
    set_aside(told, by=make_colleague("fundraiser"), reason="Given back")
    assert expire_promises.call() == 1


def test_money_that_comes_late_still_counts():
    donation = make_donation(provider="checkout", state="expired")
    credit(donation, amount_minor=2500, occurred_on=date(2026, 4, 1), reference="late")
    donation.refresh_from_db()
    assert donation.state == DonationState.PAID


def test_it_is_done_each_day():
    start_due_jobs()
    assert ScheduledJob.objects.filter(name="expire-promises").exists()
