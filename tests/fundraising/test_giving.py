"""What a reader promises is one donation however often the form is sent, and is begun once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from fundraising.giving import begin, promise
from fundraising.models import Donation, DonationState
from fundraising.providers import provider_named
from fundraising.providers.interface import ProviderFailed
from fundraising.providers.manual import BankTransfer
from fundraising.turns import turn
from tests.builders import make_article, make_site
from tests.fundraising.builders import make_campaign
from tests.fundraising.checkout import MOST
from tests.operations.launching import wait_until

BACK = "https://courier.example/support/gifts/x/"


def give(campaign, *, provider="bank", **typed):
    typed = {"amount_minor": 2500, "form_token": uuid4(), "language": "en", **typed}
    return promise(campaign, provider=provider_named(provider), now=timezone.now(), **typed)


def at_once(act, times=8):
    def act_and_leave(_number):
        try:
            return act()
        finally:
            connections.close_all()

    connection.close()
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(act_and_leave, range(times)))


@pytest.mark.django_db
def test_a_transfer_is_awaited_at_once_and_a_payment_once_it_is_begun(checkout):
    campaign = make_campaign()
    assert give(campaign).state == DonationState.PENDING
    assert give(campaign, provider="checkout").state == DonationState.CREATED


@pytest.mark.django_db
def test_the_same_form_is_one_promise_and_a_changed_one_another():
    campaign, token = make_campaign(), uuid4()
    first = give(campaign, form_token=token)
    assert give(campaign, form_token=token) == first
    changed = give(campaign, form_token=token, amount_minor=1000)
    assert changed != first and changed.amount_minor == 1000
    assert give(campaign) != first
    assert Donation.objects.count() == 3


@pytest.mark.django_db
def test_gifts_of_one_address_have_one_donor_and_those_without_any_have_their_own():
    campaign = make_campaign()
    first, second = (give(campaign, email=each) for each in ("Ada@Example.org", "ada@example.org"))
    assert first.email == second.email == "ada@example.org"
    others = [give(campaign, email=each) for each in ("bo@example.org", "", "")]
    donors = [each.donor for each in (first, second, *others)]
    assert donors[0] == donors[1] and len(set(donors)) == 4


@pytest.mark.django_db
def test_a_name_that_is_not_public_is_not_kept():
    campaign = make_campaign()
    assert give(campaign, public_name="Ada").public_name == ""
    assert give(campaign, public_name="Ada", is_public=True).public_name == "Ada"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"state": "draft"}, {"ends_at": timezone.now()}, {"how_to_give": {}},
     {"starts_at": timezone.now() + timedelta(days=1)}],
)  # fmt: skip
def test_nothing_is_promised_where_nothing_is_asked(fields):
    with pytest.raises(ValidationError) as refusal:
        promise(
            make_campaign(**fields), amount_minor=2500, provider=BankTransfer(),
            form_token=uuid4(), now=timezone.now(), language="en",
        )  # fmt: skip
    assert refusal.value.code == "offered" and not Donation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("amount", "provider", "code"),
    [(199, "bank", "least"), (200, "bank", ""), (MOST, "checkout", ""),
     (MOST + 1, "checkout", "most"), (MOST + 1, "bank", "")],
)  # fmt: skip
def test_an_amount_is_within_the_limits_of_campaign_and_provider(
    checkout, amount, provider, code
):  # fmt: skip
    campaign = make_campaign(minimum_minor=200)
    try:
        assert give(campaign, provider=provider, amount_minor=amount).amount_minor == amount
        said = ""
    except ValidationError as refusal:
        said = refusal.code
    assert said == code


@pytest.mark.django_db
def test_a_payment_is_begun_once_and_found_again(checkout):
    donation = give(make_campaign(), provider="checkout")
    address = begin(donation, back_to=BACK)
    assert address == f"https://pay.example/1?back={BACK}"
    assert begin(Donation.objects.get(), back_to=BACK) == address
    assert checkout.started == [donation]


@pytest.mark.django_db
def test_what_is_over_is_not_begun_again(checkout):
    donation = give(make_campaign(), provider="checkout")
    Donation.objects.update(state=DonationState.PAID, payment_url="https://pay.example/1")
    assert begin(donation, back_to=BACK) == ""
    assert checkout.started == []


@pytest.mark.django_db
def test_a_provider_that_failed_is_asked_again_for_the_same_gift(checkout):
    donation = give(make_campaign(), provider="checkout")
    checkout.is_down = True
    with pytest.raises(ProviderFailed):
        begin(donation, back_to=BACK)
    assert Donation.objects.get().state == DonationState.CREATED
    checkout.is_down = False
    assert begin(donation, back_to=BACK)
    assert checkout.started == [donation, donation]


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_at_once_is_one_donation_and_one_payment(checkout):
    campaign, token, checkout.seconds = make_campaign(), uuid4(), 0.2

    def send():
        donation = give(campaign, provider="checkout", form_token=token, email="ada@example.org")
        return donation.pk, begin(donation, back_to=BACK)

    assert len(set(at_once(send))) == 1
    assert Donation.objects.count() == 1 and len(checkout.started) == 1


@pytest.mark.django_db(transaction=True)
def test_a_gift_from_an_article_that_is_deleted_meanwhile_counts_without_it(client):
    make_site()
    campaign, article, email = make_campaign(), make_article(), "ada@example.org"
    data = {"own_amount": "25", "provider": "bank", "form_token": uuid4(), "email": email,
            "article": article.pk, "from": "after"}  # fmt: skip
    address = reverse("fundraising:give", args=[campaign.slug])

    def send():
        try:
            return client.post(address, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with turn(f"fundraising.donor:{email}", waits=False):  # the form has looked it up by then
            answer = thread.submit(send)
            wait_until(is_awaited, seconds=20)
            Article.objects.all().delete()
        assert answer.result() == 303
    donation = Donation.objects.get()
    assert (donation.article, donation.placement) == (None, "after")


def is_awaited():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_first_gifts_at_once_of_one_address_have_one_donor():
    campaign = make_campaign()
    donors = at_once(lambda: give(campaign, email="ada@example.org").donor)
    assert len(set(donors)) == 1 and Donation.objects.count() == 8
