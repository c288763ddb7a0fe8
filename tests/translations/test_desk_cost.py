"""What the translation desk's table costs. It shows 50 stories, in at most ten editions here."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Status, Story
from tests.builders import make_article, make_colleague, make_section, make_site
from tests.translations.builders import make_assignment
from translations.desk.cells import Viewer, rows_of
from translations.models import Assignment

pytestmark = pytest.mark.django_db
DESK = "/admin/translations/desk/"
TEN = ["en", "de", "tr", "ru", "ar", "fr", "es", "it", "pt", "nl"]
OF_SIGNING_IN = 5  # session, person, two for their rights, the site's settings


@pytest.fixture
def desk(client: Client) -> Client:
    make_site()
    client.force_login(make_colleague("editor"))
    return client


def fill(stories: int) -> None:
    """Stories with a translation into every second language and assignments for the others."""
    editor = make_colleague("editor")
    for number in range(stories):
        story = make_article(section=make_section(slug=f"section-{number % 5}")).story
        for language in TEN[1::2]:
            make_article(story=story, language=language)
        for language in TEN[2::2]:
            make_assignment(story=story, language=language, owner=editor, requested_by=editor)


def cost(desk: Client, query: str = "") -> int:
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(f"{DESK}?{query}").status_code == 200
    return len(captured)


@pytest.mark.parametrize("query", ["", "state=missing&sort=due&q=ferry", "owner=me"])
def test_table_costs_the_same_for_one_story_and_for_fifty(desk, query):
    fill(1)
    one = cost(desk, query)
    fill(49)
    assert cost(desk, query) == one <= OF_SIGNING_IN + 8


def test_fifty_stories_in_ten_languages_cost_four_queries(desk):
    fill(50)
    viewer = Viewer.of(make_colleague("editor"))
    with CaptureQueriesContext(connection) as captured:
        rows = rows_of(
            Story.objects.values_list("pk", flat=True).order_by("pk"),
            languages=TEN,
            viewer=viewer,
            now=timezone.now(),
        )
        assert sum(len(row.cells) for row in rows) == 500
    assert len(captured) <= 4  # with the stories' own, and drift's


FILTERS = ("", "page=200", "state=missing", "owner=nobody&sort=due", "q=ferry&state=live")


@pytest.mark.slow
def test_ten_thousand_stories_stay_quick(desk):
    sow(10_000)
    desk.get(DESK)  # templates and addresses are read once in a process
    took = {}
    for query in FILTERS:
        begun = time.monotonic()
        assert desk.get(f"{DESK}?{query}").status_code == 200
        took[query] = time.monotonic() - begun
    assert max(took.values()) < 2, took


def sow(stories: int) -> None:
    """Each has its original, two translations and two requests."""
    section, editor = make_section(), make_colleague("editor")
    rows = Story.objects.bulk_create(Story() for _number in range(stories))
    Article.objects.bulk_create(
        Article(
            story=story,
            language=language,
            slug=f"{language}-{story.pk}",
            headline=f"Ferry {story.pk}",
            body="<p>The harbour board agreed on Tuesday.</p>" * 20,
            section=section,
            status=Status.PUBLISHED,
            publish_at=timezone.now() - timedelta(hours=1),
        )
        for story in rows
        for language in ("en", "de", "tr")[: 1 + story.pk % 3]
    )
    Assignment.objects.bulk_create(
        Assignment(story=story, language=language, requested_by=editor)
        for story in rows
        for language in ("ru", "ar")[: story.pk % 3]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_story, articles_article, translations_assignment")
