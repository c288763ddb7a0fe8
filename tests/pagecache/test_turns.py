"""Many readers of one page at once: one of them renders it. Real threads, the real clock."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.pagecache.builders import BODY, Answer, Application, make_cache

READERS = 12


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def cache(application):
    return make_cache(application)


def read_at_once(cache, paths):
    """What each of the readers got, or the exception that the server would have seen."""
    start = threading.Barrier(len(paths))

    def read(path):
        start.wait()
        try:
            return Answer(cache, path)
        except ZeroDivisionError as error:
            return error

    with ThreadPoolExecutor(len(paths)) as pool:
        return list(pool.map(read, paths))


def test_readers_of_one_page_wait_for_one_rendering(cache, application):
    application.before = lambda: time.sleep(0.2)
    answers = read_at_once(cache, ["/"] * READERS)
    assert len(application.asked) == 1
    assert {answer.body for answer in answers} == {BODY}
    assert sorted(answer.how for answer in answers) == ["hit"] * (READERS - 1) + ["miss"]


def test_readers_of_other_pages_do_not_wait(cache, application):
    together = threading.Barrier(READERS)  # breaks unless all render at the same time
    application.before = lambda: together.wait(5)
    answers = read_at_once(cache, [f"/{number}" for number in range(READERS)])
    assert {answer.how for answer in answers} == {"miss"}


def test_failed_rendering_frees_those_who_wait(cache, application):
    def fail():
        time.sleep(0.1)
        raise ZeroDivisionError

    application.before = fail
    begun = time.monotonic()
    assert all(isinstance(one, ZeroDivisionError) for one in read_at_once(cache, ["/"] * READERS))
    assert time.monotonic() - begun < 2
    application.before = lambda: None
    assert [Answer(cache).how, Answer(cache).how] == ["miss", "hit"]


def test_page_that_is_not_kept_after_all_frees_those_who_wait(cache, application):
    application.before = lambda: time.sleep(0.1)
    application.tags = None
    answers = read_at_once(cache, ["/"] * READERS)
    assert {answer.body for answer in answers} == {BODY}
    assert len(application.asked) == application.closed == READERS


def test_whoever_waited_never_gets_what_was_taken_away_meanwhile(cache, application):
    rendered = []

    def render():
        application.body = b"old" if not rendered else b"new"
        rendered.append(1)
        if len(rendered) == 1:
            time.sleep(0.2)
            cache.store.drop(["story:1"])

    application.before = render
    bodies = [answer.body for answer in read_at_once(cache, ["/"] * 2)]
    assert sorted(bodies) == [b"new", b"old"]  # `old` for who began before
    assert Answer(cache).body == b"new"


def test_constant_news_has_the_page_made_by_one_reader_at_a_time(cache, application):
    def render():
        cache.store.soften(["story:1"], now=time.monotonic())
        time.sleep(0.05)

    application.before = render
    answers = read_at_once(cache, ["/"] * READERS)
    assert len(application.asked) == 1
    assert sorted(answer.how for answer in answers) == ["miss"] + ["stale"] * (READERS - 1)
