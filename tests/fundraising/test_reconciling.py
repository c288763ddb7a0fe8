"""What no event told of is asked for, and what was said is not kept for ever."""

from datetime import timedelta
from itertools import count

import pytest
from django.core.management import call_command
from django.utils import timezone

from fundraising import reconciling
from fundraising.events import take
from fundraising.expiring import expire_promises
from fundraising.models import Donation, DonationState, EventState, LedgerEntry, ProviderEvent
from fundraising.providers import card
from fundraising.providers.card import Stripe
from fundraising.reconciling import empty_payloads, reconcile_gifts
from operations.models import ScheduledJob
from operations.schedule import start_due_jobs
from tests.fundraising.builders import make_campaign, make_donation, reload
from tests.fundraising.stripe_words import completed, deliver, event, refund

pytestmark = pytest.mark.django_db


def begun(stripe, *, hours=2, **fields):
    """A gift whose checkout was begun so long ago, and the name of that."""
    donation = make_donation(provider="stripe", **{"state": DonationState.CREATED, **fields})
    Stripe().start(donation, back_to="https://courier.example/")
    created_at = timezone.now() - timedelta(hours=hours)
    Donation.objects.filter(pk=donation.pk).update(created_at=created_at)
    return donation, list(stripe.sessions)[-1]


def test_a_payment_whose_event_was_lost_is_counted_once(client, stripe):
    donation, name = begun(stripe)
    stripe.pay(name)
    assert [reconcile_gifts.call() for _time in range(2)] == [1, 1]
    assert reload(donation.campaign).raised_minor == 2500
    payment = stripe.sessions[name]["payment_intent"]
    deliver(client, completed(donation, payment=payment))
    assert LedgerEntry.objects.count() == 1


def test_refunds_and_disputes_at_stripes_own_desk_are_found(stripe):
    campaign = make_campaign()
    payments = []
    for _gift in range(2):
        _donation, name = begun(stripe, campaign=campaign)
        stripe.pay(name)
        payments.append(stripe.sessions[name]["payment_intent"])
    stripe.give_back(payments[0], 500)
    stripe.decide(stripe.dispute(payments[0], 2000), "lost")
    stripe.decide(stripe.dispute(payments[1], 2500), "won")
    reconcile_gifts.call()
    assert reload(campaign).raised_minor == sum(stripe.taken.values()) == 2500


@pytest.fixture
def old(stripe):
    """A gift that was counted, and was promised five days ago; the name of its payment."""
    donation, name = begun(stripe)
    stripe.pay(name)
    reconcile_gifts.call()
    Donation.objects.update(created_at=timezone.now() - timedelta(days=5))
    return donation, stripe.sessions[name]["payment_intent"]


@pytest.mark.parametrize(("end", "left"), [("", 0), ("lost", 0), ("won", 2000)])
def test_what_goes_back_of_an_old_gift_is_found(stripe, monkeypatch, old, end, left):
    monkeypatch.setattr(card, "PAGE", 2)
    donation, payment = old
    for _time in range(5):
        stripe.give_back(payment, 100)
    dispute = stripe.dispute(payment, 2000)
    assert reconcile_gifts.call() == 0
    assert reload(donation.campaign).raised_minor == 0
    if end:
        stripe.decide(dispute, end)
    for _time in range(2):
        reconcile_gifts.call()
    assert reload(donation.campaign).raised_minor == sum(stripe.taken.values()) == left


def test_what_goes_back_of_anything_else_is_not_kept(stripe, old):
    _other, name = begun(stripe, hours=0)
    stripe.pay(name)
    stripe.give_back(stripe.sessions[name]["payment_intent"], 500)
    kept = ProviderEvent.objects.count()
    reconcile_gifts.call()
    assert ProviderEvent.objects.count() == kept


def test_of_what_went_back_one_that_fails_keeps_no_other_back(stripe, monkeypatch, old):
    donation, payment = old
    first, _second = stripe.give_back(payment, 100), stripe.give_back(payment, 200)

    def take_all_but_one(report):
        if report.reference == first["id"]:
            raise OSError("the disk was full")
        return take(report)

    monkeypatch.setattr(reconciling, "take", take_all_but_one)
    with pytest.raises(ExceptionGroup) as failed:
        reconcile_gifts.call()
    assert len(failed.value.exceptions) == 1
    assert reload(donation.campaign).raised_minor == 2300


def test_what_was_paid_while_we_were_away_for_days_is_counted(stripe):
    donation, name = begun(stripe, hours=24 * 4)
    stripe.pay(name)
    left, other = begun(stripe, hours=24 * 4)
    stripe.sessions[other]["status"] = "expired"
    expire_promises.call()
    reconcile_gifts.call()
    assert reload(donation.campaign).raised_minor == 2500
    left.refresh_from_db()
    assert left.state == DonationState.EXPIRED


