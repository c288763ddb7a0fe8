"""What the demo newsroom tells machines: the same in every place, and true of every page."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from articles.models import Article, Contributor
from newsroom.sitemaps import NAMESPACE, XHTML
from tests.newsroom.schema_org.vocabulary import faults

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("demo")]
SITE = settings.SITE_URL
LANGUAGES = dict(settings.LANGUAGES)
NAMES = {"s": NAMESPACE, "x": XHTML, "a": "http://www.w3.org/2005/Atom"}
LINK = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def get_xml(client, address):
    return ElementTree.fromstring(client.get(address.removeprefix(SITE)).content)


@pytest.fixture
def pages(client):
    """{address: HTML} of every article."""
    urls = [article.get_absolute_url() for article in Article.objects.all()]
    return {SITE + url: client.get(url).text for url in urls}


@pytest.fixture
def heads(pages):
    """{address: the links of its head as a dictionary} of every article."""
    return {address: dict(LINK.findall(html)) for address, html in pages.items()}


def test_every_version_is_listed_by_all_that_it_lists(heads):
    assert sum(1 for links in heads.values() if links) > 30
    for address, links in heads.items():
        assert not links or address in links.values()
        for language, other in links.items():
            assert heads[other] == links
            assert language == "x-default" or f"{SITE}/" in other
        if links:
            assert list(links.values()).count(links["x-default"]) == 2


def test_sitemap_lists_what_the_heads_do(client, heads):
    index = get_xml(client, "/sitemap.xml")
    listed = {}
    for sitemap in index.findall(".//s:loc", NAMES):
        for url in get_xml(client, sitemap.text).findall("s:url", NAMES):
            links = {x.get("hreflang"): x.get("href") for x in url.findall("x:link", NAMES)}
            listed[url.findtext("s:loc", namespaces=NAMES)] = links
    assert {address: links for address, links in listed.items() if address in heads} == heads
    where = ("/archive/2", "/sections/", "/topics/", "/contributors/")  # where there is something
    others = {a for a in set(listed) - set(heads) if not any(each in a for each in where)}
    assert len(others) == len(LANGUAGES) * 12  # lists and standing pages


def test_feeds_list_what_the_heads_do(client, heads):
    for code in LANGUAGES:
        prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
        for entry in get_xml(client, f"{prefix}/feeds/latest.atom").findall("a:entry", NAMES):
            found = [link.attrib for link in entry.findall("a:link[@rel='alternate']", NAMES)]
            links = {link["hreflang"]: link["href"] for link in found}
            expected = {k: v for k, v in heads[links[code]].items() if k != "x-default"}
            assert links == (expected or {code: links[code]})


def test_every_page_tells_what_schema_org_knows(pages):
    for address, html in pages.items():
        (script,) = SCRIPT.findall(html)
        graph = json.loads(script)["@graph"]
        assert [fault for node in graph for fault in faults(node)] == [], address
        assert graph[0]["url"] == address and graph[0]["author"]


def test_translations_and_originals_name_each_other(pages):
    told = {address: json.loads(SCRIPT.search(html)[1])["@graph"][0]
            for address, html in pages.items()}  # fmt: skip
    pairs = [(original, made["url"]) for original, node in told.items()
             for made in node.get("workTranslation", [])]  # fmt: skip
    assert len(pairs) > 15
    for original, translation in pairs:
        assert told[translation]["translationOfWork"]["url"] == original
        made = told[translation]
        assert made.get("translator") or "Algorithmic" in made["digitalSourceType"]
    sources = [node["translationOfWork"]["url"] for node in told.values()
               if "translationOfWork" in node]  # fmt: skip
    assert {url for url in sources if url.startswith(SITE)} == {original for original, _ in pairs}


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_every_feed_can_be_read(client, kind):
    prefixes = ["" if code == settings.LANGUAGE_CODE else f"/{code}" for code in LANGUAGES]
    people = [
        contributor.get_absolute_url().rstrip("/") for contributor in Contributor.objects.all()
    ]
    for prefix in prefixes + people:
        content = client.get(f"{prefix}/feeds/latest.{kind}").content
        found = json.loads(content) if kind == "json" else ElementTree.fromstring(content)
        assert found is not None


def test_our_own_pieces_may_be_republished(client):
    page = client.get("/articles/ferry-timetable/").text
    assert "/articles/ferry-timetable/republish/" in page
    assert "CC BY 4.0" in client.get("/articles/ferry-timetable/republish/").text
