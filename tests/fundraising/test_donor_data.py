"""The desk's page for givers who ask what is held about them."""

import json

import pytest
from django.test import Client

from accounts.roles import ROLES
from fundraising.models import Donation
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_donation

pytestmark = pytest.mark.django_db
PAGE = "/admin/fundraising/givers/"
ADA = "ada@readers.example"


@pytest.fixture(autouse=True)
def gift():
    make_site()
    return make_donation(email=ADA, message="For my aunt")


@pytest.fixture
def leila(client) -> Client:
    client.force_login(make_colleague("fundraiser"))
    return client


def test_gifts_that_are_found_by_an_address_lead_to_the_desk(leila, gift):
    page = leila.post(PAGE, {"giver": ADA, "step": "look"}).text
    assert f'<a href="/admin/fundraising/donation/{gift.pk}/change/">{gift.reference}</a>' in page


def test_a_stranger_is_led_to_where_one_signs_in(client):
    answer = client.get(PAGE)
    assert answer.status_code == 302 and "/login/" in answer.headers["Location"]
    assert "For my aunt" not in client.post(PAGE, {"giver": ADA, "step": "export"}).text


@pytest.mark.parametrize("role", ROLES)
def test_who_may_open_it(client, role):
    client.force_login(make_colleague(role))
    is_allowed = role in ("fundraiser", "chief")
    assert client.get(PAGE).status_code == (200 if is_allowed else 403)
    sent = {"giver": ADA, "step": "erase", "is_sure": "on"}
    assert client.post(PAGE, sent).status_code == (302 if is_allowed else 403)
    assert Donation.objects.get().email == ("" if is_allowed else ADA)
    assert (PAGE in client.get("/admin/").text) == is_allowed


def test_it_finds_a_giver_and_changes_nothing(leila, gift):
    answer = leila.post(PAGE, {"giver": ADA, "step": "look"})
    assert gift.reference in answer.text and "no-store" in answer["Cache-Control"]
    assert "For my aunt" not in answer.text
    assert Donation.objects.get().erased_at is None


def test_it_gives_out_a_file(leila):
    answer = leila.post(PAGE, {"giver": ADA, "step": "export"})
    assert answer["Content-Disposition"] == 'attachment; filename="giver.json"'
    assert json.loads(answer.content)["gifts"][0]["message"] == "For my aunt"


def test_it_erases_only_who_is_sure(leila):
    assert leila.post(PAGE, {"giver": ADA, "step": "erase"}).status_code == 422
    assert Donation.objects.get().email == ADA
    answer = leila.post(PAGE, {"giver": ADA, "step": "erase", "is_sure": "on"}, follow=True)
    assert "1 gift erased." in answer.text and ADA not in answer.text
    assert Donation.objects.get().email == ""


@pytest.mark.parametrize(("giver", "status"), [("", 422), ("\0", 422), ("nobody", 200)])
def test_what_is_typed_wrongly_is_told(leila, giver, status):
    answer = leila.post(PAGE, {"giver": giver, "step": "look"})
    assert answer.status_code == status
    assert ("Nothing is held about this giver." in answer.text) == (status == 200)


def test_it_needs_a_token(gift):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_colleague("fundraiser"))
    sent = {"giver": ADA, "step": "erase", "is_sure": "on"}
    assert strict.post(PAGE, sent, headers={"Sec-Fetch-Site": "same-origin"}).status_code != 302
    assert Donation.objects.get().email == ADA
