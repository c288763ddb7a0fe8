"""Two people have the same gift open to give it back: it goes back as often as both want to."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from fundraising.models import RefundRequest
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_donation, pay, reload
from tests.fundraising.test_crediting import received
from tests.fundraising.test_refunding import gift

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def leila(client):
    make_site()
    client.force_login(make_colleague("fundraiser"))


def opened(client, donation, **fields):
    """Where to send the form as it stands now, and what."""
    address = f"/admin/fundraising/donation/{donation.pk}/give-back/"
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return address, {**shown, "note": "Asked for it", "token": str(uuid.uuid4()), **fields}


@pytest.mark.parametrize("provider", ["bank", "stripe"])
def test_a_form_opened_before_another_was_sent_is_refused(client, stripe, provider):
    donation = gift(stripe) if provider == "stripe" else pay(make_donation())
    address, first = opened(client, donation, amount="10.00")
    second = {**first, "token": str(uuid.uuid4())}
    assert client.post(address, first).status_code == 302
    refused = client.post(address, second)
    form = refused.context["form"]
    assert (refused.status_code, form["amount"].value()) == (422, "10.00")
    assert "15\u00a0$ is left of it now" in form.errors["amount"][0]
    assert reload(donation.campaign).raised_minor == 1500


def test_sent_again_it_is_a_decision(client):
    donation = make_donation()
    received(donation)
    address, first = opened(client, donation, amount="10.00")
    second = {**first, "token": str(uuid.uuid4())}
    client.post(address, first)
    form = client.post(address, second).context["form"]
    assert client.post(address, {**second, "left": form["left"].value()}).status_code == 302
    assert reload(donation.campaign).raised_minor == 500


def test_what_is_on_its_way_back_is_not_offered(client, stripe):
    donation = gift(stripe)
    address, first = opened(client, donation, amount="10.00")
    stripe.is_down = True
    assert client.post(address, first).status_code == 422
    assert client.post(address, {**first, "token": str(uuid.uuid4())}).status_code == 422
    assert RefundRequest.objects.get().amount_minor == 1000
    assert opened(client, donation)[1]["amount"] == "15.00"
    stripe.is_down = False
    assert client.post(address, first).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_many_people_at_once_one_gives_back(client):
    donation = make_donation()
    received(donation)
    address, form = opened(client, donation, amount="5.00")

    def click(_number):
        browser = Client()
        browser.cookies = client.cookies
        try:
            return browser.post(address, {**form, "token": str(uuid.uuid4())}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        answers = sorted(threads.map(click, range(4)))
    assert answers == [302] + [422] * 3
    assert reload(donation.campaign).raised_minor == 2000
