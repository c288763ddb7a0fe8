"""Which part of its series an article is, and how readers go from one part to the next."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Series, Story
from articles.publishing import publish, withdraw
from articles.series import instalment
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_editor, make_series, make_site
from tests.newsroom.test_found_pages import told_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de"))


@pytest.fixture
def letters():
    return make_series(slug="letters", name="Letters from the lighthouse")


def write_part(series, *, hours=1, **fields):
    """A part that began so many hours ago."""
    fields.setdefault("publish_at", timezone.now() - timedelta(hours=hours))
    fields.setdefault("story", Story.objects.create(series=series))
    return make_article(**fields)


def place_of(article):
    found = instalment(article, article.story.series, now=database_now())
    return found.number, found.of, found.previous, found.next


def test_parts_stand_in_the_order_in_which_they_began(letters):
    third, first, second = (write_part(letters, hours=hours) for hours in (1, 3, 2))
    assert place_of(first) == (1, 3, None, second)
    assert place_of(second) == (2, 3, first, third)
    assert place_of(third) == (3, 3, second, None)


def test_parts_that_began_at_once_stand_in_the_order_of_their_keys(letters):
    now = timezone.now()
    first, second = (write_part(letters, publish_at=now) for _each in range(2))
    assert (place_of(first), place_of(second)) == ((1, 2, None, second), (2, 2, first, None))


def test_part_that_is_alone_is_the_first_of_one(letters):
    write_part(make_series(slug="others"))
    assert place_of(write_part(letters)) == (1, 1, None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "draft"},
        {"status": "withdrawn"},
        {"publish_at": timezone.now() + timedelta(days=999)},
        {"unpublish_at": timezone.now() - timedelta(minutes=1)},
        {"language": "de"},
    ],
    ids=["draft", "withdrawn", "not yet", "no more", "another edition"],
)
def test_what_readers_of_the_edition_do_not_see_is_no_part(letters, fields):
    first, last = write_part(letters, hours=3), write_part(letters)
    write_part(letters, **{"hours": 2, **fields})
    assert place_of(first) == (1, 2, None, last)


def test_each_edition_counts_its_own_parts(letters):
    first, second = write_part(letters, hours=2), write_part(letters)
    german = write_part(letters, story=second.story, language="de")
    assert place_of(german) == (1, 1, None, None)
    assert place_of(second) == (2, 2, first, None)


def test_page_leads_to_the_series_and_to_the_parts_beside_it(client, letters):
    for number in (1, 2, 3):
        write_part(letters, slug=f"letter-{number}", headline=f"No. {number}", hours=9 - number)
    page = client.get("/articles/letter-2/").text
    assert '<span>Part 2 of 3:</span> <a href="/series/letters/">Letters from' in page
    nav = re.search(r'<nav class="series" aria-label="Series">.*?</nav>', page, re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)" rel="(\w+)"', nav) == [
        ("/articles/letter-1/", "prev"), ("/articles/letter-3/", "next"),
    ]  # fmt: skip


def test_page_of_the_only_part_says_that_it_is_the_first(client, letters):
    page = client.get(write_part(letters).get_absolute_url()).text
    assert "<span>Part 1:</span>" in page
    assert 'class="series"' not in page


def test_machines_are_told_the_series_and_the_place(client, letters):
    write_part(letters, hours=2)
    told = told_of(client, write_part(letters).get_absolute_url(), "NewsArticle")
    assert told["position"] == 2
    series = told["isPartOf"]
    assert (series["@type"], series["name"]) == ("CreativeWorkSeries", letters.name)
    assert series["url"].endswith("/series/letters/")


def test_article_without_a_series_says_nothing_of_one(client):
    article = make_article()
    page = client.get(article.get_absolute_url()).text
    assert "series-line" not in page
    assert "isPartOf" not in told_of(client, article.get_absolute_url(), "NewsArticle")


def queries_of(client, article):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(article.get_absolute_url()).status_code == 200
    return len(captured)


def test_series_costs_an_article_one_query_however_long_it_is(client, letters):
    alone, first = make_article(), write_part(letters, hours=9)
    without = queries_of(client, alone)
    assert queries_of(client, first) == without + 1
    for _each in range(9):
        write_part(letters)
    assert queries_of(client, first) == without + 1
    assert queries_of(client, alone) == without


@pytest.mark.parametrize("verb", [publish, withdraw])
def test_verbs_drop_the_pages_of_the_other_parts(client, letters, verb, monkeypatch):
    dropped = []
    monkeypatch.setattr("articles.publishing.drop", lambda *tags: dropped.extend(tags))
    response = client.get(write_part(letters).get_absolute_url())
    person, editor = make_contributor(), make_editor()
    other = write_part(letters, headline="Another", byline=[(person, "reporter")])
    verb(other, by=editor)
    assert {*dropped} & {*vars(response.wsgi_request)["page_tags"]} == {f"series:{letters.pk}"}


def test_series_stays_while_it_has_stories(letters):
    write_part(letters)
    with pytest.raises(ProtectedError):
        letters.delete()
    assert Series.objects.get() == letters
