"""What readers get while news waits to be shown: the old copy for a moment, and nobody waits."""

from threading import Event

from pagecache.store import GRACE
from pagecache.wsgi import PAUSE
from tests.pagecache.builders import BODY, Answer, settle


def test_old_copy_stands_in_only_between_two_renderings(cache, clock, application):
    Answer(cache)
    cache.store.soften(["story:1"], now=clock.now)
    clock.now += PAUSE * 0.9
    assert Answer(cache).how == "stale"
    application.body = b"new"
    clock.now += PAUSE * 0.2
    assert Answer(cache).body == BODY
    settle(cache)
    assert (Answer(cache).how, Answer(cache).body) == ("hit", b"new")


def test_nobody_waits_for_the_new_copy_while_the_old_one_may_stand_in(cache, clock, application):
    made = Event()
    Answer(cache)
    cache.store.soften(["story:1"], now=clock.now)
    clock.now += 0.5
    application.before = lambda: made.wait(5)
    assert [Answer(cache).how for _reader in range(3)] == ["stale"] * 3
    made.set()
    settle(cache)
    assert Answer(cache).how == "hit"
    assert len(application.asked) == 2


def test_old_copy_stands_in_for_less_than_a_second(cache, clock, application):
    Answer(cache)
    cache.store.soften(["story:1"], now=clock.now)
    clock.now += GRACE
    assert Answer(cache).how == "miss"


def test_two_pages_are_not_made_aside_at_once(cache, clock, application):
    made = Event()
    for path in ("/", "/other"):
        Answer(cache, path)
    cache.store.soften(["story:1"], now=clock.now)
    clock.now += 0.5
    application.before = lambda: made.wait(5)
    assert Answer(cache, "/").how == "stale"
    application.before = lambda: None
    assert Answer(cache, "/other").how == "miss"
    made.set()
    settle(cache)


def test_page_that_fails_aside_is_tried_again(cache, clock, application):
    Answer(cache)
    cache.store.soften(["story:1"], now=clock.now)
    clock.now += 0.5
    application.status = "500 Internal Server Error"
    assert Answer(cache).how == "stale"
    settle(cache)
    application.status = "200 OK"
    assert Answer(cache).how == "stale"
    settle(cache)
    assert Answer(cache).how == "hit"
    assert application.closed == len(application.asked) == 3


def test_page_overtaken_by_news_is_kept_for_a_moment(cache, clock, application):
    application.before = lambda: cache.store.soften(["story:1"], now=clock.now)
    Answer(cache)
    assert Answer(cache).how == "stale"
    clock.now += PAUSE
    assert Answer(cache).how == "stale"
    settle(cache)
