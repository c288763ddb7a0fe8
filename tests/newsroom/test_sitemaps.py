"""What search engines may list: all of it, nothing else, and each version by the others."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Article, Page, Role, Topic
from newsroom import sitemaps
from tests.builders import make_article, make_contributor, make_section, make_site
from tests.fundraising.builders import make_campaign
from tests.pagecache.builders import Answer
from tests.translations.builders import make_attribution, make_source_work

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
LISTS = ("/", "/de/", "/archive/", "/de/archive/", "/corrections/", "/de/corrections/",
         "/moderation/", "/de/moderation/", "/translators/", "/de/translators/")  # fmt: skip
ADDRESSES = ["/sitemap.xml", "/news-sitemap.xml", "/sitemaps/pages.xml", "/robots.txt"]
NAMES = {"s": sitemaps.NAMESPACE, "x": sitemaps.XHTML}


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de"))


def xml_of(client, address):
    response = client.get(address)
    assert response.status_code == 200 and response["Content-Type"] == sitemaps.XML
    return ElementTree.fromstring(response.content)


def sitemaps_of(client):
    return [each.text for each in xml_of(client, "/sitemap.xml").findall(".//s:loc", NAMES)]


def listed_by(client):
    """{address: its element} of every sitemap that the index names."""
    maps = [xml_of(client, address.removeprefix(SITE)) for address in sitemaps_of(client)]
    elements = [url for each in maps for url in each.findall("s:url", NAMES)]
    return {url.findtext("s:loc", namespaces=NAMES): url for url in elements}


def articles_in(client):
    return {address for address in listed_by(client) if "/articles/" in address}


def test_front_pages_corrections_and_standing_pages_are_listed(client):
    Page.objects.create(slug="about", language="de", title="Über uns", body="<p>Wir</p>")
    Page.objects.create(slug="about", language="tr", title="Hakkımızda", body="<p>Biz</p>")
    listed = listed_by(client)
    lists = {f"{SITE}{path}" for path in LISTS}
    assert set(listed) == lists | {f"{SITE}/de/pages/about/"}
    links = [link.attrib for link in listed[f"{SITE}/de/"].findall("x:link", NAMES)]
    assert [(link["hreflang"], link["href"]) for link in links] == [
        ("en", f"{SITE}/"), ("de", f"{SITE}/de/"), ("x-default", f"{SITE}/")
    ]  # fmt: skip


def test_months_of_the_archive_are_listed_where_they_have_articles(client):
    for language, month in (("en", 3), ("en", 3), ("de", 3), ("de", 5), ("tr", 7)):
        make_article(language=language, publish_at=datetime(2026, month, 9, tzinfo=UTC))
    make_article(publish_at=timezone.now() + timedelta(days=40))
    listed = listed_by(client)
    months = {address.removeprefix(SITE) for address in listed if "/archive/2" in address}
    assert months == {"/archive/2026/03/", "/de/archive/2026/03/", "/de/archive/2026/05/"}
    links = listed[f"{SITE}/archive/2026/03/"].findall("x:link", NAMES)
    assert [link.get("hreflang") for link in links] == ["en", "de", "x-default"]
    assert not listed[f"{SITE}/de/archive/2026/05/"].findall("x:link", NAMES)


def test_sections_topics_and_people_are_listed_where_something_live_is_of_them(client):
    Topic.objects.create(slug="quays", names={"en": "Quays"})
    tides = Topic.objects.create(slug="tides", names={"en": "Tides"})
    maren, mina = (make_contributor(slug=slug) for slug in ("maren", "mina"))
    for language, person in (("en", maren), ("de", maren), ("tr", mina)):
        made = make_article(language=language, byline=[(person, Role.REPORTER)])
        made.topics.add(tides)
    masked = make_article(language="de", byline=[(mina, Role.REPORTER)])
    masked.contributions.update(credited_as="A gull")
    make_article(section=make_section(slug="town"), status="draft", byline=[(mina, Role.EDITOR)])
    make_article(section=make_section(slug="sea"), language="de")
    kinds = ("/sections/", "/topics/", "/contributors/")
    listed = {a.removeprefix(SITE) for a in listed_by(client) if any(each in a for each in kinds)}
    everywhere = {"/sections/harbour/", "/topics/tides/", "/contributors/maren/"}
    assert listed == everywhere | {f"/de{each}" for each in everywhere} | {"/de/sections/sea/"}


def test_campaigns_are_listed_in_every_edition_once_they_have_begun(client):
    make_campaign(slug="press", ends_at=timezone.now())
    make_campaign(slug="roof", starts_at=timezone.now() + timedelta(hours=1))
    make_campaign(slug="van", state="draft")
    listed = {address for address in listed_by(client) if "/support/" in address}
    pages = {f"{SITE}{prefix}/support/" for prefix in ("", "/de")}
    assert listed == pages | {f"{page}press/" for page in pages}


def test_article_is_listed_with_its_versions_and_its_last_major_change(client):
    now = timezone.now()
    article = make_article(slug="ferry", updated_at=now)
    german = make_article(slug="faehre", language="de", story=article.story)
    make_attribution(article=german, source_article=article)
    listed = listed_by(client)
    english, other = listed[f"{SITE}/articles/ferry/"], listed[f"{SITE}/de/articles/faehre/"]
    assert english.findtext("s:lastmod", namespaces=NAMES) == now.isoformat()
    assert other.findtext("s:lastmod", namespaces=NAMES) == german.publish_at.isoformat()
    for url in (english, other):
        links = [link.attrib for link in url.findall("x:link", NAMES)]
        assert [(link["hreflang"], link["href"]) for link in links] == [
            ("en", f"{SITE}/articles/ferry/"),
            ("de", f"{SITE}/de/articles/faehre/"),
            ("x-default", f"{SITE}/articles/ferry/"),
        ]


def test_only_what_is_live_and_may_be_listed_is(client):
    now = timezone.now()
    make_article(slug="live")
    make_article(status="draft")
    make_article(status="withdrawn")
    make_article(publish_at=now + timedelta(minutes=5))
    make_article(unpublish_at=now - timedelta(minutes=5))
    make_article(language="tr")
    make_attribution(article=make_article(), search_engines="noindex")
    make_attribution(article=make_article(), method="machine-raw", tool="Babelwright")
    work = make_source_work(language="en")
    elsewhere = {"origin": "republication", "search_engines": "canonical", "source_work": work}
    make_attribution(article=make_article(), **elsewhere)
    assert articles_in(client) == {f"{SITE}/articles/live/"}


def test_many_articles_are_shared_out_and_stay_where_they_are(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "IDS_IN_ONE", 3)
    made = [make_article() for _each in range(10)]
    addresses = {SITE + article.get_absolute_url() for article in made}
    assert articles_in(client) == addresses
    before = sitemaps_of(client)
    assert len(before) >= 5
    make_article()
    assert sitemaps_of(client)[: len(before)] == before
    assert "<lastmod>" in client.get("/sitemap.xml").text


def test_sitemap_takes_the_same_queries_for_one_and_for_many(client, django_assert_num_queries):
    for many in (1, 10):
        stories = [make_article().story for _each in range(many)]
        for story in stories:
            make_article(language="de", story=story)
        address = f"/sitemaps/articles-{Article.objects.first().pk // sitemaps.IDS_IN_ONE}.xml"
        with django_assert_num_queries(4):  # settings, clock, articles, versions
            client.get(address)


@pytest.mark.parametrize("number", ["77", "9" * 18, "9" * 30])
def test_range_without_articles_is_no_sitemap(client, number):
    make_article()
    assert client.get(f"/sitemaps/articles-{number}.xml").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_unchanged_sitemap_is_answered_without_its_text(cache, address):
    first = Answer(cache, address)
    again = Answer(cache, address, if_none_match=first.headers["ETag"])
    assert (first.status, again.status, again.body) == (200, 304, b"")
