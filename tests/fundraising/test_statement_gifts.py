"""Of which gift a row of a bank's statement is, and whether it has come before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from fundraising.importing import Fate
from fundraising.models import Donation
from fundraising.recording import record_correction, record_refund
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.test_crediting import received
from tests.fundraising.test_importing import fates, table, take
from tests.operations.launching import wait_until

pytestmark = pytest.mark.django_db


@pytest.fixture
def leila():
    return make_colleague("fundraiser", username="leila")


def test_what_was_received_by_mistake_is_awaited_again(leila):
    donation, returned = make_donation(), make_donation()
    undone = {"occurred_on": date(2026, 4, 2), "note": "Undone", "by": leila}
    record_correction(donation.campaign, reverses=received(donation), **undone)
    record_refund(received(returned), **undone)
    content = table(f"{donation.reference};25,00", f"{returned.reference};25,00")
    assert fates(content, leila) == [Fate.AWAITED, Fate.RECEIVED]
    assert len(take(content, leila)) == 1
    assert reload(donation.campaign).raised_minor == 2500


def test_a_row_that_names_two_gifts_is_for_a_person(leila):
    first, second = make_donation(amount_minor=2500), make_donation(amount_minor=1000)
    content = table(f"{first.reference} {second.reference};35,00",
                    f"{first.reference} {first.reference};25,00")  # fmt: skip
    assert fates(content, leila) == [Fate.BAD, Fate.AWAITED]
    with pytest.raises(ValidationError, match="Row 2: It names two gifts: record it by hand"):
        take(content, leila)
    [entry] = take(content, leila, left_out=1)
    assert (entry.donation, entry.amount_minor) == (first, 2500)


def test_tabs_part_what_is_the_same_without_them(leila):
    campaign = make_campaign()

    def rows(*lines):
        return "\n".join(["Datum\tText\tBetrag", *lines]).encode()

    taken = rows("02.03.2026\tMember 1\t25,00", "02.03.2026\tBen\t7,00")
    take(taken, leila, {2: campaign, 3: campaign})
    later = rows("02.03.2026\tMember 12\t5,00", "02.03.2026\tBen \t7,00")
    assert fates(later, leila) == [Fate.UNKNOWN, Fate.DUPLICATE]


def is_waited_for():
    """Whether another connection waits for a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_gifts_are_locked_in_the_order_in_which_everybody_else_does(leila):
    first, second = make_donation(), make_donation()
    content = table(f"{second.reference};25,00", f"{first.reference};25,00")
    is_locked = Event()

    def work():
        try:
            is_locked.wait()
            return len(take(content, leila))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        taken = threads.submit(work)
        with transaction.atomic():
            for one in (first, second):
                Donation.objects.select_for_update(no_key=True).get(pk=one.pk)
                is_locked.set()
                wait_until(is_waited_for, seconds=10)
        assert taken.result() == 2
