"""Ending a campaign now: the verb, and the action at the desk."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from fundraising.ending import end
from fundraising.models import Campaign, Standing
from operations.clock import database_now
from tests.builders import make_colleague, make_site, make_user
from tests.fundraising.builders import make_campaign
from tests.newsroom.kept_copies import copies, fates

pytestmark = pytest.mark.django_db
LIST = "/admin/fundraising/campaign/"


@pytest.fixture
def leila():
    return make_colleague("fundraiser")


def test_a_running_campaign_ends_at_once(leila):
    campaign = make_campaign(ends_at=timezone.now() + timedelta(days=30))
    assert end(campaign, by=leila).has_ended(database_now())
    campaign.refresh_from_db()
    assert campaign.standing(database_now()) == Standing.ENDED


def test_what_has_ended_keeps_its_end(leila):
    campaign = make_campaign(ends_at=timezone.now() - timedelta(days=1))
    assert end(campaign, by=leila).ends_at == campaign.ends_at


@pytest.mark.parametrize(
    "fields", [{"state": "draft"}, {"starts_at": timezone.now() + timedelta(days=999)}]
)
def test_what_has_not_begun_cannot_end(leila, fields):
    campaign = make_campaign(**fields)
    with pytest.raises(ValidationError):
        end(campaign, by=leila)
    campaign.refresh_from_db()
    assert campaign.ends_at is None


@pytest.mark.parametrize("role", ["editor", "moderator", None])
def test_others_may_not_end_it(role):
    campaign = make_campaign()
    with pytest.raises(PermissionDenied):
        end(campaign, by=make_colleague(role) if role else make_user())
    campaign.refresh_from_db()
    assert campaign.ends_at is None


def test_its_bar_is_gone_from_all_pages_with_the_commit(leila, django_capture_on_commit_callbacks):
    campaign = make_campaign(is_featured=True)
    with copies(article="story:1") as store:
        with django_capture_on_commit_callbacks(execute=True):
            end(campaign, by=leila)
            assert fates(store, "article") == {}
        assert fates(store, "article") == {"article": "gone"}


def opened(client, campaign):
    """What the form of the campaign sends when nothing is touched."""
    address = f"{LIST}{campaign.pk}/change/"
    page = FormReader()
    page.feed(client.get(address).text)
    return address, page.fields


class FormReader(HTMLParser):
    """The fields of a page's forms with their values."""

    def __init__(self):
        super().__init__()
        self.fields, self.area, self.select = {}, "", ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        name = found.get("name")
        if tag == "input" and name and found.get("type") not in ("submit", "checkbox"):
            self.fields[name] = found.get("value") or ""
        elif tag == "textarea":
            self.fields[name], self.area = "", name
        elif tag == "select":
            self.fields[name], self.select = "", name
        elif tag == "option" and "selected" in found:
            self.fields[self.select] = found["value"]

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data.removeprefix("\n")


@pytest.mark.parametrize("planned", [None, timedelta(days=30)])
def test_a_form_that_was_open_before_leaves_the_end(client, leila, planned):
    make_site()
    client.force_login(leila)
    campaign = make_campaign(ends_at=planned and timezone.now() + planned)
    address, fields = opened(client, campaign)
    end(campaign, by=leila)
    ended = Campaign.objects.get().ends_at
    assert client.post(address, fields | {"names_en": "A better press"}).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.names["en"], campaign.ends_at) == ("A better press", ended)


def test_an_end_is_not_set_over_one_that_nobody_saw(client, leila):
    make_site()
    client.force_login(leila)
    campaign = make_campaign()
    address, fields = opened(client, campaign)
    later = {"ends_at_0": "2099-01-01", "ends_at_1": "08:00:00"}
    end(campaign, by=leila)
    refused = client.post(address, fields | later)
    assert (refused.status_code, "Open the campaign anew." in refused.text) == (422, True)
    campaign.refresh_from_db()
    assert campaign.has_ended(database_now())
    address, fields = opened(client, campaign)
    assert client.post(address, fields | later).status_code == 302
    campaign.refresh_from_db()
    assert campaign.is_running(database_now())


def test_the_desk_ends_those_that_run_and_says_which_do_not(client, leila):
    make_site()
    running, draft = make_campaign(name="Press"), make_campaign(name="Roof", state="draft")
    client.force_login(leila)
    chosen = {"action": "end_now", "_selected_action": [running.pk, draft.pk]}
    page = client.post(LIST, chosen, follow=True).text
    assert "Press has ended." in page and "Roof: This campaign has not begun." in page
    running.refresh_from_db()
    assert running.has_ended(database_now())
