"""Who tries too often waits, and a payment service that is away costs nobody anything."""

from uuid import uuid4

import pytest

from fundraising.models import Donation
from tests.builders import make_site
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
FORM = "/support/press/give/"


@pytest.fixture(autouse=True)
def campaign():
    make_site()
    return make_campaign(slug="press")


def typed(**changed):
    data = {"own_amount": "25", "provider": "bank", "message": "For the letter e"}
    return {**data, "form_token": str(uuid4()), **changed}


def test_too_many_gifts_of_one_network_wait(client, settings, checkout):
    settings.GIFTS_PER_PREFIX = 2
    client.post(FORM, typed(own_amount="x"))  # a mistake is not counted
    for last, status in ((1, 303), (2, 303), (3, 429), (250, 429)):
        address = {"REMOTE_ADDR": f"203.0.113.{last}"}
        response = client.post(FORM, typed(provider="checkout"), **address)
        assert response.status_code == status
    assert 0 < int(response["Retry-After"]) <= 600
    assert "For the letter e" in response.text and "Please wait a few minutes." in response.text
    assert Donation.objects.count() == 2 == len(checkout.started)
    assert not client.cookies
    assert client.post(FORM, typed(), REMOTE_ADDR="203.0.114.1").status_code == 303


def test_too_many_gifts_of_one_address_wait_whatever_its_letters(client):
    for number in range(6):
        email = ("Ada@example.org", "ada@EXAMPLE.org")[number % 2]
        network = {"REMOTE_ADDR": f"203.0.{number}.1"}
        response = client.post(FORM, typed(email=email), **network)
        assert response.status_code == (303 if number < 5 else 429)
    assert client.post(FORM, typed(email="bo@example.org")).status_code == 303
    assert Donation.objects.filter(email="ada@example.org").count() == 5


def test_a_provider_that_is_away_charges_nothing_and_the_next_try_is_the_same_gift(
    client, checkout
):  # fmt: skip
    data, checkout.is_down = typed(provider="checkout"), True
    response = client.post(FORM, data)
    assert response.status_code == 502 and "Nothing was charged." in response.text
    assert data["form_token"] in response.text and "For the letter e" in response.text
    checkout.is_down = False
    assert client.post(FORM, data).status_code == 303
    assert Donation.objects.count() == 1 and len(checkout.started) == 2


def test_nobody_is_led_elsewhere_by_an_address(client):
    away = {"next": "https://evil.example", "back_to": "https://evil.example"}
    response = client.post(f"{FORM}?next=https://evil.example", typed(**away))
    assert response["Location"] == Donation.objects.get().get_absolute_url()
    assert "evil.example" not in client.get(FORM, away).text
