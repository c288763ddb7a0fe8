"""Which campaign stands on an article: its story's, its section's, else the featured one."""

from datetime import timedelta
from itertools import product

import pytest
from django.test import RequestFactory
from django.utils import timezone

from fundraising.goals import goal_for
from fundraising.models import CampaignChoice
from tests.builders import make_article, make_section, make_site
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NO_CHOICE, NONE, RUNS, DRAFT, UPCOMING, ENDED = (
    "no choice", "none", "runs", "draft", "upcoming", "ended"
)  # fmt: skip
CHOICES = (NO_CHOICE, NONE, RUNS, DRAFT, UPCOMING, ENDED)


def make_some(standing, **fields):
    now = timezone.now()
    times = {
        RUNS: {},
        DRAFT: {"state": "draft"},
        UPCOMING: {"starts_at": now + HOUR},
        ENDED: {"ends_at": now - HOUR},
    }
    return make_campaign(**times[standing], **fields)


def choose(standing, **place):
    """The campaign that is chosen for a section or a story, if any."""
    if standing == NO_CHOICE:
        return None
    campaign = None if standing == NONE else make_some(standing)
    CampaignChoice.objects.create(campaign=campaign, **place)
    return campaign


def expected(story, section, featured):
    """The rule in words: the first that says something, and nothing if that is none."""
    for standing, campaign in (story, section, featured):
        if standing == NONE:
            return None
        if standing == RUNS:
            return campaign
    return None


def shown_on(article):
    bar = goal_for(RequestFactory().get("/"), article)
    return bar and bar.campaign


@pytest.mark.parametrize(("of_story", "of_section"), list(product(CHOICES, CHOICES)))
@pytest.mark.parametrize("is_featured", [True, False])
def test_the_nearest_choice_that_runs_is_shown(of_story, of_section, is_featured):
    article = make_article(section=make_section())
    chosen = [
        (of_story, choose(of_story, story=article.story)),
        (of_section, choose(of_section, section=article.section)),
        (RUNS if is_featured else NO_CHOICE, make_campaign(is_featured=is_featured)),
    ]
    assert shown_on(article) == expected(*chosen)


def test_a_choice_changes_no_other_article():
    featured = make_campaign(is_featured=True)
    article = make_article(section=make_section(slug="harbour"))
    choose(RUNS, story=article.story)
    choose(NONE, section=article.section)
    assert shown_on(make_article(section=make_section(slug="town"))) == featured


def test_an_article_shows_the_choice_of_its_story_in_every_language(client):
    make_site(editions=("en", "de"))
    make_campaign(is_featured=True, slug="press")
    article = make_article(slug="ferry")
    make_article(slug="faehre", language="de", story=article.story)
    CampaignChoice.objects.create(story=article.story, campaign=make_campaign(slug="boat"))
    for address in ("/articles/ferry/", "/de/articles/faehre/"):
        page = client.get(address).text
        assert "/support/boat/" in page and "/support/press/" not in page


def test_whose_choice_is_none_has_no_bar(client):
    make_site()
    make_campaign(is_featured=True)
    article = make_article(slug="ferry")
    assert client.get("/articles/ferry/").text.count('role="progressbar"') == 2
    CampaignChoice.objects.create(story=article.story, campaign=None)
    assert "progressbar" not in client.get("/articles/ferry/").text


def test_the_choice_is_asked_for_once_a_request(django_assert_num_queries):
    make_campaign(is_featured=True)
    article, request = make_article(section=make_section()), RequestFactory().get("/")
    with django_assert_num_queries(2):  # the clock, which an article's page has read already
        assert goal_for(request, article) is goal_for(request, article)
