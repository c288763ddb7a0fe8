"""What readers find at an address that a campaign once had."""

import pytest
from django.db import IntegrityError

from fundraising.models import Campaign
from tests.builders import make_site, make_user
from tests.fundraising.builders import make_campaign
from tests.fundraising.test_campaign_desk import ADD, errors_beside, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper():
    make_site(editions=("en", "de"))


def rename(campaign, slug):
    Campaign.objects.filter(pk=campaign.pk).update(slug=slug)


@pytest.mark.parametrize("prefix", ["", "/de"])
@pytest.mark.parametrize("page", ["/", "/embed/", "/give/", ".json"])
def test_every_page_leads_on_in_one_step(client, prefix, page):
    campaign = make_campaign(slug="press")
    rename(campaign, "new-press")
    rename(campaign, "newest-press")
    for old in ("press", "new-press"):
        answer = client.get(f"{prefix}/support/{old}{page}")
        assert answer.status_code == 301
        assert answer.url == f"{prefix}/support/newest-press{page}"
        assert client.get(answer.url).status_code == 200


def test_scripts_of_other_sites_may_follow(client):
    rename(make_campaign(slug="press"), "roof")
    answer = client.get("/support/press.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_form_keeps_what_was_chosen_and_what_is_sent(client):
    rename(make_campaign(slug="press"), "roof")
    assert client.get("/support/press/give/?amount=500").url == "/support/roof/give/?amount=500"
    answer = client.post("/support/press/give/", {"own_amount": "5"})
    assert (answer.status_code, answer.url) == (308, "/support/roof/give/")


def test_a_slug_may_come_back(client):
    campaign = make_campaign(slug="press")
    rename(campaign, "roof")
    rename(campaign, "press")
    assert client.get("/support/press/").status_code == 200
    assert client.get("/support/roof/").url == "/support/press/"


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"slug": "other"}])
def test_what_readers_may_not_know_of_stays_unknown(client, fields):
    campaign = make_campaign(**{"slug": "press", **fields})
    rename(campaign, "roof")
    assert client.get("/support/press/").status_code == 404


def test_what_was_taken_off_leads_nowhere(client):
    campaign = make_campaign(slug="press")
    rename(campaign, "roof")
    Campaign.objects.update(state="draft")
    assert client.get("/support/press/").status_code == 404


def test_no_other_campaign_takes_an_old_slug(client):
    campaign = make_campaign(slug="press", name="A new press")
    rename(campaign, "roof")
    client.force_login(make_user(is_staff=True, is_superuser=True))
    refused = client.post(ADD, typed(slug="press"))
    assert "leads to “A new press”" in errors_beside(refused, "slug")[0]
    with pytest.raises(IntegrityError, match="leads to another campaign"):
        make_campaign(slug="press")


def test_the_slug_of_a_draft_is_free_again():
    rename(make_campaign(slug="press", state="draft"), "roof")
    assert make_campaign(slug="press").pk


def test_no_campaign_is_called_as_the_gifts_are(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert errors_beside(client.post(ADD, typed(slug="gifts")), "slug")
    with pytest.raises(IntegrityError, match="campaign_slug_is_no_gift"):
        make_campaign(slug="gifts")
