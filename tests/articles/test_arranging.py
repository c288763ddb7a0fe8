"""Slots and the latest on one page."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.arranging import Arranged, places, slots_at
from articles.models import Article, Slot, Status
from operations.clock import database_now
from tests.builders import make_article, make_section, make_site

pytestmark = pytest.mark.django_db


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def slot(key, position, *, pinned=False):
    return SimpleNamespace(article_id=key, position=position, is_pinned=pinned)


@pytest.mark.parametrize(
    ("slots", "others", "expected"),
    [
        ([], 3, {}),
        ([slot(7, 3)], 5, {0: 7}),
        ([slot(7, 3, pinned=True)], 5, {2: 7}),
        ([slot(7, 3, pinned=True)], 1, {1: 7}),  # the page is no longer
        ([slot(7, 1, pinned=True), slot(8, 1, pinned=True)], 5, {0: 7, 1: 8}),
        ([slot(7, 1, pinned=True), slot(8, 1), slot(9, 4)], 5, {0: 7, 1: 8, 2: 9}),
        ([slot(8, 1), slot(7, 2, pinned=True), slot(9, 4)], 5, {0: 8, 1: 7, 2: 9}),
        ([slot(8, 1), slot(7, 4, pinned=True)], 5, {0: 8, 3: 7}),
    ],
)
def test_pins_stay_and_the_rest_fills_up(slots, others, expected):
    assert places(slots, others=others) == expected


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=12), st.integers(0, 30))
def test_no_article_is_lost_or_twice_and_no_place_is_empty(drawn, others):
    drawn = sorted(drawn)
    slots = [slot(key, position, pinned=pin) for key, (position, pin) in enumerate(drawn)]
    found = places(slots, others=others)
    assert sorted(found.values()) == list(range(len(slots)))
    assert all(place < len(slots) + others for place in found)


def shown(number=20):
    now = database_now()
    slots = slots_at(now, language="en", section=None)
    page = Arranged(Article.objects.live(now).in_edition("en"), slots)
    return [page[start : start + number] for start in range(0, page.count(), number)]


def put(article, position=1, **fields):
    return Slot.objects.create(language="en", article=article, position=position, **fields)


def test_pages_of_a_list_hold_each_article_once_in_one_order():
    made = [make_article(publish_at=hours_ago(hours)) for hours in range(1, 10)]
    put(made[8], 2, is_pinned=True), put(made[7]), put(made[6], 6, is_pinned=True)
    whole = [made[n] for n in (7, 8, 0, 1, 2, 6, 3, 4, 5)]
    for number in (1, 2, 4, 20):
        assert [article for page in shown(number) for article in page] == whole


HIDDEN = {
    "draft": {"status": Status.DRAFT},
    "scheduled": {"publish_at": timezone.now() + timedelta(hours=1)},
    "withdrawn": {"status": Status.WITHDRAWN},
    "ended": {"unpublish_at": timezone.now() - timedelta(minutes=1)},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_slot_of_what_readers_may_not_see_is_skipped(fields):
    put(make_article(**fields))
    live = make_article()
    assert shown() == [[live]]


def test_slot_takes_no_article_of_another_edition_by_any_way():
    german, slot = make_article(language="de"), put(make_article())
    with pytest.raises(IntegrityError, match="another edition"), transaction.atomic():
        put(german)
    for fields in ({"article": german}, {"language": "de"}):
        with pytest.raises(IntegrityError, match="another edition"), transaction.atomic():
            Slot.objects.filter(pk=slot.pk).update(**fields)


def test_slot_of_what_changed_its_language_is_skipped():
    moved, live = make_article(), make_article()
    put(moved)
    Article.objects.filter(pk=moved.pk).update(language="de")
    assert shown() == [[live]]


TIMES = {
    "always": ({}, True),
    "begun": ({"begins_at": hours_ago(1)}, True),
    "to come": ({"begins_at": hours_ago(-1)}, False),
    "over": ({"ends_at": hours_ago(1)}, False),
    "until later": ({"begins_at": hours_ago(2), "ends_at": hours_ago(-1)}, True),
}


@pytest.mark.parametrize(("fields", "counts"), TIMES.values(), ids=TIMES)
def test_slot_counts_in_its_time(fields, counts):
    old, new = make_article(publish_at=hours_ago(9)), make_article()
    put(old, **fields)
    assert shown() == [[old, new] if counts else [new, old]]


def test_article_in_two_slots_stands_once():
    article, other = make_article(publish_at=hours_ago(9)), make_article()
    put(article, 2, is_pinned=True), put(article, 1)
    assert shown() == [[article, other]]


def test_section_page_takes_its_own_slots_and_those_alone(client):
    make_site()
    harbour, town = make_section(), make_section(slug="town", name="Town")
    old = make_article(headline="Old harbour news", section=harbour, publish_at=hours_ago(9))
    guest = make_article(headline="A guest from town", section=town, publish_at=hours_ago(8))
    make_article(headline="New harbour news", section=harbour)
    put(old, section=town)
    put(guest, 2, is_pinned=True, section=harbour)
    page = client.get("/sections/harbour/")
    assert list(map(str, page.context["articles"])) == [
        "New harbour news", "A guest from town", "Old harbour news"
    ]  # fmt: skip
    page = client.get("/sections/town/")
    assert list(map(str, page.context["articles"])) == ["Old harbour news", "A guest from town"]
