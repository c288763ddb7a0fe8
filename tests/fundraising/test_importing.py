"""Taking gifts from a bank's statement: by their reference, once, all or none."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from fundraising.importing import (
    Fate,
    forget_statements,
    keep_statement,
    look_at,
    take_statement,
)
from fundraising.models import LedgerEntry, Statement, StatementRow
from fundraising.recognising import guess
from fundraising.references import in_groups
from tests.builders import make_colleague
from tests.fundraising import bank_files
from tests.fundraising.bank_files import written
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.test_crediting import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila():
    return make_colleague("fundraiser", username="leila")


def table(*lines):
    """A statement of lines `text;amount`, all of one day."""
    return "\n".join(["Datum;Text;Betrag", *(f"02.03.2026;{line}" for line in lines)]).encode()


def upload(content, by):
    statement = keep_statement(content, by=by)
    return statement, guess(content, "USD")


def fates(content, by):
    return [line.fate for line in look_at(*upload(content, by))]


def take(content, by, assigned=(), **more):
    statement, reading = upload(content, by)
    return take_statement(
        statement, reading, assigned=dict(assigned), seen=statement.version, by=by, **more
    )


def test_a_transfer_is_credited_to_the_donation_that_waits_for_it(leila):
    donation = make_donation(amount_minor=3000)
    [entry] = take(written(bank_files.SPARKASSE, reference=in_groups(donation.reference)), leila)
    donation.refresh_from_db()
    assert (entry.donation, entry.amount_minor, donation.is_paid) == (donation, 2500, True)
    assert (entry.provider, entry.occurred_on, entry.recorded_by) == (
        "bank", date(2026, 3, 2), leila,
    )  # fmt: skip
    assert entry.note == ""


def test_an_amount_that_differs_is_told(leila):
    donation = make_donation(amount_minor=3000)
    [line] = look_at(*upload(table(f"{donation.reference};25,00"), leila))
    assert line.differs
    [line] = look_at(*upload(table(f"{donation.reference};30,00"), leila))
    assert not line.differs


def test_the_same_file_twice_takes_nothing_new(leila):
    content = table(f"{make_donation().reference};25,00", "Ada;5,00")
    campaign = make_campaign()
    assert len(take(content, leila, {3: campaign})) == 2
    assert take(content, leila, {3: campaign}) == []
    assert fates(content, leila) == [Fate.TAKEN, Fate.TAKEN]
    assert (Statement.objects.count(), LedgerEntry.objects.count()) == (1, 2)


def test_a_row_of_another_file_is_a_duplicate(leila):
    campaign = make_campaign()
    take(table("Ada;5,00", "Ben;7,00"), leila, {2: campaign, 3: campaign})
    later = table("Ada ;5,00", "Ben;7,00", "Cem;9,00")
    assert fates(later, leila) == [Fate.DUPLICATE, Fate.DUPLICATE, Fate.UNKNOWN]
    assert len(take(later, leila, {2: campaign, 3: campaign, 4: campaign})) == 1
    assert reload(campaign).raised_minor == 2100


def test_two_gifts_that_look_the_same_are_two(leila):
    campaign = make_campaign()
    content = table("Ada;5,00", "Ada;5,00")
    assert len(take(content, leila, {2: campaign, 3: campaign})) == 2
    assert reload(campaign).supporter_count == 2


@pytest.mark.parametrize(
    "otherwise",
    [{"texts": (0,)}, {"amount": 3}, {"heading": 0}, {"encoding": "cp1252"}, {"delimiter": "|"},
     {"currency": "EUR"}],
)  # fmt: skip
def test_a_gift_is_known_however_the_file_is_read(leila, otherwise):
    content = table("Zoë;5,00;7,00", "Zoë;5,00;7,00", '"Zoë ""x""";5,00;8,00')
    campaign = make_campaign()
    assert len(take(content, leila, dict.fromkeys([2, 3, 4], campaign))) == 3
    statement, reading = upload(content, leila)
    again = look_at(statement, replace(reading, **otherwise))
    assert [line.fate for line in again if line.row.number > 1][:3] == [Fate.TAKEN] * 3


def test_what_was_received_already_is_not_credited_again(leila):
    donation, twice = make_donation(), make_donation()
    received(donation)
    content = table(f"{donation.reference};25,00", f"{twice.reference};25,00",
                    f"{twice.reference};25,00")  # fmt: skip
    assert fates(content, leila) == [Fate.RECEIVED, Fate.AWAITED, Fate.RECEIVED]
    assert len(take(content, leila)) == 1
    assert donation.entries.count() == twice.entries.count() == 1


def test_what_names_no_donation_is_assigned_or_left(leila):
    campaign, card = make_campaign(), make_donation(provider="stripe")
    content = table("Ada;5,00", f"{card.reference};9,00", "RF00 NONSENSE;1,00", "Ben;-3,00")
    assert fates(content, leila) == [Fate.UNKNOWN] * 3 + [Fate.OUTGOING]
    [entry] = take(content, leila, {3: campaign})
    assert (entry.campaign, entry.donation, entry.amount_minor) == (campaign, None, 900)
    assert entry.provider == "bank"


