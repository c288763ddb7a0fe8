"""How the sum grew, drawn and as a table."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from fundraising.chart import HEIGHT, MOST_POINTS, WIDTH, _days, chart_of
from fundraising.recording import record_gift
from operations.models import SiteSettings
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import correct, make_campaign

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def give(campaign, amount_minor, day=DAY):
    by = make_colleague("fundraiser")
    return record_gift(campaign, amount_minor=amount_minor, occurred_on=day, by=by)


def sums(chart):
    return [(point.day.day, point.raised_minor) for point in chart.points]


def test_every_day_has_the_sum_so_far():
    campaign = make_campaign()
    for amount, day in ((300, DAY), (200, DAY), (1000, DAY + timedelta(days=2))):
        give(campaign, amount, day)
    chart = chart_of(campaign, today=DAY + timedelta(days=3))
    assert sums(chart) == [(2, 500), (3, 500), (4, 1500), (5, 1500)]
    assert chart.points[-1].raised == "15\u00a0$"


def test_it_begins_on_the_campaigns_first_day_or_with_money_from_before():
    begins = timezone.make_aware(timezone.datetime(2026, 2, 28, 9))
    campaign = make_campaign(starts_at=begins)
    give(campaign, 500)
    chart = chart_of(campaign, today=DAY + timedelta(days=1))
    assert sums(chart) == [(28, 0), (1, 0), (2, 500), (3, 500)]
    give(campaign, 100, date(2026, 2, 27))
    assert sums(chart_of(campaign, today=DAY))[:2] == [(27, 100), (28, 100)]


def test_on_its_first_day_there_is_no_chart():
    campaign = make_campaign(starts_at=timezone.make_aware(timezone.datetime(2026, 3, 2, 9)))
    give(campaign, 500)
    assert chart_of(campaign, today=DAY) is None


def test_money_that_comes_after_the_end_is_on_it():
    campaign = make_campaign(
        starts_at=timezone.make_aware(timezone.datetime(2026, 2, 1)),
        ends_at=timezone.make_aware(timezone.datetime(2026, 3, 3, 12)),
    )
    give(campaign, 100)
    assert sums(chart_of(campaign, today=date(2026, 11, 1)))[-1] == (3, 100)
    give(campaign, 100, DAY + timedelta(days=5))
    assert sums(chart_of(campaign, today=date(2026, 11, 1)))[-1] == (7, 200)


def test_without_money_there_is_no_chart():
    assert chart_of(make_campaign(), today=DAY) is None


def test_less_than_nothing_is_drawn_as_nothing():
    campaign = make_campaign()
    correct(campaign, -500)
    chart = chart_of(campaign, today=DAY + timedelta(days=1))
    assert {point.raised_minor for point in chart.points} == {0}


@given(first=st.dates(date(2000, 1, 1), date(2040, 1, 1)), length=st.integers(1, 9000))
def test_points_are_few_and_reach_from_the_first_day_to_the_last(first, length):
    last = first + timedelta(days=length)
    days = _days(first, last)
    steps = {(after - before).days for before, after in pairwise(days[1:])}
    assert (days[0], days[-1]) == (first, last) and len(days) <= MOST_POINTS
    assert days == sorted(set(days)) and len(steps) <= 1
    assert length < MOST_POINTS or all(step % 7 == 0 for step in steps)


def test_the_line_is_mirrored_from_right_to_left():
    campaign = make_campaign(goal_minor=1000)
    give(campaign, 500)
    give(campaign, 250, DAY + timedelta(days=1))
    chart = chart_of(campaign, today=DAY)
    half, quarter = HEIGHT // 2, HEIGHT // 4
    with override("en"):
        assert chart.line == f"M0 {HEIGHT}H0V{half}H{WIDTH}V{quarter}"
    with override("ar"):
        assert chart.line == f"M{WIDTH} {HEIGHT}H{WIDTH}V{half}H0V{quarter}"
    assert chart.goal_y == 0


def test_the_goal_is_drawn_below_a_sum_that_exceeds_it():
    campaign = make_campaign(goal_minor=1000)
    give(campaign, 2000)
    chart = chart_of(campaign, today=DAY + timedelta(days=1))
    assert (chart.goal_y, chart.top_minor) == (HEIGHT // 2, 2000)


def test_the_table_says_what_the_drawing_shows(client):
    make_site()
    yesterday = timezone.now() - timedelta(days=1)
    campaign = make_campaign(slug="press", goal_minor=None, starts_at=yesterday)
    give(campaign, 235_500, timezone.localdate())
    page = client.get("/support/press/").text
    table = page[page.index('<details class="chart-table">') :]
    assert re.findall(r'<td class="amount">([^<]*)</td>', table) == ["0\u00a0$", "2,355\u00a0$"]
    assert "chart-goal" not in page and "style=" not in page


def test_it_costs_one_query(rf, django_assert_num_queries):
    campaign, request = make_campaign(raised_minor=100), rf.get("/")
    SiteSettings.keep(request, make_site())
    with SiteSettings.answering(request), django_assert_num_queries(1):
        chart_of(campaign, today=DAY)
