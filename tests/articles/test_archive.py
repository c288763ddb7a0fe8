"""What an edition has published, by the months of the site."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import make_article, make_contributor, make_site

pytestmark = pytest.mark.django_db
MONTH = re.compile(
    r'href="([^"]*/archive/[0-9/]+)"><time[^>]*>([^<]+)</time></a>\s*<span[^>]*>([^<]+)<'
)


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de"))


def publish_on(month, day=9, hour=12, year=2026, **fields):
    return make_article(publish_at=datetime(year, month, day, hour, tzinfo=UTC), **fields)


def months_in(client, address="/archive/"):
    return MONTH.findall(client.get(address).text)


def headlines_in(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return re.findall(r'teaser-headline"><a[^>]*>([^<]+)<', page.text)


def test_archive_lists_months_with_their_number_of_articles(client):
    publish_on(3)
    publish_on(3)
    publish_on(11, year=2025)
    publish_on(4, language="de")
    assert months_in(client) == [
        ("/archive/2026/03/", "March", "2 articles"),
        ("/archive/2025/11/", "November", "1 article"),
    ]
    years = re.findall(r'<h2 class="rubric" id="year-(\d+)">(\d+)', client.get("/archive/").text)
    assert years == [("2026", "2026"), ("2025", "2025")]
    assert [place for place, *_said in months_in(client, "/de/archive/")] == [
        "/de/archive/2026/04/"
    ]


def test_month_has_its_articles_newest_first(client):
    publish_on(3, day=31, headline="Last day")
    publish_on(3, day=1, hour=0, headline="First moment")
    publish_on(4, day=1, hour=0, headline="After")
    publish_on(2, day=28, hour=23, headline="Before")
    publish_on(3, headline="German", language="de")
    assert headlines_in(client, "/archive/2026/03/") == ["Last day", "First moment"]
    assert headlines_in(client, "/de/archive/2026/03/") == ["German"]


def test_months_are_those_of_the_site(client, settings):
    settings.TIME_ZONE = "Europe/Istanbul"
    publish_on(3, day=31, hour=22, headline="Night")
    publish_on(12, day=31, hour=22, year=2025, headline="New year")
    places = [place for place, *_said in months_in(client)]
    assert places == ["/archive/2026/04/", "/archive/2026/01/"]
    assert headlines_in(client, "/archive/2026/04/") == ["Night"]
    assert client.get("/archive/2026/03/").status_code == 404


def test_only_what_is_live_is_counted_and_listed(client):
    now = timezone.now()
    publish_on(3, status="withdrawn")
    publish_on(3, unpublish_at=now - timedelta(minutes=1))
    make_article(status="draft")
    later = make_article(publish_at=now + timedelta(days=40)).publish_at
    assert months_in(client) == []
    for address in ("/archive/2026/03/", f"/archive/{later:%Y/%m}/"):
        assert client.get(address).status_code == 404
    assert "Nothing has appeared here yet." in client.get("/archive/").text


@pytest.mark.parametrize(
    "address",
    ["2026/04/", "2226/01/", "2026/13/", "2026/00/", "2026/3/", "0000/01/", "9999/12/", "1899/12/",
     "2026/03/?page=2", "2026/03/?page=0", "2026/03/?page=x", "2026/", "x/03/", "٢٠٢٦/٠٣/"],
)  # fmt: skip
def test_nonsense_and_empty_months_are_not_found(client, address):
    publish_on(3)
    assert client.get(f"/archive/{address}").status_code == 404
    assert client.get("/archive/2026/03/").status_code == 200


def test_long_months_have_pages(client):
    for number in range(21):
        publish_on(3, hour=number, headline=f"Piece {number}")
    first = client.get("/archive/2026/03/").text
    assert 'href="/archive/2026/03/?page=2" rel="next"' in first
    assert headlines_in(client, "/archive/2026/03/?page=2") == ["Piece 0"]
    assert "page 2" in client.get("/archive/2026/03/?page=2").text.partition("</title>")[0]


def test_pages_cost_the_same_for_few_and_many(client):
    costs = []
    for many in (1, 9):
        for _each in range(many):
            publish_on(3, byline=[(make_contributor(), "reporter")])
        with CaptureQueriesContext(connection) as counted:
            client.get("/archive/")
            client.get("/archive/2026/03/")
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_footer_leads_to_the_archive_of_its_edition(client):
    for prefix in ("", "/de"):
        footer = client.get(f"{prefix}/").text.partition("<footer")[2]
        assert f'href="{prefix}/archive/"' in footer


@pytest.mark.parametrize(("language", "name"), [("de", "März 2026"), ("ru", "Март 2026 г.")])
def test_month_has_its_name_in_the_language_of_the_edition(client, language, name):
    make_site(editions=("en", language))
    publish_on(3, language=language)
    page = client.get(f"/{language}/archive/2026/03/").text
    assert f'<h1 class="page-title">{name}</h1>' in page
