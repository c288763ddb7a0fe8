"""What givers are mailed: once, in their language. Over a real SMTP server."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fundraising import tasks
from fundraising.giving import promise
from fundraising.models import Receipt, SentMail
from fundraising.providers import provider_named
from fundraising.recording import record_refund
from fundraising.references import in_groups
from operations.worker import SiteWorker
from tests.builders import make_colleague, make_site
from tests.comments.post_office import open_post_office, work
from tests.fundraising.builders import make_campaign, make_donation, pay
from tests.fundraising.test_check_ledger import around

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture
def office():
    make_site(name="The Quillmere Courier")
    with open_post_office() as office:
        yield office


def promised(**fields):
    return make_donation(**{"email": "ada@readers.example", **fields})


def test_the_giver_gets_a_receipt_once_the_money_has_come(office):
    donation = pay(promised(public_name="Ada", message="Bcc: spy@elsewhere.example"))
    work()
    (mail,) = office.take()
    assert mail["To"] == "ada@readers.example"
    assert mail["Subject"] == f"Receipt {Receipt.objects.get()} from The Quillmere Courier"
    text = mail.get_content()
    assert f"Received: 25{NBSP}$" in text and "Date: 1 April 2026" in text
    assert in_groups(donation.reference) in text and "This is not a tax receipt." in text
    assert f"/support/gifts/{donation.public_id}/receipt/" in text
    assert "Bcc" not in text and "Ada" not in text


@pytest.mark.parametrize(
    ("language", "amount", "words"),
    [("de", f"1.234,50{NBSP}$", "Das ist keine Zuwendungsbestätigung"),
     ("ar", f"1,234.50{NBSP}US$", "هذا ليس إيصالًا ضريبيًا"),
     ("ru", f"1{NBSP}234,50{NBSP}$", "не является документом для налоговой"),
     ("tr", f"1.234,50{NBSP}$", "Bu bir vergi makbuzu değildir")],
)  # fmt: skip
def test_it_speaks_the_givers_language(office, language, amount, words):
    campaign = make_campaign(names={"en": "The press", language: "«Printa»"})
    donation = pay(promised(language=language, amount_minor=123_450, campaign=campaign))
    work()
    text = office.take()[0].get_content()
    assert amount in text.replace("\u200f", "").replace("\u200e", "")
    assert words in text and "«Printa»" in text
    assert f"/{language}/support/gifts/{donation.public_id}/receipt/" in text


def test_the_number_is_not_turned_around_among_arabic_letters(office):
    pay(promised(language="ar"))
    work()
    (mail,) = office.take()
    assert f"\u200e{Receipt.objects.get()}" in mail["Subject"]
    assert mail.get_content().count(f"\u200e{Receipt.objects.get()}") == 1


def test_without_an_address_there_is_a_receipt_and_no_mail(office):
    pay(make_donation())
    work()
    assert office.take() == [] and Receipt.objects.count() == 1
    assert not SentMail.objects.exists()


def test_what_was_given_back_before_the_worker_came_is_told(office):
    donation = pay(promised())
    record_refund(
        donation.entries.get(),
        occurred_on=date(2026, 4, 2),
        note="Sent twice",
        by=make_colleague("fundraiser"),
        amount_minor=1000,
    )
    work()
    assert f"Returned since: 10{NBSP}$" in office.take()[0].get_content()


def test_a_mail_server_that_is_away_delays_the_mail_and_keeps_the_number(office):
    office.refused = {"ada@readers.example"}
    pay(promised())
    work()
    assert office.take() == [] and not SentMail.objects.exists()
    office.refused = set()
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(minutes=1))
    work()
    assert len(office.take()) == 1 and Receipt.objects.get().number == 1


def test_a_worker_that_was_killed_after_sending_repeats_the_same_mail(office):
    donation = pay(promised())
    DBTaskResult.objects.all().delete()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tasks.send_receipt.func(donation.pk)
        _killed = 1 / 0
    tasks.send_receipt.func(donation.pk)
    first, second = office.take()
    assert first["Message-ID"] == second["Message-ID"]
    assert not tasks.send_receipt.func(donation.pk) and office.take() == []


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_sends_it(office):
    donation = pay(promised())

    def deliver(_number):
        try:
            return tasks.send_receipt.func(donation.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(deliver, range(6))) == [False] * 5 + [True]
    assert len(office.take()) == 1 and Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_receipt_leaves_before_the_money_is_committed(office):
    donation = promised()
    with transaction.atomic():
        pay(donation)
        with ThreadPoolExecutor(1) as another:
            another.submit(SiteWorker("early").work, once=True).result(60)
        assert office.take() == []
    SiteWorker("late").work(once=True)
    assert len(office.take()) == 1


def test_money_that_is_reported_again_sends_nothing_again(office):
    donation = promised()
    for _time in range(3):
        pay(donation)
    work()
    assert len(office.take()) == 1 and DBTaskResult.objects.count() == 1


def test_who_promises_a_transfer_is_mailed_how(office):
    campaign = make_campaign(how_to_give={"en": "Harbour Bank, DE02 1203"})
    donation = promise_gift(campaign, email="Ada@Readers.example", public_name="Ada")
    work()
    (mail,) = office.take()
    assert mail["Subject"] == "How to transfer your gift to The Quillmere Courier"
    text = mail.get_content()
    assert "Harbour Bank, DE02 1203" in text and in_groups(donation.reference) in text
    assert f"Amount: 25{NBSP}$" in text and f"/support/gifts/{donation.public_id}/" in text
    assert "Ada" not in text
    assert not tasks.send_promise.func(donation.pk) and office.take() == []


def test_without_an_address_nothing_is_sent_of_a_promise(office):
    promise_gift(make_campaign())
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("state", ["paid", "expired", "canceled", "failed"])
def test_nobody_is_asked_for_a_gift_that_is_not_awaited(office, state):
    assert not tasks.send_promise.func(promised(state=state).pk)
    assert office.take() == []
    assert tasks.send_promise.func(promised(state="pending").pk)


def promise_gift(campaign, **fields):
    return promise(
        campaign,
        amount_minor=2500,
        provider=provider_named("bank"),
        form_token=uuid.uuid4(),
        now=timezone.now(),
        language="en",
        **fields,
    )


def test_a_stranger_has_no_more_than_three_mails_a_week_sent_to_somebody(office):
    campaign = make_campaign()
    ways = {"provider": provider_named("bank"), "now": timezone.now(), "language": "en"}

    def promise_again(email):
        promise(campaign, amount_minor=2500, form_token=uuid.uuid4(), email=email, **ways)
        work()
        return len(office.take())

    assert [promise_again("ada@readers.example") for _time in range(5)] == [1, 1, 1, 0, 0]
    assert promise_again("olu@readers.example") == 1
    around("UPDATE fundraising_sentmail SET sent_at = now() - interval '8 days'")
    assert promise_again("ADA@readers.example") == 1
