"""News is told by a thread: all of it, merged where it waits, and at the latest at the end."""

import threading
import time

import pytest
from django.db import connection, transaction

from pagecache import running, telling
from pagecache.drops import drop_soon
from pagecache.telling import Teller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def said(monkeypatch):
    """What was notified, by whom: [(thread's name, tags)]."""
    heard = []

    def notify(_kind, tags):
        heard.append((threading.current_thread().name, tags))

    monkeypatch.setattr(telling, "notify", notify)
    return heard


@pytest.fixture
def teller(monkeypatch):
    teller = Teller()
    teller.start()
    monkeypatch.setattr(running, "tell", teller.tell)
    yield teller
    teller.stop()


def test_thread_tells_after_the_commit(teller, said):
    with transaction.atomic():
        drop_soon("story:1")
        time.sleep(0.02)
        assert said == []
    teller.stop()
    assert said == [("page news", ("story:1",))]


def test_nothing_is_told_of_what_was_taken_back(teller, said):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        drop_soon("story:1")
        raise ZeroDivisionError
    teller.stop()
    assert said == []


def test_what_waits_is_told_at_once(said):
    teller = Teller()
    for tag in ("story:1", "story:2", "story:1"):
        teller.tell([tag])
    teller.start()
    teller.stop()
    assert said == [("page news", ("story:1", "story:2"))]


def test_news_of_one_moment_is_one_notice(teller, said):
    for number in (1, 2):
        teller.tell([f"story:{number}"])
        time.sleep(0.005)
    assert said == []
    deadline = time.monotonic() + 1
    while not said and time.monotonic() < deadline:
        time.sleep(0.005)
    assert said == [("page news", ("story:1", "story:2"))]


def test_nothing_that_goes_wrong_ends_the_telling(teller, monkeypatch, said, caplog):
    def fail(*_given):
        raise RuntimeError("odd")

    recover = telling.notify
    monkeypatch.setattr(telling, "notify", fail)
    teller.tell(["story:1"])
    deadline = time.monotonic() + 5
    while "not told" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.01)
    monkeypatch.setattr(telling, "notify", recover)
    teller.tell(["story:2"])
    teller.stop()
    assert said == [("page news", ("story:2",))]


def test_other_processes_hear_it_through_the_database(teller):
    with connection.cursor() as cursor:
        cursor.execute("LISTEN page_drops")
    drop_soon("story:1")
    teller.stop()
    heard = list(connection.connection.notifies(timeout=2, stop_after=1))
    assert [each.payload for each in heard] == ["soft story:1"]
