"""What lists, people and the front page tell machines: the way to them, and what they are."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Page, Topic
from tests.builders import (
    make_article,
    make_contributor,
    make_image,
    make_section,
    make_series,
    make_site,
)
from tests.newsroom.schema_org.vocabulary import faults

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
STEP = re.compile(r"<li[^>]*>(?:<a href=\"([^\"]+)\">)?([^<]+)")


@pytest.fixture(autouse=True)
def site():
    return make_site(name="The Quillmere Courier", editions=("en", "de"))


def told_of(client, address, kind):
    """The one node of the kind on the page, proved against schema.org."""
    graphs = [json.loads(each)["@graph"] for each in SCRIPT.findall(client.get(address).text)]
    nodes = [node for graph in graphs for node in graph]
    assert [fault for node in nodes for fault in faults(node)] == []
    (found,) = [node for node in nodes if node["@type"] == kind]
    return found


def shown_way(client, address):
    """[(name, absolute address)] of the visible way to the page; the page itself has none there."""
    nav = re.search(r'<nav class="breadcrumbs" aria-label="[^"]+">(.*?)</nav>',
                    client.get(address).text, re.DOTALL)  # fmt: skip
    return [(name, SITE + (url or address)) for url, name in STEP.findall(nav[1])]


def make_pages():
    topic = Topic.objects.create(slug="weather", names={"en": "Weather", "de": "Wetter"})
    person = make_contributor(slug="maren", name="Maren Okafor")
    article = make_article(byline=[(person, "reporter")], slug="ferry", headline="The ferry")
    article.topics.add(topic)
    make_series(slug="letters")
    Page.objects.create(slug="about", language="en", title="About us", body="<p>We</p>")
    return f"{article.publish_at:%Y/%m}", f"{article.publish_at:%B %Y}"


def test_every_page_below_the_front_page_says_the_way_to_it_twice(client):
    month, month_name = make_pages()
    for address, *names in [
        ("/sections/harbour/", "Harbour"),
        ("/topics/weather/", "Weather"),
        ("/series/letters/", "Letters"),
        ("/contributors/maren/", "Maren Okafor"),
        ("/archive/", "Archive"),
        (f"/archive/{month}/", "Archive", month_name),
        ("/corrections/", "Corrections"),
        ("/translators/", "Translators"),
        ("/pages/about/", "About us"),
        ("/articles/ferry/", "Harbour", "The ferry"),
    ]:
        told = told_of(client, address, "BreadcrumbList")["itemListElement"]
        way = [(step["name"], step["item"]["url"]) for step in told]
        assert [name for name, _url in way] == ["Front page", *names]
        assert way[0][1] == f"{SITE}/" and way[-1][1] == SITE + address
        shown = shown_way(client, address)
        assert shown == way or shown == way[:-1]  # the headline stands just below


def test_way_is_in_the_language_of_the_edition(client):
    make_pages()
    told = told_of(client, "/de/topics/weather/", "BreadcrumbList")["itemListElement"]
    assert [step["item"]["url"] for step in told] == [f"{SITE}/de/", f"{SITE}/de/topics/weather/"]
    assert told[1]["name"] == "Wetter"


def test_hostile_names_stay_data(client):
    make_section(slug="evil", name="</script><script>alert(1)</script>")
    page = client.get("/sections/evil/").text
    assert "<script>alert" not in page
    told = told_of(client, "/sections/evil/", "BreadcrumbList")["itemListElement"]
    assert told[-1]["name"] == "</script><script>alert(1)</script>"


def test_person_is_told_as_the_page_shows_them(client):
    person = make_contributor(
        slug="maren", name="Maren Okafor", role_lines={"en": "Reporter"},
        bios={"en": "Knows the harbour."}, portrait=make_image(),
    )  # fmt: skip
    make_article(byline=[(person, "reporter")])
    told = told_of(client, "/contributors/maren/", "Person")
    assert told.pop("image").startswith(f"{SITE}/media/")
    url = f"{SITE}/contributors/maren/"
    assert told == {
        "@type": "Person", "name": "Maren Okafor", "url": url, "mainEntityOfPage": url,
        "jobTitle": "Reporter", "description": "Knows the harbour.",
    }  # fmt: skip


def test_portrait_whose_licence_has_ended_is_not_told(client):
    ended = timezone.now().date() - timedelta(days=2)
    person = make_contributor(slug="maren", portrait=make_image(licence_ends_on=ended))
    make_article(byline=[(person, "reporter")])
    assert "image" not in told_of(client, "/contributors/maren/", "Person")


@pytest.mark.parametrize(("address", "language"), [("/", "en"), ("/de/", "de")])
def test_front_page_says_whose_edition_it_is(client, address, language):
    told = told_of(client, address, "WebSite")
    assert (told["name"], told["url"]) == ("The Quillmere Courier", SITE + address)
    assert told["inLanguage"] == language
    assert told["publisher"]["@type"] == "NewsMediaOrganization"


@pytest.mark.parametrize("prefix", ["", "/de"])
def test_front_page_says_how_to_search_its_edition(client, prefix):
    make_article(headline="The ferry")
    told = told_of(client, f"{prefix}/", "WebSite")["potentialAction"]
    template = told["target"]["urlTemplate"]
    assert template == f"{SITE}{prefix}/search/?q={{search_term_string}}"
    assert told["query-input"] == "required name=search_term_string"
    assert client.get(template.format(search_term_string="ferry")).status_code == 200
