"""The store: bounded by bytes, and never older than a drop."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pagecache.store import GRACE, REMEMBERED, PageStore
from tests.pagecache.builders import make_page


@pytest.fixture
def store():
    return PageStore(1_000_000)


def put(store, key, **page):
    return store.put(key, make_page(**page), since=store.sequence)


def test_page_is_found_by_its_key(store):
    assert put(store, "/")
    assert store.get("/") and store.get("/other") is None
    assert len(store) == 1 and store.bytes == store.get("/").size


def test_same_key_holds_one_page(store):
    put(store, "/", body=b"old" * 500)
    put(store, "/", body=b"new")
    assert store.get("/").body == b"new"
    assert len(store) == 1 and store.bytes == store.get("/").size


def test_least_recently_read_page_makes_room():
    store = PageStore(3 * make_page().size)
    for key in "abc":
        put(store, key)
    store.get("a")
    put(store, "d")
    assert [key for key in "abcd" if store.get(key)] == ["a", "c", "d"]
    assert store.bytes <= store.max_bytes


def test_big_page_takes_the_place_of_several_small_ones():
    store = PageStore(10_000)
    for key in "abcdefgh":
        put(store, key, body=b"small")
    put(store, "big", body=b"x" * 5000)
    assert store.get("big") and store.get("h") and not store.get("a")
    assert store.bytes <= 10_000


def test_page_larger_than_the_store_is_not_taken_and_drives_nothing_out():
    store = PageStore(10_000)
    put(store, "small", body=b"small")
    assert not put(store, "huge", body=b"x" * 10_000)
    assert store.get("small") and len(store) == 1


def test_drop_takes_the_pages_of_its_tags_alone(store):
    put(store, "/a", tags=("story:1", "site"))
    put(store, "/b", tags=("story:2", "lists", "site"))
    store.drop(["story:1"])
    assert store.get("/a") is None and store.get("/b")
    store.drop(["campaign:1", "site"])
    assert len(store) == 0 and store.bytes == 0


def test_page_rendered_before_a_drop_is_not_taken_after_it(store):
    since = store.sequence
    store.drop(["story:1"])
    assert not store.put("/", make_page(tags=("story:1",)), since=since)
    assert store.put("/other", make_page(tags=("story:2",)), since=since)
    assert put(store, "/", tags=("story:1",))


def test_page_from_before_forgotten_drops_is_not_taken_either(store):
    since = store.sequence
    store.drop(["story:1"])
    for number in range(REMEMBERED):
        store.drop([f"story:{number + 2}"])
    assert not store.put("/", make_page(tags=("story:1",)), since=since)
    assert len(store._dropped) <= REMEMBERED
    assert put(store, "/", tags=("story:1",))


def test_page_from_before_the_clearing_is_not_taken(store):
    put(store, "/a")
    since = store.sequence
    store.clear()
    assert not store.put("/", make_page(), since=since)
    for number in range(REMEMBERED + 1):
        store.drop([f"story:{number + 2}"])
    assert not store.put("/", make_page(), since=since)
    assert len(store) == 0 and store.bytes == 0
    assert put(store, "/")


def test_news_makes_pages_stale_from_its_first_word(store):
    put(store, "/a", tags=("story:1",))
    put(store, "/b", tags=("story:2",))
    store.soften(["story:1"], now=5.0)
    store.soften(["story:1"], now=5.5)
    assert store.get("/a").stale_until == 5.0 + GRACE
    assert store.get("/b").stale_until is None


def test_page_rendered_while_news_came_is_stale_from_its_beginning(store):
    since = store.sequence
    store.soften(["story:1"], now=7.0)
    assert store.put("/", make_page(tags=("story:1",), at=6.9), since=since)
    assert store.get("/").stale_until == 6.9 + GRACE


def test_page_rendered_after_the_news_is_fresh(store):
    store.soften(["story:1"], now=7.0)
    assert put(store, "/", tags=("story:1",), at=7.0)
    assert store.get("/").stale_until is None


def test_news_does_not_excuse_what_was_taken_away(store):
    since = store.sequence
    store.drop(["story:1"])
    store.soften(["story:1"], now=7.0)
    assert not store.put("/", make_page(tags=("story:1",)), since=since)


def test_stale_page_never_replaces_a_newer_one(store):
    since = store.sequence
    store.soften(["story:1"], now=7.0)
    put(store, "/", tags=("story:1",), at=7.1, body=b"new")
    assert not store.put("/", make_page(tags=("story:1",), at=6.9, body=b"old"), since=since)
    assert store.get("/").body == b"new"


@pytest.fixture
def threads_take_turns_at_once():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("threads_take_turns_at_once")
def test_readers_find_the_right_page_while_pages_come_and_go():
    store = PageStore(20 * make_page().size)
    ends = time.monotonic() + 1

    def read():
        served = 0
        while time.monotonic() < ends:
            for number in range(30):
                page = store.get(number)
                assert page is None or f"story:{number}" in page.tags
                served += page is not None
        return served

    def write():
        while time.monotonic() < ends:
            for number in range(30):
                store.put(number, make_page(tags=(f"story:{number}",)), since=store.sequence)
                store.drop([f"story:{number // 2}"])

    with ThreadPoolExecutor(6) as pool:
        writers = [pool.submit(write) for _writer in range(2)]
        readers = [pool.submit(read) for _reader in range(4)]
        assert all(each.result() for each in readers)
        assert not any(each.result() for each in writers)
    assert store.bytes == sum(page.size for page in store._pages.values()) <= store.max_bytes


@pytest.mark.usefixtures("threads_take_turns_at_once")
def test_nobody_misses_a_page_that_is_made_anew(store):
    put(store, "/")
    ends = time.monotonic() + 0.5

    def read():
        while time.monotonic() < ends:
            if store.get("/") is None:
                return False
        return True

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _reader in range(3)]
        while time.monotonic() < ends:
            put(store, "/")
        assert all(each.result() for each in readers)
