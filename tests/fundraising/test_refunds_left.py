"""Refunds that nobody waits for any more: each is finished, whatever happens to the others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from fundraising import events
from fundraising.models import EventState, ProviderEvent, RefundRequest, RequestState
from fundraising.providers.interface import ProviderFailed
from fundraising.reconciling import reconcile_gifts
from fundraising.refunding import finish_left
from tests.builders import make_colleague
from tests.fundraising.builders import make_campaign, reload
from tests.fundraising.test_reconciling import begun
from tests.fundraising.test_refunding import REFUNDS, gift, give_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def left(stripe, campaign):
    """Three refunds that were asked for while Stripe was down, hours ago."""
    leila = make_colleague("fundraiser")
    gifts = [gift(stripe, campaign=campaign) for _number in range(3)]
    stripe.is_down = True
    for donation in gifts:
        with pytest.raises(ProviderFailed):
            give_back(donation, leila)
    stripe.is_down = False
    RefundRequest.objects.update(requested_at=timezone.now() - timedelta(hours=3))
    return list(RefundRequest.objects.order_by("pk"))


@pytest.fixture
def broken(monkeypatch, left):
    """The first of them, which cannot be posted."""
    take_back = events._take_back

    def fail(entry, report):
        if entry.donation_id == left[0].donation_id:
            raise OSError("the disk was full")
        take_back(entry, report)

    monkeypatch.setattr(events, "_take_back", fail)
    return left[0]


def test_one_that_fails_keeps_no_other_back_and_is_noted(stripe, campaign, broken):
    with pytest.raises(ExceptionGroup) as failed:
        finish_left()
    assert [type(each) for each in failed.value.exceptions] == [OSError]
    assert reload(campaign).raised_minor == 7500 - 2 * 1500
    assert RefundRequest.objects.get(state=RequestState.ASKED) == broken
    noted = ProviderEvent.objects.get(state=EventState.FAILED)
    assert (noted.type, noted.problem) == ("asked.refund", "OSError: the disk was full")


def test_one_that_failed_is_finished_later(stripe, campaign, monkeypatch, broken):
    with pytest.raises(ExceptionGroup):
        finish_left()
    monkeypatch.undo()
    assert finish_left() == 1
    assert reload(campaign).raised_minor == sum(stripe.taken.values()) == 7500 - 3 * 1500
    assert [way for way, _key in stripe.asked].count(REFUNDS) == 3


def test_a_service_that_is_away_is_asked_no_further(stripe, left):
    stripe.is_down = True
    with pytest.raises(ExceptionGroup) as failed:
        finish_left()
    assert len(failed.value.exceptions) == 1


def test_what_else_failed_is_told_with_it(stripe, broken):
    _donation, name = begun(stripe)
    del stripe.sessions[name]
    with pytest.raises(ExceptionGroup) as failed:
        reconcile_gifts.call()
    kinds = [type(each).__name__ for each in failed.value.exceptions]
    assert sorted(set(kinds)) == ["OSError", "ProviderRefused"]


def test_one_that_is_being_asked_for_is_not_told_to_have_failed(stripe, left, caplog):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            key = f"fundraising.refund:{left[0].pk}"
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [key])
        assert finish_left() == 3
    finally:
        other.close()
    assert RefundRequest.objects.get(state=RequestState.ASKED) == left[0]
    assert "was not made" not in caplog.text


def test_one_that_is_refused_is_told(stripe, left, caplog):
    stripe.refuses = "This charge has been charged back"
    assert finish_left() == 3
    assert caplog.text.count("A refund was not made") == 3
