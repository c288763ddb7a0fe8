"""Choosing at the desk for which sections and stories a campaign stands."""

import pytest

from articles.models import Status
from fundraising.models import CampaignChoice
from tests.builders import make_article, make_colleague, make_section, make_site
from tests.fundraising.builders import make_campaign
from tests.fundraising.test_campaign_desk import LIST, typed

pytestmark = pytest.mark.django_db
CHOICES = "/admin/fundraising/campaignchoice/"
FIND = "/admin/autocomplete/?app_label=fundraising&model_name=campaignchoice&field_name=story"


@pytest.fixture(autouse=True)
def _signed_in(client):
    make_site()
    client.force_login(make_colleague("fundraiser"))


def send(client, campaign, form):
    """A campaign's form, sent by who has just opened it."""
    address = f"{LIST}{campaign.pk}/change/"
    seen = client.get(address).context["adminform"].form["seen"].value()
    return client.post(address, form | {"seen": seen})


def chosen(**row):
    """A campaign's form with one row of choices."""
    rows = {f"choices-0-{name}": value for name, value in row.items()}
    return typed(**rows) | {"choices-TOTAL_FORMS": "1"}


def test_a_campaign_is_chosen_for_a_section_and_for_a_story(client):
    campaign, section, story = make_campaign(slug="press"), make_section(), make_article().story
    assert send(client, campaign, chosen(section=section.pk)).status_code == 302
    choice = campaign.choices.get()
    assert (choice.section, choice.story) == (section, None)
    both = chosen(id=choice.pk, section="", story=story.pk) | {"choices-INITIAL_FORMS": "1"}
    assert send(client, campaign, both).status_code == 302
    choice.refresh_from_db()
    assert (choice.section, choice.story) == (None, story)


def test_a_row_is_for_one_of_both(client):
    campaign = make_campaign(slug="press")
    row = chosen(section=make_section().pk, story=make_article().story_id)
    response = send(client, campaign, row)
    assert response.status_code == 422 and "Choose a section or a story." in response.text
    assert not CampaignChoice.objects.exists()


def test_a_section_has_one_choice(client):
    section = make_section()
    CampaignChoice.objects.create(section=section, campaign=make_campaign())
    campaign = make_campaign(slug="press")
    response = send(client, campaign, chosen(section=section.pk))
    assert response.status_code == 422 and "already exists" in response.text


def test_none_is_chosen_and_taken_back(client):
    section = make_section()
    assert client.post(f"{CHOICES}add/", {"section": section.pk}).status_code == 302
    choice = CampaignChoice.objects.get(section=section, campaign=None)
    assert "Harbour: –" in client.get(CHOICES).text
    assert client.post(f"{CHOICES}{choice.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not CampaignChoice.objects.exists()


def test_stories_that_readers_do_not_know_of_are_not_offered(client):
    make_article(headline="The ferry leaves")
    make_article(headline="The ferry stays", status=Status.DRAFT)
    found = [each["text"] for each in client.get(f"{FIND}&term=ferry").json()["results"]]
    assert found == ["The ferry leaves"]


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_others_choose_no_campaign(client, role):
    client.force_login(make_colleague(role))
    assert client.post(f"{CHOICES}add/", {"section": make_section().pk}).status_code == 403
    assert not CampaignChoice.objects.exists()
