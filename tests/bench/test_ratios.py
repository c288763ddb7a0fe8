"""The promised ratios, roughly: what became three times as slow is red here, `make bench` measures.

Less is measured, and on a database that does not wait for a disk, so that each limit stands between
what is usual here and three times that.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from statistics import median

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from bench import (
    first_page,
    million,
    rendering,
    reply,
    searching,
    settings,
    urls,
    vocabulary,
    votes,
    world,
)
from bench.clients import FRESH, SPOKEN
from bench.measuring import milliseconds, turns
from bench.rendering import cpu
from bench.voting_clients import Client as VotingClient
from comments.models import Comment
from comments.voting import CAST
from newsroom.page_keys import key_of
from operations.clock import database_now
from pagecache.store import PageStore
from pagecache.wsgi import PageCache
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
QUICK = world.Scale(is_quick=True)
PAGE = b"The ferry is late again. " * 4000
urlpatterns = [path("bare/", lambda request: HttpResponse(PAGE)), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def usual_site() -> Iterator[None]:
    """The site with the usual form of its pages, and nothing seeded yet."""
    for seeded in (world.conversation, world.short_threads, world.thread):
        seeded.cache_clear()
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=settings.TEMPLATES):
        yield


def ratio_of(ours, theirs, rounds=9):
    """The median of ours by theirs, in turns."""
    pairs = zip(*turns(ours, theirs, rounds=rounds), strict=True)
    return median(our / their for our, their in pairs)


def test_reply_costs_little_more_than_its_row():
    row, untouched = reply.measure(QUICK)
    assert untouched.holds
    assert row.value < 4


def test_first_page_is_read_in_a_few_times_the_least_query():
    execution, whole, _planning, queries = first_page.measure(QUICK)
    assert queries.holds
    assert execution.value < 15
    assert whole.value < 50


def test_comments_are_written_in_a_fraction_of_the_usual_time():
    [row] = rendering.measure(QUICK)
    assert row.value < 0.4


def test_uncached_article_is_faster_than_the_usual_form():
    article, client = world.short_threads(18, 4), Client()

    def ask(address):
        return lambda: cpu(lambda: client.get(address))

    usual, ours = ask(f"/usual/{article.slug}/"), ask(article.get_absolute_url())
    assert client.get(f"/usual/{article.slug}/").text.count('class="comment"') > 80
    assert ratio_of(usual, ours, rounds=5) > 1.3


def test_article_after_a_comment_costs_a_fraction_of_one_made_anew():
    path = world.short_threads(18, 4).get_absolute_url()
    cache = PageCache(WSGIHandler(), store=PageStore(10**7), listener=Hearing(), key_of=key_of)

    def ask(who):
        return lambda: cpu(lambda: call(cache, path, who))

    anew, spoken = ask(FRESH), ask(SPOKEN)
    assert call(cache, path, SPOKEN).count(b'class="comment"') > 80
    assert ratio_of(anew, spoken, rounds=5) > 1.3


class Hearing:
    """A listener that always hears."""

    def is_deaf(self, now):
        return False


def call(application, address, who=None):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "HTTP_HOST": "localhost",
               "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
               "wsgi.input": BytesIO(), "HTTP_COOKIE": (who or {}).get("Cookie", "")}  # fmt: skip
    answered = application(environ, lambda status, headers, exc_info=None: None)
    body = b"".join(answered)
    if hasattr(answered, "close"):
        answered.close()
    return body


def test_cached_article_is_faster_than_a_bare_view():
    address = world.short_threads(18, 4).get_absolute_url()
    with override_settings(MIDDLEWARE=[]):
        bare = WSGIHandler()
    cache = PageCache(WSGIHandler(), store=PageStore(1 << 24), listener=Hearing(), key_of=key_of)
    assert b"The Newsroom" in call(cache, address)

    def hundred(application, address):
        return lambda: milliseconds(lambda: [call(application, address) for _n in range(100)])

    assert ratio_of(hundred(bare, "/bare/"), hundred(cache, address)) > 1.5


def test_votes_are_faster_than_with_a_lock():
    comment = write(make_article())
    told = {"conninfo": votes.conninfo(), "comments": [comment.pk], "voters": 50}
    clients = {
        statement: [VotingClient({**told, "statement": statement}, n) for n in range(8)]
        for statement in (CAST, "")
    }
    with ThreadPoolExecutor(8) as pool:

        def voting(statement):
            ends = time.monotonic() + 0.3
            return sum(pool.map(lambda client: client.vote(ends), clients[statement]))

        assert ratio_of(lambda: voting(CAST), lambda: voting(""), rounds=5) > 1.2
    for client in (*clients[CAST], *clients[""]):
        client.close()


def test_eight_writers_in_one_story_do_not_wait_for_each_other():
    article = make_article()
    one, eight = ([write(where) for where in stories] for stories in
                  ([article] * 8, [make_article() for _story in range(8)]))  # fmt: skip

    def posting(answered):
        with ThreadPoolExecutor(8) as pool:
            return milliseconds(lambda: list(pool.map(post_five, answered)))

    connection.close()
    assert ratio_of(lambda: posting(one), lambda: posting(eight), rounds=3) < 2.5


def post_five(root):
    try:
        for _number in range(5):
            write(root.article, in_reply_to=Comment.objects.get(pk=root.pk))
    finally:
        connections.close_all()


def test_seeding_costs_little_more_than_copying():
    row, _alone, check, found_nothing = million.measure(QUICK)
    assert found_nothing.holds
    assert row.value > 0.08
    assert check.value < 1


def test_search_costs_a_few_times_the_count_of_what_it_finds():
    most, some, few, *meant = searching.measure(QUICK)
    assert most.value < 15
    assert some.value < 25
    assert few.value < 25
    assert all(each.value < 50 for each in meant)


def test_words_are_as_uneven_as_in_a_language():
    searching.sow(1000)
    now = database_now()
    for wanted in (900, 100, 20):
        found = searching.count(vocabulary.word_of(wanted, of=1000), now)
        assert wanted / 2 < found < wanted * 2