def test_answers_tell_of_the_day_on_which_one_has_heard(stripe):
    donation, name = begun(stripe)
    stripe.pay(name)
    payment = stripe.sessions[name]["payment_intent"]
    refund, dispute = stripe.give_back(payment, 100), stripe.dispute(payment, 200)
    now = timezone.now()
    for thing in (stripe.sessions[name], refund, dispute):
        thing["created"] = int((now - timedelta(days=3)).timestamp())
    ages = [(now - one.occurred_at).days for one in Stripe().status(donation)]
    assert ages == [-1, 3, -1], "a refund goes back when it begins"


@pytest.mark.parametrize(
    ("hours", "state", "is_asked"),
    [
        (0, DonationState.CREATED, False),
        (2, DonationState.CREATED, True),
        (24 * 20, DonationState.CREATED, True),
        (24 * 20, DonationState.PENDING, True),
        (24 * 2, DonationState.EXPIRED, True),
        (24 * 2, DonationState.PAID, True),
        (24 * 4, DonationState.PAID, False),
        (24 * 4, DonationState.EXPIRED, False),
    ],
)
def test_what_is_open_or_recent_is_asked_about(stripe, hours, state, is_asked):
    begun(stripe, hours=hours, state=state)
    assert reconcile_gifts.call() == is_asked


def test_transfers_and_what_was_never_begun_are_not_asked_about(stripe):
    for provider in ("bank", "stripe"):
        make_donation(provider=provider)
    Donation.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert reconcile_gifts.call() == 0


def test_one_gift_that_fails_keeps_no_other_back(stripe):
    campaign = make_campaign()
    names = [begun(stripe, campaign=campaign)[1] for _gift in range(3)]
    for name in names:
        stripe.pay(name)
    del stripe.sessions[names[1]]
    with pytest.raises(ExceptionGroup) as failed:
        reconcile_gifts.call()
    assert len(failed.value.exceptions) == 1
    assert reload(campaign).raised_minor == 5000


def test_a_service_that_is_away_is_asked_no_further(stripe):
    for _gift in range(3):
        begun(stripe)
    stripe.is_down = True
    with pytest.raises(ExceptionGroup) as failed:
        reconcile_gifts.call()
    assert len(failed.value.exceptions) == 1


def test_a_trial_is_not_asked_for_with_a_key_of_real_money(stripe):
    donation, name = begun(stripe, is_test=True)
    stripe.pay(name)
    assert Stripe().status(donation) == []


def test_however_many_there_are_all_are_asked_about(stripe, monkeypatch):
    monkeypatch.setattr(reconciling, "PAGE", 2)
    campaign = make_campaign()
    for number in range(5):
        _donation, name = begun(stripe, campaign=campaign)
        stripe.pay(name)
        if number == 0:  # of a gift that is paid, a later refund is asked for too
            reconcile_gifts.call()
            stripe.give_back(stripe.sessions[name]["payment_intent"], 500)
    assert reconcile_gifts.call() == 5
    assert reload(campaign).raised_minor == sum(stripe.taken.values()) == 12_000


def test_what_is_left_out_for_want_of_time_is_said_and_comes_another_time(
    stripe, monkeypatch, capsys, caplog
):
    donations = {begun(stripe)[0].pk for _gift in range(6)}
    ticks = count(0, reconciling.LONGEST // 3)
    monkeypatch.setattr(reconciling, "monotonic", lambda: next(ticks))
    asked = []
    status = Stripe.status
    monkeypatch.setattr(Stripe, "status", lambda s, each: asked.append(each.pk) or status(s, each))
    call_command("reconcile_gifts")
    told = capsys.readouterr().out
    assert told == "3 gifts were asked about.\n3 gifts were not, for want of time.\n"
    assert "3 of 6 gifts were not asked about in time." in caplog.text
    for _time in range(40):
        reconcile_gifts.call()
    assert set(asked) == donations


def test_the_command_tells_of_how_many_one_has_heard(stripe, capsys):
    begun(stripe)
    call_command("reconcile_gifts")
    assert capsys.readouterr().out == "1 gifts were asked about.\n"


def test_what_was_said_is_emptied_after_thirty_days_and_waits_no_longer(client, stripe):
    donation, _name = begun(stripe)
    deliver(client, completed(donation))
    deliver(client, event("refund.created", refund(payment="pi_unknown")))
    kept = ProviderEvent.objects.filter(payload__isnull=False)
    for days, left in [(29, 2), (31, 0)]:
        ProviderEvent.objects.update(received_at=timezone.now() - timedelta(days=days))
        assert empty_payloads.call() == 2 - left
        assert kept.count() == left
    states = ProviderEvent.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [EventState.DONE, EventState.IGNORED]


def test_both_are_done_by_themselves():
    start_due_jobs()
    names = {"reconcile-gifts", "empty-payloads"}
    assert ScheduledJob.objects.filter(name__in=names).count() == 2
