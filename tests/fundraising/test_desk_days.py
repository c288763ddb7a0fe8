"""Days that staff type: none before money can have come, and today where nothing was typed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from fundraising.models import IMPORT, Donation, Kind, LedgerEntry
from fundraising.recording import record_correction, record_refund
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, make_gift
from tests.fundraising.test_donation_acts import address, returned
from tests.fundraising.test_donation_acts import typed as typed_of
from tests.fundraising.test_ledger_desk import ADD, errors_beside, typed

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    person = make_colleague("fundraiser")
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    ("day", "way", "is_taken"),
    [
        ("1900-01-01", "", False),
        ("2025-02-27", "", False),
        ("2025-02-28", "", True),
        ("1900-01-01", IMPORT, False),
        ("2010-05-05", IMPORT, True),
    ],
)
def test_cash_is_of_the_time_of_its_campaign(client, day, way, is_taken):
    campaign = make_campaign(starts_at=BEGIN)
    answer = client.post(ADD, typed(campaign, occurred_on=day, way=way))
    assert LedgerEntry.objects.exists() == is_taken
    assert is_taken or "first day that can be" in errors_beside(answer, "occurred_on")[0]


@pytest.mark.parametrize(("days", "is_taken"), [(7, True), (8, False)])
def test_a_transfer_comes_after_its_promise(client, days, is_taken):
    donation = make_donation()
    Donation.objects.update(created_at=BEGIN)
    day = str(timezone.localdate(BEGIN) - timedelta(days=days))
    answer = client.post(address(donation, "receive"), typed_of(occurred_on=day))
    assert donation.entries.exists() == is_taken
    assert is_taken or answer.context["form"].errors["occurred_on"]


@pytest.mark.parametrize("kind", [Kind.REFUND, Kind.CORRECTION])
@pytest.mark.parametrize(("day", "is_taken"), [("2026-03-01", False), ("2026-03-02", True)])
def test_nothing_is_taken_back_before_it_came(client, kind, day, is_taken):
    gift = make_gift(campaign=make_campaign())
    back = {"kind": kind, "reverses": gift.pk, "note": "A slip", "occurred_on": day}
    answer = client.post(ADD, typed(gift.campaign, **back))
    assert LedgerEntry.objects.filter(kind=kind).exists() == is_taken
    assert is_taken or errors_beside(answer, "occurred_on")


def test_the_gift_of_a_donation_goes_back_after_it_came(client):
    donation = make_donation()
    assert client.post(address(donation, "receive"), typed_of()).status_code == 302
    early = str(timezone.localdate() - timedelta(days=1))
    answer = client.post(address(donation, "give-back"), returned(occurred_on=early))
    assert answer.context["form"].errors["occurred_on"]
    assert donation.entries.count() == 1


@pytest.mark.parametrize("record", [record_refund, record_correction])
def test_whoever_calls_the_verb_is_refused_too(leila, record):
    gift = make_gift(campaign=make_campaign())
    what = {"entry": gift} if record is record_refund else {
        "campaign": gift.campaign, "reverses": gift
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        record(**what, occurred_on=date(2026, 3, 1), note="A slip", by=leila)
    assert refused.value.code == "before"


def test_the_form_begins_with_today(client):
    form = client.get(ADD).context["adminform"].form
    assert form["occurred_on"].value() == timezone.localdate()
