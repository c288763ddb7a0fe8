"""The page of a series: its parts in the order of reading, page by page, in each edition."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import ArticleQuerySet, Role, Story
from tests.builders import make_article, make_contributor, make_image, make_series, make_site

pytestmark = pytest.mark.django_db
PAGE = "/series/letters/"


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """A series; lists may fetch nothing by the way."""
    listing = ArticleQuerySet.for_listing
    monkeypatch.setattr(
        ArticleQuerySet, "for_listing", lambda rows: listing(rows).fetch_mode(FETCH_RAISE)
    )
    make_site(editions=("en", "de", "tr"), name="The Courier")
    return make_series(
        name="Letters", standfirsts={"en": "From the lighthouse.", "de": "Vom Turm."}
    )


@pytest.fixture
def write_part(letters):
    def make(hours=1, **fields):
        fields.setdefault("publish_at", timezone.now() - timedelta(hours=hours))
        fields.setdefault("story", Story.objects.create(series=letters))
        byline = [(make_contributor(), Role.REPORTER)]
        return make_article(byline=byline, lead_image=make_image(), **fields)

    return make


def test_parts_are_listed_and_numbered_in_the_order_of_reading(client, write_part):
    for hours in (2, 3, 1):
        write_part(hours, headline=f"{hours} hours ago")
    page = client.get(PAGE).text
    told = re.findall(r'teaser-part">([^<]+)<|teaser-headline"><a [^>]+>([^<]+)<', page)
    assert ["".join(each) for each in told] == [
        "Part 1", "3 hours ago", "Part 2", "2 hours ago", "Part 3", "1 hours ago",
    ]  # fmt: skip


def test_numbers_go_on_over_the_pages_and_the_next_page_is_newer(client, write_part):
    for number in range(21):
        write_part(30 - number, headline=f"No. {number + 1}")
    first, second = client.get(PAGE), client.get(PAGE, {"page": 2})
    assert first.context["articles"][0].headline == "No. 1"
    assert [(each.number, each.headline) for each in second.context["articles"]] == [(21, "No. 21")]
    assert re.search(r'rel="next">([^<]+)<', first.text)[1] == "Newer"
    assert re.search(r'rel="prev">([^<]+)<', second.text)[1] == "Older"


def test_only_what_readers_of_the_edition_see_is_listed(client, write_part):
    live = write_part(headline="Here")
    write_part(story=live.story, language="de", headline="Dort")
    write_part(headline="Draft", status="draft")
    write_part(headline="Withdrawn", status="withdrawn")
    write_part(-1, headline="Not yet")
    make_article(headline="Of no series")
    assert [each.headline for each in client.get(PAGE).context["articles"]] == ["Here"]
    assert [each.headline for each in client.get(f"/de{PAGE}").context["articles"]] == ["Dort"]


def test_page_says_what_the_series_is(client):
    page = client.get(PAGE).text
    assert "<title>Letters – The Courier</title>" in page
    assert '<p class="standfirst">From the lighthouse.</p>' in page
    assert '<meta name="description" content="Vom Turm.">' in client.get(f"/de{PAGE}").text
    assert client.get("/series/nothing/").status_code == 404


def links_of(page, pattern):
    return re.findall(pattern, page.text)


def test_languages_lead_to_the_same_series_where_it_has_parts(client, write_part):
    write_part(story=write_part().story, language="de")
    page = client.get(PAGE)
    switch = links_of(page, r'<a href="([^"]+)" lang="\w+" hreflang')
    assert switch == [PAGE, f"/de{PAGE}", "/tr/"]
    told = links_of(page, r'rel="alternate" hreflang="([^"]+)" href="[^"]+?//[^/]+([^"]+)"')
    assert told == [("en", PAGE), ("de", f"/de{PAGE}"), ("x-default", PAGE)]
    assert links_of(client.get(f"/tr{PAGE}"), r'rel="alternate" hreflang="([^"]+)"') == []


def test_page_takes_the_same_queries_for_one_and_many(client, write_part):
    counts = []
    for more in (1, 9):
        for _n in range(more):
            write_part()
        with CaptureQueriesContext(connection) as counted:
            assert client.get(PAGE).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 11


def test_page_is_dropped_with_the_lists(client):
    assert "lists" in client.get(PAGE).page_tags
