"""What programs that collect feeds get: everything that is live, in full, with its credit."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Role, Topic
from newsroom import feeds
from tests.builders import make_article, make_contributor, make_image, make_site
from tests.pagecache.builders import Answer
from tests.translations.builders import (
    make_attribution,
    make_licence,
    make_publication,
    make_source_work,
)
from tests.translations.versions import make_correction
from translations.models import Attribution, SourceWork

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
KINDS = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@pytest.fixture(autouse=True)
def site():
    return make_site(name="The Quillmere Courier", editions=("en", "de"))


@pytest.fixture
def translation():
    """Translated from elsewhere, with a version in German."""
    byline = [(make_contributor(slug="maren", name="Maren Okafor"), Role.REPORTER),
              (make_contributor(slug="mina", name="Mina Drost"), Role.TRANSLATOR)]  # fmt: skip
    article = make_article(
        slug="winter", headline="Last winter", byline=byline, standfirst="Ten weeks.",
        body='<p>See <a href="/pages/about/">us</a>.</p>', lead_image=make_image(),
        publish_at=datetime(2026, 11, 3, 6, 0, tzinfo=UTC),
    )  # fmt: skip
    outlet = make_publication(name="Hafenblatt", url="https://hafenblatt.example/")
    work = make_source_work(publication=outlet, url="https://hafenblatt.example/winter")
    make_attribution(article=article, source_work=work)
    german = make_article(slug="letzter-winter", language="de", story=article.story)
    make_attribution(article=german, source_article=article)
    return article


def atom_of(client, address="/feeds/latest.atom"):
    return ElementTree.fromstring(client.get(address).content)


def rss_of(client, address="/feeds/latest.rss"):
    return ElementTree.fromstring(client.get(address).content).find("channel")


def ids_of(client, kind, prefix=""):
    text = client.get(f"{prefix}/feeds/latest.{kind}").text
    if kind == "json":
        return [item["id"] for item in json.loads(text)["items"]]
    path = ".//guid" if kind == "rss" else ".//a:entry/a:id"
    return [each.text for each in ElementTree.fromstring(text).findall(path, NAMES)]


def links_of(node):
    """{(rel, hreflang): address} of an element of Atom."""
    links = [link.attrib for link in node.findall("a:link", NAMES)]
    return {(link["rel"], link.get("hreflang")): link["href"] for link in links}


def test_atom_says_everything(client, translation):
    feed = atom_of(client)
    (entry,) = feed.findall("a:entry", NAMES)
    text = {name: entry.findtext(f"a:{name}", namespaces=NAMES) for name in
            ("title", "published", "updated", "summary", "content")}  # fmt: skip
    assert (text["title"], text["summary"]) == ("Last winter", "Ten weeks.")
    assert text["published"] == text["updated"] == "2026-11-03T06:00:00+00:00"
    assert entry.findtext("a:author/a:name", namespaces=NAMES) == "Maren Okafor"
    assert entry.findtext("a:contributor/a:uri", namespaces=NAMES) == f"{SITE}/contributors/mina/"
    assert links_of(entry) == {
        ("alternate", "en"): f"{SITE}/articles/winter/",
        ("alternate", "de"): f"{SITE}/de/articles/letzter-winter/",
        ("via", "de"): "https://hafenblatt.example/winter",
    }
    assert links_of(feed)[("self", None)] == feed.findtext("a:id", namespaces=NAMES)
    assert links_of(feed)[("alternate", "en")] == f"{SITE}/"
    assert links_of(feed)[("alternate", "de")] == f"{SITE}/de/feeds/latest.atom"


def test_credit_comes_first_and_every_link_says_its_host(client, translation):
    html = atom_of(client).findtext(".//a:content", namespaces=NAMES)
    assert html.startswith('<p>Originally appeared at <a href="https://hafenblatt.example/winter"')
    assert f'<a href="{SITE}/contributors/mina/">' in html
    assert html.endswith(f'<p>See <a href="{SITE}/pages/about/" rel="noopener">us</a>.</p>')


def test_rss_says_the_same(client, translation):
    channel = rss_of(client)
    item = channel.find("item")
    assert item.findtext("link") == f"{SITE}/articles/winter/"
    assert parsedate_to_datetime(item.findtext("pubDate")) == translation.publish_at
    said = {name: item.findtext(f"dc:{name}", namespaces=NAMES) for name in
            ("creator", "contributor", "language", "source")}  # fmt: skip
    assert said == {"creator": "Maren Okafor", "contributor": "Mina Drost", "language": "en",
                    "source": "https://hafenblatt.example/winter"}  # fmt: skip
    assert item.findtext("content:encoded", namespaces=NAMES).startswith("<p>Originally appeared")
    assert channel.findtext("language") == "en"
    assert links_of(channel)[("self", None)] == f"{SITE}/feeds/latest.rss"


def test_json_feed_says_the_same(client, translation):
    translation.topics.add(Topic.objects.create(slug="weather", names={"en": "Weather"}))
    told = json.loads(client.get("/feeds/latest.json").text)
    assert (told["version"], told["language"]) == ("https://jsonfeed.org/version/1.1", "en")
    (item,) = told["items"]
    assert item["external_url"] == "https://hafenblatt.example/winter"
    assert item["authors"] == [{"name": "Maren Okafor", "url": f"{SITE}/contributors/maren/"}]
    assert item["tags"] == ["Harbour", "Weather"]
    assert item["image"].startswith(f"{SITE}/images/")
    assert item["_credit"]["translators"][0]["name"] == "Mina Drost"
    assert item["_credit"]["source_language"] == "de"


def test_source_is_the_author_where_the_byline_has_none(client):
    article = make_article()
    make_attribution(article=article, source_work=make_source_work(byline="Elke Brandt"))
    assert rss_of(client).findtext(".//dc:creator", namespaces=NAMES) == "Elke Brandt"


@pytest.mark.parametrize("kind", KINDS)
def test_id_outlives_every_change_of_the_address(client, translation, kind):
    before = ids_of(client, kind)
    Article.objects.filter(pk=translation.pk).update(slug="other", headline="Other")
    assert ids_of(client, kind) == before and before[0].startswith("tag:localhost,")


@pytest.mark.parametrize("kind", KINDS)
def test_only_what_is_live_in_the_edition_stands_in_its_feed(client, kind):
    now = timezone.now()
    live = make_article()
    make_article(status="draft")
    make_article(status="withdrawn")
    make_article(publish_at=now + timedelta(minutes=5))
    make_article(unpublish_at=now - timedelta(minutes=5))
    german = make_article(language="de")
    assert ids_of(client, kind) == [feeds.entry_id(live)]
    assert ids_of(client, kind, "/de") == [feeds.entry_id(german)]


@pytest.mark.parametrize("kind", KINDS)
def test_empty_feed_is_a_feed(client, kind):
    response = client.get(f"/feeds/latest.{kind}")
    assert response["Content-Type"] == KINDS[kind] and ids_of(client, kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_stays_text(client, kind):
    evil = "</title><script>alert(1)</script>]]>&amp;\x0b"
    make_article(headline=evil, body="<p>a\x08b</p><script>alert(1)</script>")
    text = client.get(f"/feeds/latest.{kind}").text
    if kind == "json":
        assert json.loads(text)["items"][0]["title"] == evil
    else:
        found = ElementTree.fromstring(text)
        path = ".//item/title" if kind == "rss" else ".//a:entry/a:title"
        assert found.findtext(path, namespaces=NAMES) == evil.replace("\x0b", "")
        assert "<script" not in text


def test_feed_of_a_person_has_what_they_had_a_part_in(client, translation):
    make_article(headline="Another")
    titles = [
        each.text for each in rss_of(client, "/contributors/mina/feeds/latest.rss").iter("title")
    ]
    assert titles == ["Mina Drost – The Quillmere Courier", "Last winter"]
    page = client.get("/contributors/mina/").text
    assert 'href="/contributors/mina/feeds/latest.atom"' in page
    assert 'href="/feeds/latest.rss"' in page and 'href="/de/feeds/latest.json"' not in page


def make_translations(many):
    """Articles with a translator each, all of which have a German version."""
    for number in range(many):
        article = make_article(
            publish_at=timezone.now() - timedelta(hours=many + number),
            byline=[(make_contributor(), Role.TRANSLATOR)],
        )
        make_attribution(article=article)
        german = make_article(story=article.story, language="de")
        make_attribution(article=german, source_article=article)


def test_newest_thirty_come_newest_first_for_as_many_queries_as_one(client, monkeypatch):
    newest = feeds.newest
    monkeypatch.setattr(feeds, "newest", lambda *a, **k: newest(*a, **k).fetch_mode(FETCH_RAISE))
    counts = []
    for many in (1, 35):
        make_translations(many)
        with CaptureQueriesContext(connection) as counted:
            found = ids_of(client, "atom")
        counts.append(len(counted))
    assert counts[0] == counts[1] == 8 and len(found) == 30
    dates = [each.text for each in atom_of(client).findall(".//a:published", NAMES)]
    assert dates == sorted(dates, reverse=True)


def test_unchanged_feed_is_answered_without_its_text(cache, translation):
    first = Answer(cache, "/feeds/latest.rss")
    again = Answer(cache, "/feeds/latest.rss", if_none_match=first.headers["ETag"])
    assert first.status == 200 and again.status == 304 and again.body == b""


def test_retraction_stands_above_the_text_and_ends_the_offer(client, translation):
    text = "Nothing of this is true."
    told = make_correction(translation, kind="retraction", text=text)
    shown = atom_of(client).find(".//a:content", NAMES).text
    assert shown.startswith("<p><strong>Retraction</strong> (<time datetime=")
    assert f'"{told.created_at.isoformat(timespec="seconds")}">' in shown
    assert f"</time>): {text}</p>" in shown
    Attribution.objects.update(licence=make_licence())
    assert client.get("/articles/winter/republish/").status_code == 404


def test_source_that_was_taken_back_is_linked_no_more(client, translation):
    assert atom_of(client).find(".//a:link[@rel='via']", NAMES) is not None
    SourceWork.objects.update(withdrawn_at=timezone.now())
    assert atom_of(client).find(".//a:link[@rel='via']", NAMES) is None
    assert "hafenblatt.example/winter" not in client.get("/articles/winter/").text
