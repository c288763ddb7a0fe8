"""Receipts: one for each donation, numbered without gaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from fundraising import receipts
from fundraising.crediting import credit
from fundraising.models import Receipt, ReceiptYear, SentMail
from fundraising.receipts import issue
from fundraising.recording import record_refund
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_donation, pay

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


def test_a_receipt_states_what_really_came():
    donation = pay(make_donation(amount_minor=2500), amount_minor=2000, occurred_on=DAY)
    receipt = issue(donation)
    assert (receipt.number, receipt.amount, receipt.received_on) == (1, "20\u00a0$", DAY)
    assert str(receipt) == f"{receipt.issued_at.year}-000001"


def test_it_is_issued_once_and_stays_as_it_was():
    donation = pay(make_donation(), amount_minor=2000)
    first = issue(donation)
    record_refund(
        donation.entries.get(), occurred_on=DAY, note="Sent twice", by=make_colleague("fundraiser")
    )
    assert issue(donation) == first
    assert (Receipt.objects.get().amount_minor, first.returned_minor) == (2000, 2000)


def test_what_has_not_come_has_no_receipt():
    assert issue(make_donation()) is None
    assert issue(make_donation(provider="stripe", is_test=True, state="paid")) is None
    assert not ReceiptYear.objects.exists()


def test_a_second_payment_for_one_donation_leaves_its_receipt_alone():
    donation = make_donation(provider="stripe")
    for reference in ("pi_1", "pi_2"):
        credit(donation, amount_minor=2500, occurred_on=DAY, reference=reference)
    assert issue(donation).amount_minor == 2500


def test_each_year_begins_with_one_in_the_sites_time_zone(monkeypatch, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    moments = [datetime(2026, 12, 31, 14, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC)]
    names = []
    for moment in moments:
        monkeypatch.setattr(receipts, "database_now", lambda moment=moment: moment)
        names.append(str(issue(pay(make_donation()))))
    assert names == ["2026-000001", "2027-000001"]


def test_a_number_that_was_not_used_is_given_again():
    first, second = pay(make_donation()), pay(make_donation())
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        issue(first)
        _crash = 1 / 0
    assert issue(second).number == 1
    assert issue(first).number == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_number_each_once():
    campaign = make_campaign()
    donations = [pay(make_donation(campaign=campaign)) for _number in range(12)]

    def work(donation):
        try:
            return issue(donation)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        issued = list(threads.map(work, donations * 2))
    assert sorted({receipt.number for receipt in issued}) == list(range(1, 13))
    moments = [receipt.issued_at for receipt in Receipt.objects.order_by("number")]
    assert moments == sorted(moments), "numbered in the order of issue"


@pytest.mark.parametrize("number", [0, 2, 3])
def test_the_database_refuses_a_number_that_does_not_follow(number):
    donation = pay(make_donation())
    details = {"donation": donation, "year": 2026, "amount_minor": 1, "received_on": DAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(number=number, **details)
    Receipt.objects.create(number=1, **details)


@pytest.mark.parametrize("model", [Receipt, SentMail])
def test_nothing_that_was_sent_changes(model):
    issue(donation := pay(make_donation()))
    SentMail.objects.create(donation=donation, kind="receipt")
    for change in (model.objects.all().delete, lambda: model.objects.update(donation=donation)):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
