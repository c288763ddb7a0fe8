"""How often articles are read: counted in memory, written by the day, listed where it says much."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import readership
from articles.models import Readership
from articles.readership import (
    FEWEST,
    LISTED,
    MOST_OF_A_NETWORK,
    Tally,
    forget_readings,
    most_read,
    refresh_most_read,
    write_down,
)
from operations.clock import database_now, site_day
from tests.builders import make_article, make_section
from tests.newsroom.kept_copies import copies, fates

pytestmark = pytest.mark.django_db


def make_read(*, readings, days_ago=0, **fields):
    article = make_article(**fields)
    read_on = site_day(database_now()) - timedelta(days=days_ago)
    Readership.objects.create(article=article, read_on=read_on, readings=readings)
    return article


def listed(**wanted):
    return most_read(language="en", now=database_now(), **wanted)


def test_what_is_told_is_added_up_on_the_present_day():
    ferry, mole = make_article(), make_article()
    for told in ({ferry.pk: 3, mole.pk: 1}, {ferry.pk: 4}):
        write_down(told)
    kept = Readership.objects.values_list("article", "readings", "read_on")
    today = site_day(database_now())
    assert set(kept) == {(ferry.pk, 7, today), (mole.pk, 1, today)}


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft"}, {"status": "withdrawn"}, {"unpublish_at": timezone.now()}],
    ids=["draft", "withdrawn", "ended"],
)
def test_what_readers_may_not_see_and_what_is_none_is_not_counted(fields):
    soon = make_article(publish_at=timezone.now() + timedelta(hours=1))
    write_down({make_article(**fields).pk: 5, soon.pk: 5, 999_999_999_999: 5})
    assert not Readership.objects.exists()


def test_tally_writes_once_for_many_readings():
    ferry, tally = make_article(), Tally(seconds=3600)
    for number in range(50):
        tally.add(ferry.pk, network=f"203.0.{number}.0/24")
    with CaptureQueriesContext(connection) as captured:
        tally.write()
        tally.write()
    assert len(captured) == 1
    assert Readership.objects.get().readings == 50


def test_network_counts_so_often_and_others_as_before():
    ferry, mole, tally = make_article(), make_article(), Tally(seconds=3600)
    for _time in range(MOST_OF_A_NETWORK + 5):
        tally.add(ferry.pk, network="203.0.113.0/24")
    tally.add(ferry.pk, network="198.51.100.0/24")
    tally.add(mole.pk, network="203.0.113.0/24")
    tally.write()
    kept = dict(Readership.objects.values_list("article", "readings"))
    assert kept == {ferry.pk: MOST_OF_A_NETWORK + 1, mole.pk: 1}


def test_what_the_database_does_not_take_waits(monkeypatch):
    ferry, tally = make_article(), Tally(seconds=3600)
    tally.add(ferry.pk, network="203.0.113.0/24")
    with monkeypatch.context() as patched:
        patched.setattr(readership, "write_down", broken)
        tally.write()
    tally.write()
    assert Readership.objects.get().readings == 1


def broken(_told):
    raise DatabaseError("away")


def test_only_so_many_wait(monkeypatch):
    monkeypatch.setattr(readership, "MOST_ARTICLES", 1)
    ferry, tally = make_article(), Tally(seconds=3600)
    for key in (ferry.pk, 999_999_999_999, ferry.pk):
        tally.add(key, network="203.0.113.0/24")
    assert tally._waiting == {ferry.pk: 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seconds", [0.05, 3600])
def test_thread_writes_every_few_seconds_and_at_the_end(seconds):
    ferry, tally = make_article(), Tally(seconds=seconds)
    tally.start()
    with ThreadPoolExecutor(8) as pool:
        for number in range(200):
            pool.submit(tally.add, ferry.pk, network=f"2001:db8:{number}::/56")
    tally.stop()
    assert Readership.objects.get().readings == 200


def test_list_has_what_is_read_most_and_nothing_that_few_read():
    readings = range(FEWEST, FEWEST + LISTED + 2)
    made = [make_read(readings=number) for number in readings]
    found = listed()
    assert found == made[: -LISTED - 1 : -1]
    assert [each.readings for each in found] == sorted(readings, reverse=True)[:LISTED]
    make_read(readings=99, language="de")
    make_read(readings=99, days_ago=7)
    make_read(readings=99, status="withdrawn")
    assert listed() == found


def test_days_of_a_week_are_added_up_and_a_section_has_its_own():
    town = make_section(slug="town")
    ferry = make_read(readings=12, days_ago=6, section=town)
    write_down({ferry.pk: 12})
    mole = make_read(readings=30)
    assert [(each, each.readings) for each in listed()] == [(mole, 30), (ferry, 24)]
    assert listed(section=town) == [ferry]


def test_old_days_are_forgotten():
    make_read(readings=3, days_ago=7)
    kept = make_read(readings=3, days_ago=6)
    assert forget_readings.call() == 1
    assert Readership.objects.get().article == kept


@pytest.mark.django_db(transaction=True)
def test_pages_that_show_the_list_are_made_anew():
    with copies(front=readership.TAG, story="story:1") as store:
        refresh_most_read.call()
        assert fates(store, "front", "story") == {"front": "stale"}


@pytest.mark.parametrize("change", [{"readings": 0}, {"read_on": site_day(timezone.now())}])
def test_database_keeps_a_day_once_and_no_day_without_a_reader(change):
    row = Readership.objects.get(article=make_read(readings=1))
    values = {"article": row.article, "readings": 1, "read_on": row.read_on} | change
    if "readings" in change:
        values["article"] = make_article()
    with pytest.raises(IntegrityError):
        Readership.objects.create(**values)
