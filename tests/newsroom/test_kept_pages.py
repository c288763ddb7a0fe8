"""Every public page through the cache in front of Django."""

import pytest

from comments.asking import ask
from comments.models import Passage
from newsroom.kept_pages import keep_pages
from pagecache.marks import HEADER, PARTS
from tests.builders import make_article, make_colleague
from tests.newsroom.public_pages import PUBLIC, make_paper
from tests.pagecache.builders import Answer

pytestmark = pytest.mark.django_db
PASSING = (302, 404)
MOMENTARY = ("since=", "/error/", "/search/")  # of one moment, or seen by hardly anybody twice
KEPT = [
    address
    for address, status in PUBLIC.items()
    if status not in PASSING and not any(part in address for part in MOMENTARY)
]


@pytest.fixture(autouse=True)
def comment():
    return make_paper()


@pytest.mark.parametrize("address", KEPT)
def test_public_page_is_kept(cache, comment, caplog, address, django_assert_num_queries):
    address = address.format(comment=comment.pk, question=comment.passage_id)
    first = Answer(cache, address)
    with django_assert_num_queries(0):
        second = Answer(cache, address)
    assert (first.how, second.how) == ("miss", "hit")
    assert first.body == second.body and first.headers["ETag"] == second.headers["ETag"]
    assert first.status == second.status and "may not be" not in caplog.text
    assert not {"Set-Cookie", "X-Page-Cache"} & first.headers.keys()


def test_marks_for_the_cache_reach_nobody_without_one(settings, comment):
    settings.PAGE_CACHE_MEGABYTES = 0

    def application(environ, start_response):
        start_response("302 Found", [("Location", "/"), (HEADER, PARTS)])
        return [b"moved"]

    answer = Answer(keep_pages(application), "/comments/7/vote/", "POST")
    assert answer.headers == {"Location": "/"} and answer.body == b"moved"


@pytest.mark.parametrize("address", [address for address in PUBLIC if address not in KEPT])
def test_other_page_passes_and_is_not_kept(cache, comment, caplog, address):
    answers = [Answer(cache, address.format(comment=comment.pk)) for _twice in range(2)]
    assert [answer.how for answer in answers] == ["", ""] and len(cache.store) == 0
    assert {answer.status for answer in answers} == {PUBLIC[address]}
    assert "may not be" not in caplog.text


@pytest.mark.parametrize(
    "address", ["/", "/articles/ferry/", "/articles/withdrawn/", "/feeds/latest.rss"]
)
def test_head_of_a_kept_page_is_that_of_the_page(cache, address):
    head, get = Answer(cache, address, "HEAD"), Answer(cache, address)
    assert head.body == b"" and (head.status, get.how) == (get.status, "hit")
    assert head.headers | {"X-Cache": "hit"} == get.headers


def test_page_is_the_one_that_django_makes(cache, client):
    kept = Answer(cache, "/articles/ferry/?utm=1&sort=oldest")
    assert kept.body == client.get("/articles/ferry/?sort=oldest").content


@pytest.mark.parametrize(
    "flood",
    [
        "/?{n}",
        "/articles/ferry/?n={n}&sort=best",
        "/articles/ferry-{n}/",
        "/articles/ferry/with/{n}/",
        "/articles/ferry/with/de/?{n}",
        "/articles/ferry/?sort={n}",
        "/articles/ferry/?lang={n}",
        "/articles/ferry/comments/?show={n}",
        "/articles/ferry/comments/?after={n}",
        "/articles/ferry/comments/?thread={n}",
        "/articles/ferry/comments/?passage={n}",
        "/articles/ferry/comments/?thread={comment}&passage={n}",
        "/articles/ferry/comments/?thread={comment}&after={n}",
        "/comments/{n}/",
        "/sections/harbour/?page={n}",
        "/sections/harbour/?page=1&{n}",
        "/topics/weather-{n}/",
        "/series/letters-{n}/",
        "/feeds/latest.rss?{n}",
        "/sitemaps/articles-{n}.xml",
        "/contributors/nobody-{n}/feeds/latest.rss",
        "/search/?q={n}",
        "/support/press-{n}/",
        "/support/press-{n}.json",
        "/support/press-{n}/embed/",
    ],
)
def test_random_addresses_fill_no_store(cache, comment, flood):
    for number in range(10**6, 10**6 + 5):
        Answer(cache, flood.format(n=number, comment=comment.pk))
    assert len(cache.store) <= 2  # a page, and the shell in which it stands


def test_passage_that_readers_speak_of_has_a_kept_page(cache):
    article = make_article(slug="lamps", body="<p>The lamps were lit at dusk.</p>")
    passage = Passage(article=article, exact="lit at dusk", question="Who lit them?")
    ask(passage, by=make_colleague("chief"))
    address = f"/articles/lamps/comments/?passage={passage.pk}"
    assert [Answer(cache, address).how, Answer(cache, address).how] == ["miss", "hit"]
