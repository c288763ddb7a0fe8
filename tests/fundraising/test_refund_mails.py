"""Givers are told of money that goes back. Over a real SMTP server."""

from datetime import date

import pytest

from fundraising import tasks
from fundraising.models import Kind, SentMail
from fundraising.posting import post
from fundraising.privacy import erase
from fundraising.recording import record_correction, record_refund
from tests.builders import make_colleague
from tests.comments.post_office import work
from tests.fundraising.builders import make_campaign, make_gift, pay
from tests.fundraising.test_donor_mails import NBSP, office, promised  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 2)


@pytest.fixture
def told(office):  # noqa: F811
    """What the worker mails, without the receipts that went before."""

    def take():
        work()
        return [mail for mail in office.take() if not mail["Message-ID"].startswith("<receipt")]

    return take


def refunded(donation, **fields):
    by = make_colleague("fundraiser")
    gift = donation.entries.get(kind=Kind.GIFT)
    return record_refund(gift, occurred_on=DAY, note="Bcc: ada asked for it", by=by, **fields)


def test_the_giver_is_told_what_went_back(told):
    donation = pay(promised(public_name="Ada"))
    refunded(donation, amount_minor=1000)
    (mail,) = told()
    assert mail["To"] == "ada@readers.example"
    assert mail["Subject"] == f"Given back by The Quillmere Courier: 10{NBSP}$"
    text = mail.get_content()
    assert f"Given back: 10{NBSP}$" in text and "Date: 2 April 2026" in text
    assert f"/support/gifts/{donation.public_id}/" in text
    assert "Bcc" not in text and "Ada" not in text


def test_each_refund_is_told_once(told):
    donation = pay(promised())
    entries = [refunded(donation, amount_minor=1000), refunded(donation)]
    assert [mail["Subject"].partition(": ")[2] for mail in told()] == [f"10{NBSP}$", f"15{NBSP}$"]
    for entry in entries:
        assert not tasks.send_refund.func(entry.pk)
    assert told() == [] and SentMail.objects.filter(kind="refund").count() == 2


def test_it_speaks_the_givers_language(told):
    refunded(pay(promised(language="de")), amount_minor=450)
    (mail,) = told()
    assert f"4,50{NBSP}$" in mail.get_content() and "/de/support/gifts/" in mail.get_content()


@pytest.mark.parametrize("slip", [500, None])
def test_what_did_not_go_back_is_not_told(told, slip):
    donation = pay(promised())
    entry = refunded(donation, amount_minor=1000)
    record_correction(
        donation.campaign, reverses=entry, amount_minor=slip, occurred_on=DAY, note="A slip",
        by=entry.recorded_by,
    )  # fmt: skip
    assert [f"Given back: 5{NBSP}$" in mail.get_content() for mail in told()] == [True] * bool(slip)


def test_who_was_erased_is_told_nothing(told):
    donation = pay(promised())
    refunded(donation)
    erase("ada@readers.example", by=None)
    assert told() == [] and not SentMail.objects.filter(kind="refund").exists()


def test_a_refund_of_no_donation_has_nobody_to_tell(told):
    gift = make_gift(campaign=make_campaign())
    record_refund(gift, occurred_on=DAY, note="Asked for it", by=gift.recorded_by)
    assert told() == []


def test_what_a_payment_service_gave_back_is_told(told):
    donation = pay(promised(provider="stripe", state="created"))
    gift = donation.entries.get()
    post(donation.campaign, Kind.REFUND, -2500, occurred_on=DAY, provider="stripe",
         reference="re_1", donation=donation, reverses=gift)  # fmt: skip
    assert len(told()) == 1
