"""Feeds and sitemaps are what their formats demand, and each rule fires on a bad example."""

import json
from datetime import timedelta

import feedparser
import pytest
from django.utils import timezone

from articles.models import Article, Story
from tests.builders import make_article, make_contributor, make_image
from tests.newsroom import validity
from tests.newsroom.public_pages import make_paper
from tests.translations.builders import make_attribution, make_source_work

pytestmark = pytest.mark.django_db
EVIL = "</title>]]>&amp; <b>\x0b “quay” 🎉"
PLACES = [
    f"{edition}{subject}/feeds/latest"
    for edition in ("", "/de")
    for subject in (
        "",
        "/sections/harbour",
        "/topics/weather",
        "/series/letters",
        "/contributors/maren",
    )
]
RULES = {"atom": validity.atom, "rss": validity.rss}


@pytest.fixture
def paper():
    """With pieces that have everything, and one whose words are hostile."""
    comment = make_paper()
    story = comment.discussion.story
    rich = make_article(
        story=Story.objects.create(series=story.series),
        byline=[(make_contributor(name=EVIL), "reporter"), (make_contributor(), "translator")],
        headline=EVIL, standfirst=EVIL, lead_image=make_image(),
        updated_at=timezone.now(), body="<p>a\x08b</p>",
    )  # fmt: skip
    make_attribution(article=rich, source_work=make_source_work(url="https://elsewhere.example/x"))
    for topic in story.articles.get(language="en").topics.all():
        rich.topics.add(topic)
    return rich


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", RULES)
def test_feed_in_xml_is_valid(client, paper, kind, place):
    text = client.get(f"{place}.{kind}").text
    assert list(RULES[kind](text)) == []


@pytest.mark.parametrize("place", PLACES)
def test_feed_in_json_is_valid(client, paper, place):
    assert list(validity.json_feed(client.get(f"{place}.json").json())) == []


@pytest.mark.parametrize("kind", RULES)
def test_feed_is_read_as_it_is_meant(client, paper, kind):
    read = feedparser.parse(client.get(f"/feeds/latest.{kind}").content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.feed.language == "en" or kind == "atom"
    live = Article.objects.live(timezone.now()).in_edition("en").newest_first()
    assert [entry.id for entry in read.entries] == [
        f"tag:localhost,{each.created_at:%Y-%m-%d}:articles/{each.pk}" for each in live
    ]
    entry = next(each for each in read.entries if each.id.endswith(f"/{paper.pk}"))
    assert entry.link == f"http://localhost:8000{paper.get_absolute_url()}"
    assert entry.published_parsed[:5] == paper.publish_at.utctimetuple()[:5]
    assert "Originally appeared at" in entry.content[0].value
    assert not any("<script" in each.content[0].value for each in read.entries)


@pytest.mark.parametrize("kind", RULES)
def test_feed_without_entries_is_valid(client, kind):
    text = client.get(f"/feeds/latest.{kind}").text
    assert list(RULES[kind](text)) == [] and feedparser.parse(text).bozo is False


def test_every_sitemap_is_valid(client, paper):
    index = client.get("/sitemap.xml").text
    places = [part.partition("</loc>")[0] for part in index.split("<loc>")[1:]]
    assert "http://localhost:8000/news-sitemap.xml" in places and len(places) >= 3
    for place in ["/sitemap.xml", *places]:
        text = client.get(place.removeprefix("http://localhost:8000")).text
        assert list(validity.sitemap(text)) == [], place


def test_sitemaps_are_valid_with_old_pieces_alone(client, paper):
    Article.objects.update(publish_at=timezone.now() - timedelta(days=9))
    assert list(validity.sitemap(client.get("/sitemap.xml").text)) == []


BAD = [
    ("<updated>", "<updated>yesterday"),
    ("<id>tag:", "<id>"),
    ('rel="self"', 'rel="alternate"  hreflang="en_US"'),
    ("<published>", "<began/><published>"),
    ("<author><name>", "<author><nickname/><name>"),
    ('href="http://localhost:8000/articles', 'href="/articles'),
    ("<category term=", "<category name="),
]


@pytest.mark.parametrize(("right", "wrong"), BAD)
def test_rules_of_atom_fire(client, paper, right, wrong):
    text = client.get("/feeds/latest.atom").text
    assert right in text and list(validity.atom(text.replace(right, wrong)))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("<pubDate>", "<pubDate>soon "), ('isPermaLink="false"', ""), ("<guid", "<uid/><guid"),
     ("<link>http://localhost:8000", "<link>"), ('version="2.0"', 'version="0.92"'),
     ("</guid>", "</guid><guid>x</guid>")],
)  # fmt: skip
def test_rules_of_rss_fire(client, paper, right, wrong):
    text = client.get("/feeds/latest.rss").text
    assert right in text and list(validity.rss(text.replace(right, wrong)))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("version/1.1", "version/1"), ('"id": "tag', '"uid": "tag'), ("T", " "),
     ('"content_html"', '"_content"'), ('"authors": [{"name"', '"authors": [{"nick"'),
     ('"url": "http://localhost:8000', '"url": "')],
)  # fmt: skip
def test_rules_of_json_feeds_fire(client, paper, right, wrong):
    text = client.get("/feeds/latest.json").text
    assert right in text and list(validity.json_feed(json.loads(text.replace(right, wrong))))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("<news:title>", "<news:keywords/><news:title>"), ("en</news:language>", "</news:language>"),
     ("<loc>http://localhost:8000", "<loc>"), ("_date>2", "_date>a"),
     ("<loc>", "<priority>1</priority><loc>"), ("/articles/ferry/", "/articles/once-more/" * 200),
     ("<loc>http://localhost:8000/articles/ferry/", "<loc>https://elsewhere.example/")],
)  # fmt: skip
def test_rules_of_sitemaps_fire(client, paper, right, wrong):
    text = client.get("/news-sitemap.xml").text
    assert right in text and list(validity.sitemap(text.replace(right, wrong)))


def test_empty_sitemap_is_none():
    assert list(validity.sitemap(f'<urlset xmlns="{validity.MAP[1:-1]}"/>'))
