"""What the database itself refuses, whoever asks."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import ProtectedError

from fundraising import migrations
from fundraising.models import Campaign, Kind, LedgerEntry
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_gift, reload

pytestmark = pytest.mark.django_db
LAST = max(path.stem for path in Path(migrations.__path__[0]).glob("0*.py"))


def refused(action):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        action()
    return str(error.value)


def insert(campaign, **fields):
    user = fields.pop("recorded_by", None) or make_colleague("fundraiser")
    details = {"currency": campaign.currency, "occurred_on": "2026-03-02", "note": "by hand"}
    return LedgerEntry.objects.create(
        campaign=campaign, recorded_by=user, **{"amount_minor": 100, **details, **fields}
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fundraising_ledgerentry SET amount_minor = amount_minor + 1",
        "UPDATE fundraising_ledgerentry SET note = 'another'",
        "DELETE FROM fundraising_ledgerentry",
    ],
)
def test_entries_are_never_changed_or_deleted(statement):
    campaign = make_campaign(raised_minor=2500)
    with connection.cursor() as cursor:
        assert "append-only" in refused(lambda: cursor.execute(statement))
    assert reload(campaign).raised_minor == 2500


def test_an_entry_has_its_campaigns_currency():
    campaign = make_campaign(currency="USD")
    insert(campaign, currency="USD")
    assert "campaign_currency" in refused(lambda: insert(campaign, currency="JPY"))


def test_a_campaigns_currency_is_fixed_once_there_are_entries():
    campaign = make_campaign(currency="USD")
    Campaign.objects.filter(pk=campaign.pk).update(currency="EUR")
    campaign.refresh_from_db()
    make_gift(campaign=campaign)
    change = Campaign.objects.filter(pk=campaign.pk)
    assert "campaign_currency" in refused(lambda: change.update(currency="USD"))


@pytest.mark.parametrize(
    ("kind", "amount"),
    [(Kind.GIFT, 0), (Kind.GIFT, -1), (Kind.CORRECTION, 0), (Kind.REFUND, 5), (Kind.REFUND, -5),
     (Kind.GIFT, 10**15), ("loan", 5)],
)  # fmt: skip
def test_an_amount_fits_its_kind(kind, amount):
    """-5 as a refund is refused because it names no gift."""
    campaign = make_campaign()
    assert refused(lambda: insert(campaign, kind=kind, amount_minor=amount))


@pytest.mark.parametrize(("kind", "amount"), [(Kind.GIFT, 1), (Kind.CORRECTION, -1)])
def test_an_amount_that_fits_its_kind_is_kept(kind, amount):
    assert insert(make_campaign(), kind=kind, amount_minor=amount).pk


@pytest.mark.parametrize("amount", [-2501, 1, 2500])
def test_a_counter_entry_takes_back_at_most_what_it_reverses(amount):
    campaign = make_campaign()
    gift = make_gift(campaign=campaign, amount_minor=2500)
    counter = {"kind": Kind.CORRECTION, "reverses": gift, "amount_minor": amount}
    assert "at most" in refused(lambda: insert(campaign, **counter))
    assert insert(campaign, **{**counter, "amount_minor": -2500}).pk


def test_counter_entries_take_back_together_at_most_what_they_reverse():
    campaign = make_campaign()
    counter = {"kind": Kind.REFUND, "reverses": make_gift(campaign=campaign, amount_minor=2500)}
    insert(campaign, **counter, amount_minor=-1500)
    assert "at most" in refused(lambda: insert(campaign, **counter, amount_minor=-1001))
    insert(campaign, **counter, amount_minor=-1000)
    assert reload(campaign).raised_minor == 0


def test_money_is_recorded_once_under_its_reference():
    campaign = make_campaign()
    insert(campaign, provider="import", reference="book-1")
    again = {"provider": "import", "reference": "book-1"}
    assert "recorded_once" in refused(lambda: insert(campaign, **again))
    assert insert(campaign, provider="bank", reference="book-1").pk


def test_an_entry_is_reversed_in_its_own_campaign():
    gift = make_gift(campaign=make_campaign())
    other = make_campaign()
    counter = {"kind": Kind.REFUND, "reverses": gift, "amount_minor": -1}
    assert "reverses_in_campaign" in refused(lambda: insert(other, **counter))


def test_refunds_and_corrections_have_a_reason():
    campaign = make_campaign()
    assert "reason" in refused(lambda: insert(campaign, kind=Kind.CORRECTION, note=""))


def test_a_campaign_with_entries_is_not_deleted():
    campaign = make_campaign(raised_minor=100)
    with pytest.raises(ProtectedError):
        campaign.delete()
    assert reload(campaign).raised_minor == 100


@pytest.mark.django_db(transaction=True)
def test_the_ledgers_migrations_can_be_undone_and_done_again():
    make_campaign()
    executor = MigrationExecutor(connection)
    executor.migrate([("fundraising", "0001_initial")])
    executor = MigrationExecutor(connection)
    executor.migrate([("fundraising", LAST)])
    make_campaign(raised_minor=100)
    assert "append-only" in refused(lambda: LedgerEntry.objects.all().update(note="x"))
