"""Names and messages on the campaign's page: shown ones of gifts of which something is left."""

from datetime import date

import pytest

from fundraising.crediting import credit
from fundraising.models import DonationState
from fundraising.recording import record_refund
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def campaign():
    make_site()
    return make_campaign(slug="press")


def dedicate(campaign, *, is_paid=True, **fields):
    fields = {"moderation": "shown", "public_name": "Wilma", "is_public": True, **fields}
    donation = make_donation(campaign=campaign, **fields)
    if is_paid:
        credit(donation, amount_minor=2500, occurred_on=DAY, reference=donation.reference,
               by=make_colleague("fundraiser"))  # fmt: skip
    return donation


def test_names_and_messages_are_shown(client, campaign):
    dedicate(campaign, message="For the letter e.\nAll of them.")
    page = client.get("/support/press/").text
    assert "<bdi>Wilma</bdi>" in page and "For the letter e.<br>All of them." in page


@pytest.mark.parametrize("moderation", ["held", "hidden"])
def test_what_waits_or_is_hidden_is_not_shown(client, campaign, moderation):
    dedicate(campaign, moderation=moderation, message="Hello")
    page = client.get("/support/press/").text
    assert "Wilma" not in page and "Hello" not in page


def test_an_anonymous_giver_is_not_named(client, campaign):
    dedicate(campaign, is_public=False, message="Hello")
    for address in ("/support/press/", "/support/press.json", "/support/press/embed/"):
        assert "Wilma" not in client.get(address).text
    page = client.get("/support/press/").text
    assert '<p class="dedication-name">Anonymous</p>' in page and "Hello" in page


def test_who_says_nothing_and_wants_no_name_is_not_listed(client, campaign):
    dedicate(campaign, is_public=False)
    assert "Anonymous" not in client.get("/support/press/").text


def test_what_is_only_promised_is_not_shown(client, campaign):
    dedicate(campaign, is_paid=False)
    assert "Wilma" not in client.get("/support/press/").text


def test_what_was_given_back_is_not_shown(client, campaign):
    donation = dedicate(campaign)
    gift = donation.entries.get()
    back = {"occurred_on": DAY, "note": "Asked", "by": make_colleague("fundraiser")}
    record_refund(gift, amount_minor=2000, **back)
    assert "Wilma" in client.get("/support/press/").text
    record_refund(gift, **back)
    assert "Wilma" not in client.get("/support/press/").text


def test_trials_and_other_campaigns_are_not_shown(client, campaign):
    dedicate(make_campaign())
    dedicate(campaign, is_paid=False, is_test=True, state=DonationState.PAID)
    assert "Wilma" not in client.get("/support/press/").text


def test_the_newest_twenty_stand_there(client, campaign):
    for number in range(22):
        dedicate(campaign, public_name=f"Reader {number}.")
    page = client.get("/support/press/").text
    assert page.count("dedication-name") == 20
    assert page.index("Reader 21.") < page.index("Reader 2.")
    assert "Reader 1." not in page


def test_words_are_escaped(client, campaign):
    dedicate(campaign, public_name="<b>W</b>", message="<script>alert(1)</script>")
    page = client.get("/support/press/").text
    assert "<b>W" not in page and "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
