"""Sections, topics and contributors: what they list, page by page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import FETCH_RAISE
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleQuerySet, Contributor, Role, Section, Status, Topic
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_image, make_section, make_site

pytestmark = pytest.mark.django_db

LISTS = ["/sections/harbour/", "/topics/water/", "/contributors/maren/"]


@pytest.fixture(autouse=True)
def paper(monkeypatch):
    """A site with one of each; lists may fetch nothing by the way."""
    listing = ArticleQuerySet.for_listing
    monkeypatch.setattr(
        ArticleQuerySet, "for_listing", lambda rows: listing(rows).fetch_mode(FETCH_RAISE)
    )
    make_section(slug="harbour")
    Topic.objects.create(slug="water", names={"en": "Water", "de": "Wasser"})
    make_contributor(slug="maren")
    return make_site(editions=("en", "de"))


def make_listed(**fields):
    person = Contributor.objects.get(slug="maren")
    article = make_article(
        byline=[(person, Role.REPORTER), (person, Role.PHOTOGRAPHER)],
        lead_image=make_image(),
        **fields,
    )
    article.topics.add(Topic.objects.get(slug="water"))
    return article


@pytest.mark.parametrize("url", LISTS)
def test_lists_show_what_is_live_in_their_edition_once(client, url):
    now = database_now()
    make_listed(headline="Ferry news")
    make_listed(headline="Fährnachricht", language="de")
    make_listed(headline="Draft", status=Status.DRAFT)
    make_listed(headline="Embargoed", publish_at=now + timedelta(hours=1))
    make_listed(headline="Withdrawn", status=Status.WITHDRAWN)
    response = client.get(url)
    assert [article.headline for article in response.context["articles"]] == ["Ferry news"]
    assert "Fährnachricht" in client.get(f"/de{url}").text


@pytest.mark.parametrize("url", LISTS)
def test_lists_are_paged_newest_first(client, url):
    now = database_now()
    for number in range(21):
        make_listed(headline=f"No. {number}", publish_at=now - timedelta(minutes=number + 1))
    first, second = client.get(url), client.get(url, {"page": 2})
    assert first.context["articles"][0].headline == "No. 0"
    assert [article.headline for article in second.context["articles"]] == ["No. 20"]


@pytest.mark.parametrize("number", ["0", "3", "-1", "abc", "9" * 50, "1.5", ""])
def test_page_that_does_not_exist_is_not_found(client, number):
    assert client.get(LISTS[0], {"page": number}).status_code == 404


@pytest.mark.parametrize("url", LISTS)
def test_lists_take_the_same_queries_for_one_and_many(client, url):
    counts = []
    for more in (1, 9):
        for _n in range(more):
            make_listed()
        with CaptureQueriesContext(connection) as counted:
            assert client.get(url).status_code == 200
        counts.append(len(counted))
    # settings, subject, clock, count, articles, byline; sections and standing pages in the frame;
    # what is read most, and what the composition adds
    assert counts[0] == counts[1] <= 11


def test_front_page_takes_the_same_queries_for_one_and_many(client):
    counts = []
    for more in (1, 9):
        for number in range(more):
            Section.objects.get_or_create(slug=f"s{number}", defaults={"names": {"en": "S"}})
            make_listed(section=make_section(slug=f"s{number}"))
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 12
    assert Article.objects.count() == 10


def test_names_fall_back_where_a_language_has_none(client):
    make_listed(language="de")
    assert "Harbour" in client.get("/de/sections/harbour/").text
    assert "Wasser" in client.get("/de/topics/water/").text
    assert client.get("/topics/nothing/").status_code == 404