@pytest.mark.parametrize(
    ("bad", "said"),
    [("soon;Ada;5,00", "no date"), ("02.03.2026;Ada;five", "no amount"),
     ("02.03.2999;Ada;5,00", "still to come")],
)  # fmt: skip
def test_one_bad_row_leaves_everything_as_it_was(leila, bad, said):
    donation = make_donation()
    content = table(f"{donation.reference};25,00") + f"\n{bad}".encode()
    with pytest.raises(ValidationError, match=f"Row 3: .*{said}"):
        take(content, leila)
    donation.refresh_from_db()
    assert (donation.is_paid, LedgerEntry.objects.exists()) == (False, False)


def test_the_others_are_taken_where_the_bad_ones_are_left_out(leila):
    donation, euros = make_donation(), make_donation(campaign=make_campaign(currency="EUR"))
    content = table(f"{euros.reference};9,00", f"{donation.reference};25,00", "Ada;five")
    for too_few in (0, 1):
        with pytest.raises(ValidationError, match="The donation is in EUR") as refused:
            take(content, leila, left_out=too_few)
        assert len(refused.value.messages) == 2
    assert not LedgerEntry.objects.exists()
    [entry] = take(content, leila, left_out=2)
    assert (entry.donation, reload(euros.campaign).raised_minor) == (donation, 0)


def test_another_currency_is_an_error(leila):
    donation = make_donation(campaign=make_campaign(currency="EUR"))
    with pytest.raises(ValidationError, match="The donation is in EUR"):
        take(table(f"{donation.reference};25,00"), leila)
    with pytest.raises(ValidationError, match="This campaign is not in USD"):
        take(table("Ada;25,00"), leila, {2: donation.campaign})
    assert not LedgerEntry.objects.exists()


def test_the_way_a_file_is_read_is_kept(leila):
    donation = make_donation()
    statement, reading = upload(table(f"{donation.reference};25,00"), leila)
    take_statement(statement, replace(reading, texts=(0,)), assigned={}, seen="", by=leila)
    statement.refresh_from_db()
    assert statement.reading is None  # nothing was found like this
    take_statement(statement, replace(reading, texts=(1,)), assigned={}, seen="", by=leila)
    statement.refresh_from_db()
    assert (statement.reading["day_order"], statement.reading["texts"]) == ("dmy", [1])


@pytest.mark.parametrize("role", ["reporter", "editor", "moderator"])
def test_who_does_not_keep_the_ledger_takes_nothing(leila, role):
    statement, reading = upload(table("Ada;5,00"), leila)
    with pytest.raises(PermissionDenied):
        take_statement(statement, reading, assigned={}, seen="", by=make_colleague(role))
    with pytest.raises(PermissionDenied):
        keep_statement(b"another", by=make_colleague(role))
    assert Statement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_same_file", [True, False])
def test_two_who_take_the_same_gifts_at_once_take_them_once(leila, is_same_file):
    campaign, donation = make_campaign(), make_donation()
    lines = [f"{donation.reference};25,00", "Ada;5,00", "Ben;7,00"]
    files = [table(*lines, *([] if is_same_file else [f"Cem;-{n},00"])) for n in range(1, 5)]

    def work(content):
        try:
            return len(take(content, leila, {3: campaign, 4: campaign}))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        taken = sorted(threads.map(work, files))
    assert taken == [0, 0, 0, 3]
    assert StatementRow.objects.count() == LedgerEntry.objects.count() == 3
    assert Statement.objects.count() == (1 if is_same_file else 4)


def test_what_the_bank_wrote_is_forgotten_after_thirty_days(leila):
    donation = make_donation()
    take(table(f"{donation.reference};25,00"), leila)
    for days, gone in ((29, 0), (31, 1), (31, 0)):
        Statement.objects.update(uploaded_at=timezone.now() - timedelta(days=days))
        assert forget_statements.func() == gone
    assert (Statement.objects.get().content, StatementRow.objects.count()) == (None, 1)


def test_statements_that_name_a_giver_can_be_forgotten_at_once(leila):
    donation, other = make_donation(), make_donation()
    take(table(f"{donation.reference};25,00"), leila)
    take(table(f"{other.reference};25,00"), leila)
    mine = donation.campaign.donations.filter(pk=donation.pk)
    assert Statement.objects.naming(mine).forget() == 1
    assert Statement.objects.exclude(content=None).count() == 1


def test_looking_at_many_rows_costs_as_little(leila, django_assert_num_queries):
    lines = [f"Ada {n} {make_donation().reference if n < 3 else ''};5,00" for n in range(500)]
    statement, reading = upload(table(*lines), leila)
    with django_assert_num_queries(3):
        assert len(look_at(statement, reading)) == 500
