"""A campaign ends while transfers that were promised to it have not come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, pay
from tests.fundraising.test_ending import LIST, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    make_site()
    client.force_login(make_colleague("fundraiser"))
    return make_campaign(slug="press", name="Press")


def end_now(client, campaign):
    chosen = {"action": "end_now", "_selected_action": [campaign.pk]}
    return client.post(LIST, chosen, follow=True).text


def test_who_ends_it_is_told_how_many_have_not_come(client, campaign):
    for state in ("pending", "pending", "canceled"):
        make_donation(campaign=campaign, state=state)
    make_donation(campaign=campaign, provider="stripe", state="created")
    pay(make_donation(campaign=campaign))
    assert "2 promised transfers to Press have not come yet." in end_now(client, campaign)


def test_who_types_the_end_is_told_too(client, campaign):
    make_donation(campaign=campaign)
    address, fields = opened(client, campaign)
    now = {"ends_at_0": str(timezone.localdate() - timedelta(days=1)), "ends_at_1": "08:00:00"}
    page = client.post(address, fields | now, follow=True).text
    assert "1 promised transfer to Press has not come yet." in page


def test_where_none_is_awaited_nothing_is_said(client, campaign):
    pay(make_donation(campaign=campaign))
    assert "promised transfer" not in end_now(client, campaign)


def test_the_page_of_the_promise_asks_for_no_transfer_any_more(client, campaign):
    donation = make_donation(campaign=campaign)
    address = donation.get_absolute_url()
    assert "One step is left" in client.get(address).text
    end_now(client, campaign)
    page = client.get(address).text
    assert "This campaign has ended" in page and "transfer nothing any more" in page
    assert "One step is left" not in page and "Mole Street" not in page
