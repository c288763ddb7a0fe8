"""Moments as the newsroom's clocks show them, and as they are said beside UTC."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from articles import times
from articles.models import Article
from tests.builders import make_article


@pytest.fixture(autouse=True)
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ((2027, 3, 28, 1, 59), utc(2027, 3, 28, 0, 59)),
        ((2027, 3, 28, 3, 0), utc(2027, 3, 28, 1, 0)),
        ((2027, 10, 31, 1, 59, 59), utc(2027, 10, 30, 23, 59, 59)),
        ((2027, 10, 31, 3, 0), utc(2027, 10, 31, 2, 0)),
        ((2027, 7, 1, 6, 0), utc(2027, 7, 1, 4, 0)),
        ((2027, 1, 1, 6, 0), utc(2027, 1, 1, 5, 0)),
    ],
)
def test_time_on_the_newsroom_s_clock_is_one_moment(typed, moment):
    assert times.in_newsroom(datetime(*typed)) == moment


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((2027, 3, 28, 2, 0), "there is no 02:00 on this day: the clocks go forward. Take 03:00"),
        ((2027, 3, 28, 2, 59, 59), "there is no 02:59"),
        ((2027, 10, 31, 2, 0), "it is 02:00 twice on this day: the clocks go back"),
        ((2027, 10, 31, 2, 30), "like 01:30 or 03:30"),
    ],
)
def test_time_that_the_clocks_leave_out_or_show_twice_is_refused(typed, said):
    with pytest.raises(ValidationError) as refused:
        times.in_newsroom(datetime(*typed))
    assert said in refused.value.messages[0]
    assert "Europe/Berlin" in refused.value.messages[0]


def test_moment_is_said_beside_utc():
    said = "28 March 2027, 03:00 Europe/Berlin (2027-03-28 01:00 UTC)"
    assert times.said(utc(2027, 3, 28, 1)) == said
    assert times.offset_of(utc(2027, 3, 28, 0, 59)) == "UTC+01:00"
    assert times.offset_of(utc(2027, 3, 28, 1)) == "UTC+02:00"


@pytest.mark.parametrize(
    ("zone", "offset"), [("America/St_Johns", "UTC−03:30"), ("Asia/Kathmandu", "UTC+05:45")]
)
def test_offsets_that_are_no_whole_hours_are_said_whole(settings, zone, offset):
    settings.TIME_ZONE = zone
    assert times.offset_of(utc(2027, 1, 1)) == offset


CHANGES = [utc(2027, 3, 28, 1), utc(2027, 10, 31, 1), utc(2027, 6, 1, 12)]  # the clocks, and none


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_article_is_seen_to_the_second_while_the_clocks_change(change):
    ends, second = change + timedelta(hours=1), timedelta(seconds=1)
    article = make_article(publish_at=change, unpublish_at=ends, embargoed_until=change)
    tick = timedelta(microseconds=1)
    for now, is_live in [
        (change - second, False),
        (change - tick, False),
        (change, True),
        (change + second, True),
        (ends - tick, True),
        (ends, False),
        (ends + second, False),
    ]:
        assert Article.objects.live(now).exists() == article.is_live(now) == is_live, now
