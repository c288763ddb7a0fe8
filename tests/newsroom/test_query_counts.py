"""What the composed pages cost. The README states these numbers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Role
from tests.builders import make_article, make_contributor, make_image, make_section, make_site
from tests.comments.builders import make_guest, write
from tests.fundraising.builders import make_campaign
from tests.translations.builders import make_attribution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper():
    make_site()
    make_campaign(is_featured=True)


def make_story(number):
    """A translated, illustrated article with two people in its byline."""
    people = [(make_contributor(), Role.REPORTER), (make_contributor(), Role.TRANSLATOR)]
    article = make_article(
        slug=f"story-{number}",
        byline=people,
        lead_image=make_image(),
        section=make_section(slug=("harbour", "town")[number % 2]),
        publish_at=timezone.now() - timedelta(hours=number + 1),
    )
    make_attribution(article=article)
    return article


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def talk(article, comments):
    """A conversation with answers to answers."""
    last = None
    for number in range(comments):
        last = write(article, guest=make_guest(), in_reply_to=last if number % 10 else None)


def test_article_with_200_comments_costs_14_queries(client):
    article = make_story(0)
    talk(article, 2)
    assert queries_of(client, "/articles/story-0/") == 14
    talk(article, 198)
    assert queries_of(client, "/articles/story-0/") == 14


@pytest.mark.parametrize(("address", "cost"), [("/", 12), ("/sections/harbour/", 11)])
def test_lists_cost_the_same_for_one_and_for_many(client, address, cost):
    talk(make_story(0), 3)
    assert queries_of(client, address) == cost
    for number in range(1, 18):
        talk(make_story(number), 1)
    assert queries_of(client, address) == cost
