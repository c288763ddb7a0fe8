from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from fundraising.models import LedgerEntry
from fundraising.recording import record_correction, record_gift, record_gifts, record_refund
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_gift, reload

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


def leila():
    return make_colleague("fundraiser")


def test_a_gift_counts_at_once():
    campaign = make_campaign()
    fatima = make_colleague("fundraiser", username="fatima")
    entry = record_gift(campaign, amount_minor=235_500, occurred_on=DAY, by=fatima)
    assert (entry.currency, entry.recorded_by, entry.occurred_on) == ("USD", fatima, DAY)
    assert reload(campaign).raised_minor == 235_500


def test_many_gifts_are_recorded_in_as_few_queries(django_assert_num_queries):
    campaign, fatima = make_campaign(), leila()
    gifts = [(1000 + number, DAY - timedelta(days=number)) for number in range(50)]
    assert fatima.has_perm("fundraising.add_ledgerentry")
    with django_assert_num_queries(5):  # a savepoint around them
        entries = record_gifts(campaign, gifts, by=fatima, way="bank")
    assert [(entry.amount_minor, entry.occurred_on) for entry in entries] == gifts
    assert {(entry.provider, entry.recorded_by) for entry in entries} == {("bank", fatima)}
    assert reload(campaign).supporter_count == 50


def test_of_many_gifts_none_is_recorded_where_one_may_not_be():
    campaign, tomorrow = make_campaign(), timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="still to come"):
        record_gifts(campaign, [(1000, DAY), (1000, tomorrow)], by=leila(), way="bank")
    with pytest.raises(PermissionDenied):
        record_gifts(campaign, [(1000, DAY)], by=make_colleague("editor"), way="bank")
    assert not LedgerEntry.objects.exists()


def test_a_refund_takes_back_part_of_a_gift_or_all_of_it():
    campaign = make_campaign()
    part, whole = make_gift(campaign=campaign), make_gift(campaign=campaign)
    details = {"occurred_on": DAY, "note": "Asked for it back", "by": leila()}
    assert record_refund(part, amount_minor=1000, **details).amount_minor == -1000
    assert record_refund(whole, **details).reverses == whole
    assert reload(campaign).raised_minor == 1500
    assert reload(campaign).supporter_count == 1


def test_refunds_are_together_at_most_the_gift():
    gift = make_gift(campaign=make_campaign(), amount_minor=2500)
    details = {"occurred_on": DAY, "note": "Asked for it back", "by": leila()}
    for amount in (0, -1, 2501):
        with pytest.raises(ValidationError, match=r"Only 25\b.* is left"):
            record_refund(gift, amount_minor=amount, **details)
    record_refund(gift, amount_minor=1000, **details)
    with pytest.raises(ValidationError, match=r"Only 15\b.* is left"):
        record_refund(gift, amount_minor=1501, **details)
    assert record_refund(gift, **details).amount_minor == -1500
    with pytest.raises(ValidationError, match="Nothing is left"):
        record_refund(gift, amount_minor=1, **details)


def test_a_wrong_refund_is_put_right_by_its_counter_entry():
    campaign = make_campaign()
    details = {"occurred_on": DAY, "note": "The wrong gift", "by": leila()}
    refund = record_refund(make_gift(campaign=campaign), **details)
    correction = record_correction(campaign, reverses=refund, **details)
    assert correction.amount_minor == 2500
    assert reload(campaign).raised_minor == 2500


def test_a_correction_may_stand_alone():
    campaign = make_campaign(raised_minor=10_000)
    details = {
        "occurred_on": DAY,
        "note": "The till was counted again",
        "by": make_colleague("fundraiser"),
    }
    record_correction(campaign, amount_minor=-300, **details)
    with pytest.raises(ValidationError, match="Write the amount"):
        record_correction(campaign, **details)
    assert reload(campaign).raised_minor == 9_700


def test_a_day_to_come_is_refused():
    campaign, fatima = make_campaign(), leila()
    today = timezone.localdate()
    record_gift(campaign, amount_minor=1, occurred_on=today, by=fatima)
    with pytest.raises(ValidationError, match="still to come"):
        record_gift(campaign, amount_minor=1, occurred_on=today + timedelta(days=1), by=fatima)


def test_raised_is_never_below_zero_for_readers():
    campaign = make_campaign()
    details = {"occurred_on": DAY, "note": "Counted wrongly", "by": leila()}
    record_correction(campaign, amount_minor=-300, **details)
    assert (reload(campaign).raised_minor, reload(campaign).balance_minor) == (0, -300)


def test_sums_of_two_campaigns_do_not_mix():
    one, other = make_campaign(raised_minor=100), make_campaign(raised_minor=7)
    make_gift(campaign=one, amount_minor=50)
    assert (reload(one).raised_minor, reload(one).supporter_count) == (150, 2)
    assert (reload(other).raised_minor, reload(other).supporter_count) == (7, 1)


@pytest.mark.django_db(transaction=True)
def test_gifts_recorded_by_many_at_once_add_up_exactly():
    campaign, fatima = make_campaign(), leila()
    amounts = [7 * number + 1 for number in range(200)]
    _in_threads(
        lambda amount: record_gift(campaign, amount_minor=amount, occurred_on=DAY, by=fatima),
        amounts,
    )
    assert reload(campaign).raised_minor == sum(amounts)
    assert reload(campaign).supporter_count == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_refunds_at_once_one_is_recorded():
    campaign, fatima = make_campaign(), leila()
    gift = make_gift(campaign=campaign, amount_minor=2500)

    def refund(_number):
        try:
            return record_refund(gift, occurred_on=DAY, note="Asked for it", by=fatima)
        except ValidationError:
            return None

    assert sum(entry is not None for entry in _in_threads(refund, range(16))) == 1
    assert LedgerEntry.objects.filter(reverses=gift).count() == 1
    assert reload(campaign).raised_minor == 0


def _in_threads(work, items):
    def run(item):
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:
        return list(threads.map(run, items))


def test_who_does_not_keep_the_ledger_records_nothing():
    campaign = make_campaign()
    with pytest.raises(PermissionDenied):
        record_gift(campaign, amount_minor=100, occurred_on=DAY, by=make_colleague("editor"))
    assert not LedgerEntry.objects.exists()
