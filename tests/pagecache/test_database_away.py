"""Who hears of no drops serves nothing kept; while the database is gone, the last copies."""

import pytest

from pagecache import wsgi
from pagecache.wsgi import STAND_IN, TRY_AGAIN
from tests.pagecache.builders import BODY, Answer, Application, Clock, key_at, make_cache


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(wsgi, "time", clock)
    return clock


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def cache(clock, application):
    cache = make_cache(application)
    assert Answer(cache).how == "miss"
    return cache


@pytest.fixture
def away(cache, clock, application):
    """The database takes no connections, as its listener has found."""
    cache.listener.hears, cache.listener.refused_at = False, clock.now
    application.status, application.tags, application.body = "500 Server Error", None, b"sorry"


def test_process_that_hears_nothing_serves_and_keeps_nothing(cache, application):
    cache.listener.hears = False
    application.body = b"new"
    answer = Answer(cache)
    assert (answer.how, answer.body) == ("bypass", b"new")
    assert cache.store.get(key_at("/")).body == BODY
    assert Answer(cache, "/other/").how == "bypass" and cache.store.get(key_at("/other/")) is None


def test_process_that_hears_again_serves_what_it_keeps(cache):
    cache.listener.hears = False
    Answer(cache)
    cache.listener.hears = True
    assert Answer(cache).how == "hit"


def test_page_rendered_before_it_heard_again_is_not_kept(cache, application):
    cache.listener.hears = False

    def hear_again():
        cache.store.clear()  # as the listener does
        cache.listener.hears = True

    application.before = hear_again
    assert Answer(cache, "/other/").how == "bypass"
    assert cache.store.get(key_at("/other/")) is None


def test_last_copy_stands_in_while_the_database_is_away(cache, away, application):
    answer = Answer(cache)
    assert (answer.status, answer.how, answer.body) == (200, "stand-in", BODY)
    assert application.closed == len(application.asked)


def test_last_copy_stands_in_for_a_minute_and_no_longer(cache, away, clock):
    clock.now += STAND_IN
    assert Answer(cache).how == "stand-in"
    clock.now += 0.1
    answer = Answer(cache)
    assert (answer.status, answer.body) == (500, b"sorry")


def test_last_copy_never_stands_in_past_its_end(clock, application):
    application.left = 20.0
    cache = make_cache(application)
    Answer(cache)
    cache.listener.hears, cache.listener.refused_at = False, clock.now
    application.status, application.tags = "500 Server Error", None
    clock.now += 19.9
    assert Answer(cache).how == "stand-in"
    clock.now += 0.1
    assert Answer(cache).status == 500


def test_fault_of_the_page_itself_is_told(cache, away):
    cache.listener.refused_at = None  # the database answers
    assert Answer(cache).status == 500


def test_page_that_was_taken_away_does_not_stand_in(cache, away):
    cache.store.drop(["story:1"])
    assert Answer(cache).status == 500


def test_stale_page_stands_in(cache, away, clock):
    cache.store.soften(["story:1"], now=clock.now)
    assert Answer(cache).how == "stand-in"


def test_page_that_is_not_there_is_no_reason_to_show_an_older_one(cache, away, application):
    application.status = "404 Not Found"
    assert Answer(cache).status == 404


def test_only_one_reader_at_a_time_waits_for_a_database_that_is_away(cache, away, application):
    answers = [Answer(cache) for _reader in range(5)]
    assert {answer.how for answer in answers} == {"stand-in"}
    assert len(application.asked) == 2  # the one that filled the cache, and one of the five


def test_reader_who_tries_again_finds_the_database_back(cache, away, clock, application):
    Answer(cache)
    application.status, application.tags, application.body = "200 OK", ("story:1",), b"new"
    clock.now += TRY_AGAIN
    assert [Answer(cache).body, Answer(cache).body] == [b"new", b"new"]


def test_nothing_stands_in_once_the_listener_is_connected(cache, away, application):
    Answer(cache)
    cache.listener.refused_at = None
    application.status, application.tags, application.body = "200 OK", ("story:1",), b"new"
    assert Answer(cache).body == b"new"


def test_nothing_stands_in_where_only_the_listener_is_refused(cache, away, clock, application):
    application.status, application.tags, application.body = "200 OK", ("story:1",), b"new"
    clock.now += 1.0
    assert [Answer(cache).body for _reader in range(5)] == [b"new"] * 5
    assert len(application.asked) == 1 + 5
