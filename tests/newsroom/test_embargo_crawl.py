"""Nobody learns of an embargoed piece a second too early, and everybody has it a second later.

A running site without a worker is crawled as a whole: all addresses that it links or lists, and
all that its URL configuration makes of slugs and numbers that a reader might guess.
"""

import re
import time
from datetime import timedelta

import pytest

from articles.models import Article, Contributor, Page, Section, Series, Topic
from comments.models import Comment, Passage
from newsroom.sitemaps import IDS_IN_ONE
from operations.clock import database_now, site_day
from tests.newsroom.crawling import Crawler, addresses
from tests.newsroom.embargo_world import EDITIONS, make_world
from tests.operations.launching import wait_until
from tests.pagecache.machines import Machine

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SECOND = 1.0
# without the words that nobody may read: a page says what it was asked
SEARCHES = ("q=harbour&lang=all", "q=headline&lang=all", "q=tuesday&sort=newest", "q=zzsealcounts",
            "q=stood&lang=all&in=comments")  # fmt: skip
QUERIES = ("?sort=newest", "?lang=de", "?show=all", "?show=inline", "?from=1", "?page=1")


@pytest.fixture
def machine(tmp_path):
    machine = Machine(tmp_path / "machine.log", workers=1)
    try:
        wait_until(machine.is_up, seconds=60)
        yield machine
    finally:
        machine.stop()


def every_address(world):
    kinds = (Article, Contributor, Section, Series, Topic)
    rows = {model: list(model.objects.all()) for model in kinds}
    articles = rows[Article]
    known = {
        "articles": [each.slug for each in articles],
        "contributors": [each.slug for each in rows[Contributor]],
        "sections": [each.slug for each in rows[Section]],
        "series": [each.slug for each in rows[Series]],
        "topics": [each.slug for each in rows[Topic]],
        "pages": [each.slug for each in Page.objects.all()],
        "pk": [each.pk for each in (*Comment.objects.all(), *Passage.objects.all())],
        "language": EDITIONS,
        "kind": ["rss", "atom", "json"],
        "number": sorted({article.pk // IDS_IN_ONE for article in rows[Article]}),
        "year": [f"{database_now():%Y}"],
        "month": ["01", f"{database_now():%m}"],
        "token": ["x"],
    }  # fmt: skip
    paths = addresses(known, EDITIONS)
    return [
        *paths,
        *(f"{each.get_absolute_url()}{query}" for each in articles for query in QUERIES),
        *(f"/search/?{words}" for words in SEARCHES),
        *(secret.picture for secret in world.secrets.values()),
    ]


def telling(pages, words):
    """{word: addresses} of the words that are read anywhere."""
    told = {}
    for page in pages:
        for word in words:
            if re.search(word, page.text, re.IGNORECASE):
                told.setdefault(word, set()).add(page.path)
    return told


def test_embargo_holds_to_the_second_on_every_page_of_the_site(machine):
    world = make_world()
    crawler = Crawler(machine.port, every_address(world))
    began = time.time()
    crawler.crawl()  # with what was live before: the caches are full
    patience = 3 * (time.time() - began) + 5
    until = database_now() + timedelta(seconds=patience)
    world.embargo(until)
    at = until.timestamp()
    before = [page for page in crawler.crawl() if page.ended < at]
    assert len(before) == len(crawler.paths), "the machine was too slow for this test"
    never = crawler.ask("/articles/never-was/")
    began = time.time()
    ask_front_line(crawler, world)
    lead = max(SECOND, 2 * (time.time() - began))  # a slow machine cannot ask them in a second
    while time.time() < at - lead:
        time.sleep(0.05)
    last = ask_front_line(crawler, world)
    assert last[-1].ended < at, "the machine was too slow for this test"
    before += last
    assert telling(before, world.words) == {}
    check_unknown(world, before, never)
    while time.time() < at:
        time.sleep(0.01)
    check_told(world, [*ask_front_line(crawler, world), *crawler.crawl()])


def ask_front_line(crawler, world):
    """The pages that matter most, asked in the last second and in the first."""
    secrets = [secret.address for secret in world.secrets.values()]
    heads = [crawler.ask(path, "HEAD") for path in secrets]
    paths = ["/", "/de/", "/feeds/latest.atom", *sitemaps(world), *secrets]
    return heads + [crawler.ask(path) for path in paths]


def sitemaps(world):
    return sorted({sitemap_of(secret.article) for secret in world.secrets.values()})


def sitemap_of(article):
    return f"/sitemaps/articles-{article.pk // IDS_IN_ONE}.xml"


def check_unknown(world, pages, never):
    """An embargoed address answers like one that never was, to the letter."""
    by_path = {page.path: page for page in pages}
    for secret in world.secrets.values():
        page = by_path[secret.address]
        assert {each.status for each in pages if each.path == page.path} == {404}, page.path
        assert secret.article.language != "en" or said_by(page) == said_by(never)
        assert by_path[secret.picture].status == 404
        for comment in secret.comments:
            assert by_path[f"/comments/{comment.pk}/"].status == 404
            assert by_path[f"/comments/{comment.pk}/history/"].status == 404


def said_by(page):
    """Its lines, ETag and all, without when it was made and from where it came."""
    return re.sub(r"(?im)^(?:date|x-cache|age): .*$", "", page.text)


def check_told(world, pages):
    told = telling(pages, world.words)
    lacking = []
    for name, secret in world.secrets.items():
        word, language = secret.article.slug, secret.article.language
        prefix = "" if language == "en" else f"/{language}"
        month = f"{site_day(secret.article.publish_at):%Y/%m}"
        places = [f"{prefix}/", f"{prefix}/archive/{month}/", f"{prefix}/sections/harbour/",
                  f"{prefix}/topics/tides/", f"{prefix}/series/letters/",
                  *(f"{prefix}{of}/feeds/latest.{kind}" for kind in ("rss", "atom", "json")
                    for of in ("", "/sections/harbour", "/topics/tides", "/series/letters")),
                  sitemap_of(secret.article), "/news-sitemap.xml", secret.address,
                  f"{secret.address}comments/", f"{secret.address}passages/"]  # fmt: skip
        lacking += [(name, place) for place in places if place not in told.get(word, ())]
    assert not lacking
    statuses = {page.path: page.status for page in pages}
    for secret in world.secrets.values():
        assert statuses[secret.picture] == (302 if secret.article.lead_image_id else 200)
    assert "zqcomment" in text_of(pages, f"/search/?{SEARCHES[-1]}")
    again = world.secrets["again"]
    assert {statuses[f"/comments/{comment.pk}/"] for comment in again.comments} == {200}
    assert "zqsealcount" in text_of(pages, "/ru/articles/tyuleni/")
    assert "zqfaehre" in text_of(pages, "/articles/ferry/")


def text_of(pages, path):
    return next(page.text for page in pages if page.path == path)
