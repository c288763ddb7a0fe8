"""A listener hears through a real PostgreSQL what other processes drop."""

import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction

from pagecache.drops import drop, drop_soon
from pagecache.listening import DEAF_AFTER, Listener
from pagecache.store import PageStore
from tests.operations.launching import wait_until
from tests.pagecache.builders import make_page

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def running(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), started(Listener(PageStore(10**6))) as listener:
        yield listener


@contextmanager
def started(listener):
    listener.start()
    try:
        wait_until(lambda: hears(listener))
        yield listener
    finally:
        listener.stop()


@pytest.fixture
def listener(running):
    """One that hears, with some pages in its store."""
    wait_until(lambda: hears(running))
    running.store.clear()
    keep(running, "story:1", "story:2", "sentinel")
    return running


def hears(listener):
    return not listener.is_deaf(time.monotonic())


def keep(listener, *tags):
    store = listener.store
    for tag in tags:
        store.put(tag, make_page(tags=(tag,)), since=store.sequence)


def wait_for_everything_said(listener):
    """Drops arrive in their order: what was said before the sentinel has been heard."""
    drop("sentinel")
    wait_until(lambda: listener.store.get("sentinel") is None)


def connections_of(listener, what="count(*)"):
    with connection.cursor() as cursor:
        beat = f"%{listener._beat}%"
        cursor.execute(
            f"SELECT {what} FROM pg_stat_activity WHERE query LIKE %s AND pid <> pg_backend_pid()",
            [beat],
        )
        return cursor.fetchone()[0]


def test_hard_drop_is_heard_with_the_commit(listener):
    with transaction.atomic():
        drop("story:1")
        time.sleep(0.1)
        assert listener.store.get("story:1")
    wait_until(lambda: listener.store.get("story:1") is None, seconds=0.25)
    assert listener.store.get("story:2")


def test_soft_drop_is_heard_after_the_commit(listener):
    with transaction.atomic():
        drop_soon("story:1")
        time.sleep(0.1)
        assert listener.store.get("story:1").stale_until is None
    wait_until(lambda: listener.store.get("story:1").stale_until is not None, seconds=0.25)
    assert listener.store.get("story:2").stale_until is None


def test_what_was_rolled_back_is_never_heard(listener):
    with transaction.atomic():
        drop("story:1")
        drop_soon("story:2")
        transaction.set_rollback(True)
    wait_for_everything_said(listener)
    assert listener.store.get("story:1") and listener.store.get("story:2").stale_until is None


def test_several_tags_are_heard_together(listener):
    drop("story:1", "story:2")
    wait_until(lambda: len(listener.store) == 1, seconds=0.25)


@pytest.mark.parametrize("say", [drop, drop_soon])
def test_more_tags_than_one_message_holds_are_all_heard(listener, say):
    tags = [f"story:{number}" for number in range(10**6, 10**6 + 1000)]
    for tag in ("story:1", tags[0], tags[-1]):
        keep(listener, tag)
    say(*tags)
    wait_for_everything_said(listener)
    found = [listener.store.get(tag) for tag in ("story:1", tags[0], tags[-1])]
    assert [page is not None and page.stale_until is None for page in found] == [True, False, False]


def test_listener_that_is_cut_off_clears_the_store_and_hears_again(listener):
    assert connections_of(listener, "count(pg_terminate_backend(pid))") == 1
    wait_until(lambda: len(listener.store) == 0, seconds=DEAF_AFTER)
    assert hears(listener)
    keep(listener, "sentinel")
    wait_for_everything_said(listener)


def test_any_fault_of_the_database_is_survived(monkeypatch):
    faults = [psycopg.InternalError("in recovery"), psycopg.DataError("?")]
    again = Listener(PageStore(10))
    listens = again._listen
    monkeypatch.setattr(again, "_listen", lambda: fail(faults.pop()) if faults else listens())
    with started(again):
        assert not faults


def test_what_is_refused_for_long_is_said_once(monkeypatch, caplog):
    refused = iter([psycopg.errors.FeatureNotSupported("a standby")] * 3)
    again = Listener(PageStore(10))
    listens = again._listen

    def listen():
        for error in refused:
            raise error
        listens()

    monkeypatch.setattr(again, "_listen", listen)
    with started(again):
        assert next(refused, None) is None
        assert caplog.text.count("hears nothing: a standby") == 1
        connections_of(again, "count(pg_terminate_backend(pid))")
        wait_until(lambda: caplog.text.count("hears nothing") == 2)


def fail(error):
    raise error


def test_listener_that_has_not_heard_its_heart_is_deaf(listener):
    now = time.monotonic()
    assert not listener.is_deaf(now) and listener.is_deaf(now + DEAF_AFTER + 1)
    assert Listener(PageStore(10)).is_deaf(now)  # not started
    time.sleep(1.5)
    assert not listener.is_deaf(now + DEAF_AFTER)  # it has beaten again


def test_stopped_listener_leaves_no_connection():
    with started(Listener(PageStore(10))) as listener:
        assert connections_of(listener) == 1
    wait_until(lambda: connections_of(listener) == 0)
