"""What is new, for search engines that list news."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from newsroom import sitemaps
from tests.builders import make_article, make_site
from tests.newsroom.test_sitemaps import sitemaps_of, xml_of
from tests.translations.builders import make_attribution

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
NEWS = f"{SITE}/news-sitemap.xml"
NAMES = {"s": sitemaps.NAMESPACE, "n": sitemaps.NEWS}


@pytest.fixture(autouse=True)
def site():
    return make_site(name="The Quillmere Courier & Sons", editions=("en", "de"))


def news_of(client):
    urls = xml_of(client, "/news-sitemap.xml").findall("s:url", NAMES)
    return {url.findtext("s:loc", namespaces=NAMES): url.find("n:news", NAMES) for url in urls}


def said(news, path):
    return news.findtext(path, namespaces=NAMES)


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_piece_of_news_says_where_when_and_what(client):
    article = make_article(slug="ferry", headline="Ferry <b> & \x0bquay")
    make_article(slug="faehre", language="de", headline="Fähre")
    news = news_of(client)
    assert set(news) == {f"{SITE}/articles/ferry/", f"{SITE}/de/articles/faehre/"}
    told = news[f"{SITE}/articles/ferry/"]
    assert said(told, "n:publication/n:name") == "The Quillmere Courier & Sons"
    assert said(told, "n:publication/n:language") == "en"
    assert said(told, "n:publication_date") == article.publish_at.isoformat()
    assert said(told, "n:title") == "Ferry <b> & quay"
    assert said(news[f"{SITE}/de/articles/faehre/"], "n:publication/n:language") == "de"


def test_only_the_last_48_hours_of_what_may_be_listed_are_news(client):
    make_article(slug="fresh", publish_at=ago(hours=47))
    make_article(publish_at=ago(hours=48, minutes=1))
    make_article(publish_at=ago(hours=-1))
    make_article(unpublish_at=ago(minutes=1))
    make_article(status="withdrawn")
    make_article(language="tr")
    make_attribution(article=make_article(), search_engines="noindex")
    assert set(news_of(client)) == {f"{SITE}/articles/fresh/"}


def test_index_names_the_news_only_while_there_are_some(client):
    make_article(publish_at=ago(hours=49))
    assert NEWS not in sitemaps_of(client) and news_of(client) == {}
    newest = make_article(publish_at=ago(hours=1)).publish_at
    assert NEWS in sitemaps_of(client)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    (entry,) = [each for each in index if each.findtext("s:loc", namespaces=NAMES) == NEWS]
    assert entry.findtext("s:lastmod", namespaces=NAMES) == newest.isoformat()


def test_of_very_many_the_newest_are_news_for_one_query(
    client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(sitemaps, "NEWS_AT_MOST", 3)
    for hours in range(1, 6):
        make_article(slug=f"piece-{hours}", publish_at=ago(hours=hours))
    with django_assert_num_queries(3):  # settings, clock, articles
        news = news_of(client)
    assert list(news) == [f"{SITE}/articles/piece-{hours}/" for hours in (1, 2, 3)]
