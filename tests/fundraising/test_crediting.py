"""Gifts that were promised, and what came of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from fundraising.crediting import credit, mark_received, move
from fundraising.models import Campaign, Donation, DonationState, Kind, LedgerEntry
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_donation, reload

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


def received(donation, amount_minor=2500, **details):
    details.setdefault("by", make_colleague("fundraiser"))
    return mark_received(donation, **{"amount_minor": amount_minor, "occurred_on": DAY, **details})


def test_a_promise_is_not_counted():
    donation = make_donation()
    assert reload(donation.campaign).raised_minor == 0
    assert reload(donation.campaign).supporter_count == 0


def test_what_really_came_is_counted_once():
    donation = make_donation(amount_minor=2500)
    entry = received(donation, amount_minor=2000)
    assert (entry.kind, entry.provider, entry.donation) == (Kind.GIFT, "bank", donation)
    with pytest.raises(ValidationError, match="already"):
        received(donation)
    donation.refresh_from_db()
    assert donation.state == DonationState.PAID
    assert reload(donation.campaign).raised_minor == 2000


def test_a_reader_who_gives_twice_is_one_supporter():
    first = make_donation(email="ada@example.org")
    second = make_donation(email="ada@example.org", campaign=first.campaign, donor=first.donor)
    for donation in (first, second, make_donation(campaign=first.campaign)):
        received(donation)
    assert reload(first.campaign).supporter_count == 2


def test_a_gift_that_came_another_way_is_not_marked_by_hand():
    donation = make_donation(provider="stripe")
    with pytest.raises(ValidationError, match="transfer"):
        received(donation)
    assert not LedgerEntry.objects.exists()


def test_a_day_to_come_is_refused():
    with pytest.raises(ValidationError, match="still to come"):
        received(make_donation(), occurred_on=timezone.localdate() + timedelta(days=1))


def test_who_does_not_keep_the_ledger_marks_nothing():
    with pytest.raises(PermissionDenied):
        received(make_donation(), by=make_colleague("editor"))


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_one_is_recorded():
    donation, leila = make_donation(), make_colleague("fundraiser")

    def click(_number):
        try:
            return received(donation, by=leila)
        except ValidationError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        entries = list(threads.map(click, range(8)))
    assert sum(entry is not None for entry in entries) == 1
    assert reload(donation.campaign).raised_minor == 2500


def test_the_same_money_is_credited_once():
    donation = make_donation(provider="stripe")
    for _time in range(3):
        credit(donation, amount_minor=2500, occurred_on=DAY, reference="pi_1")
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize("state", [DonationState.FAILED, DonationState.EXPIRED])
def test_a_late_success_counts_and_nothing_follows_it(state):
    donation = make_donation(provider="stripe", state=state)
    credit(donation, amount_minor=2500, occurred_on=DAY, reference="pi_1")
    donation.refresh_from_db()
    move(donation, DonationState.FAILED)
    donation.refresh_from_db()
    assert donation.is_paid


@pytest.mark.parametrize(
    "change",
    [{"amount_minor": 1}, {"currency": "EUR"}, {"provider": "bank"}, {"is_test": True},
     {"reference": "RF00"}, {"campaign_id": None}],
)  # fmt: skip
def test_what_was_promised_never_changes(change):
    donation = make_donation(provider="stripe")
    other = Campaign.objects.create(slug="other", starts_at=timezone.now(), currency="USD")
    change = {**change, "campaign_id": other.pk} if "campaign_id" in change else change
    with pytest.raises(IntegrityError), transaction.atomic():
        Donation.objects.filter(pk=donation.pk).update(**change)
    Donation.objects.filter(pk=donation.pk).update(message="Good luck!")


def test_what_is_paid_stays_paid_in_the_database():
    donation = make_donation(state=DonationState.PAID)
    with pytest.raises(IntegrityError, match="after paid"), transaction.atomic():
        Donation.objects.update(state=DonationState.FAILED)
    donation.refresh_from_db()
    assert donation.is_paid


def test_an_entry_is_of_its_donations_campaign():
    donation, other = make_donation(provider="stripe"), make_campaign()
    details = {"donation": donation, "provider": "stripe", "amount_minor": 1, "occurred_on": DAY}
    with pytest.raises(IntegrityError, match="donations_campaign"), transaction.atomic():
        LedgerEntry.objects.create(campaign=other, currency="USD", **details)
    assert LedgerEntry.objects.create(campaign=donation.campaign, currency="USD", **details).pk


@pytest.mark.parametrize("marks", [[0, 5], [5, 5], [9, 5], [-1], [None], [10**15], [*range(1, 12)]])
@pytest.mark.parametrize("field", ["marks_minor", "suggested_minor"])
def test_marks_and_suggestions_rise(field, marks):
    campaign = make_campaign()
    with pytest.raises(IntegrityError, match=r"rising|positive"), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(**{field: marks})
    Campaign.objects.filter(pk=campaign.pk).update(**{field: [1, 2, 500]})
