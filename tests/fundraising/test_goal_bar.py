"""The bar as a reader sees and hears it. Tests of the tag stand at the end."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from fundraising.goals import GoalBar
from operations.models import SiteSettings
from tests.builders import make_article
from tests.fundraising.builders import correct, make_campaign, make_gift, reload

pytestmark = pytest.mark.django_db
NBSP, LRM, RLM = "\u00a0", "\u200e", "\u200f"
TWO_BARS = (
    '{% load goals %}{% goal_bar "before" %}<p>text</p>{% goal_bar "after" %}{% support_link %}'
)


def bar_at(raised_minor, **fields):
    return GoalBar(reload(make_campaign(raised_minor=raised_minor, **fields)))


def render(source=TWO_BARS, language="en", **context):
    request = RequestFactory().get("/")
    SiteSettings.keep(request, SiteSettings.load())
    with override(language), SiteSettings.answering(request):
        return Template(source).render(Context({"request": request, **context}))


def attributes(html):
    return dict(re.findall(r'(aria-value\w+)="([^"]*)"', html))


@pytest.mark.parametrize(
    ("raised_minor", "width", "value_now", "text"),
    [
        (0, "0.0%", 0, "0 % of 5,000 $, 5,000 $ to go"),
        (100, "0.0%", 1, "0 % of 5,000 $, 4,999 $ to go"),
        (235_500, "47.1%", 2355, "47 % of 5,000 $, 2,645 $ to go"),
        (499_950, "99.9%", 4999, "99 % of 5,000 $, 0.50 $ to go"),
        (499_999, "99.9%", 4999, "99 % of 5,000 $, 0.01 $ to go"),
        (500_000, "100.0%", 5000, "Goal reached: 5,000 $ of 5,000 $, 100 %"),
        (612_000, "100.0%", 5000, "Goal reached: 6,120 $ of 5,000 $, 122 %"),
        (1_250_000, "100.0%", 5000, "Goal reached: 12,500 $ of 5,000 $, 250 %"),
    ],
)
def test_the_bar_is_capped_and_its_words_are_true(raised_minor, width, value_now, text):
    bar = bar_at(raised_minor)
    assert (bar.width, bar.value_now, bar.value_max) == (width, value_now, 5000)
    assert bar.text.replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("raised_minor", "text"), [(0, "0 $ raised"), (1, "0.01 $ raised"), (235_500, "2,355 $ raised")]
)
def test_without_a_goal_the_sum_stands_alone(raised_minor, text):
    bar = bar_at(raised_minor, goal_minor=None)
    assert not bar.has_goal and not bar.is_reached
    assert bar.text.replace(NBSP, " ") == text
    make_campaign(is_featured=True, goal_minor=None)
    assert "progressbar" not in render() and 'class="goal-text goal-sum"' in render()


def test_less_than_nothing_is_shown_as_nothing():
    campaign = make_campaign()
    correct(campaign, -5000)
    bar = GoalBar(reload(campaign))
    assert (bar.raised, bar.width, bar.value_now) == (f"0{NBSP}$", "0.0%", 0)
    assert bar.balance == f"-50{NBSP}$"


def test_figures_are_of_the_last_entry_and_before_it_of_no_time():
    campaign = make_campaign()
    bar = GoalBar(reload(campaign))
    assert (bar.as_of, bar.as_of_text) == (None, "No gift has come yet")
    entry = make_gift(campaign=campaign)
    entry.refresh_from_db()
    bar = GoalBar(reload(campaign))
    assert bar.as_of == entry.recorded_at and bar.as_of_text.startswith("Updated ")


def marks(bar):
    return [(mark.x, mark.figure.replace(NBSP, " "), mark.is_goal) for mark in bar.marks]


def test_marks_stand_at_nothing_half_and_the_goal():
    assert marks(bar_at(0)) == [
        ("0.0%", "0 $", False), ("50.0%", "2,500 $", False), ("100.0%", "5,000 $", False)
    ]  # fmt: skip
    odd = bar_at(0, goal_minor=5, currency="JPY")
    assert marks(odd) == [("0.0%", "0 ¥", False), ("100.0%", "5 ¥", False)]


def test_marks_beyond_the_goal_stretch_the_scale():
    bar = bar_at(612_000, marks_minor=[250_000, 800_000])
    assert marks(bar) == [
        ("0.0%", "0 $", False),
        ("31.2%", "2,500 $", False),
        ("62.5%", "5,000 $", True),
        ("100.0%", "8,000 $", False),
    ]
    assert (bar.width, bar.value_now, bar.value_max) == ("76.5%", 5000, 5000)


def test_figures_that_would_meet_leave_room_for_the_goal():
    bar = bar_at(0, marks_minor=[n * 100_000 for n in (1, 2, 3, 4, 6)], goal_minor=500_000)
    shown = [figure for _x, figure, _is_goal in marks(bar)]
    assert len(shown) == 7 and {"0 $", "5,000 $", ""} < set(shown)


@pytest.mark.parametrize(
    ("raised_minor", "missing"),
    [(0, 5000), (499_950, 1), (499_999, 1), (500_000, 0), (600_000, 0)],
)
def test_the_pace_is_reckoned_from_what_is_missing_rounded_up(raised_minor, missing):
    assert bar_at(raised_minor).missing_units == missing


def test_a_goal_below_one_unit_still_has_a_scale():
    bar = bar_at(25, goal_minor=50)
    assert (bar.value_now, bar.value_max, bar.percent) == (0, 1, 50)


@pytest.mark.parametrize(
    ("raised_minor", "value_now"), [(499_900, 4999), (499_949, 4999), (499_950, 5000)]
)
def test_nobody_hears_of_all_before_the_goal_is_reached(raised_minor, value_now):
    bar = bar_at(raised_minor, goal_minor=499_950)
    assert (bar.value_now, bar.value_max) == (value_now, 5000)


def test_the_filled_part_grows_from_the_right_in_arabic():
    bar = bar_at(235_500)
    with override("en"):
        assert (bar.start, bar.end, bar.width) == ("0.0%", "47.1%", "47.1%")
    with override("ar"):
        assert (bar.start, bar.end, bar.width) == ("52.9%", "52.9%", "47.1%")
        assert bar.raised == f"{RLM}2,355{NBSP}US${LRM}{RLM}"


@pytest.mark.parametrize(
    ("raised_minor", "anchor"), [(0, "start"), (235_500, "middle"), (499_000, "end")]
)
def test_the_raised_figure_stays_inside(raised_minor, anchor):
    assert bar_at(raised_minor).anchor == anchor


def test_readers_with_screen_readers_hear_amounts_in_words():
    make_campaign(is_featured=True, raised_minor=235_500)
    html = render()
    assert 'role="progressbar"' in html
    assert attributes(html) == {
        "aria-valuemin": "0",
        "aria-valuemax": "5000",
        "aria-valuenow": "2355",
        "aria-valuetext": f"2,355{NBSP}$ raised. 47{NBSP}% of 5,000{NBSP}$, 2,645{NBSP}$ to go",
    }
    names = re.findall(r'aria-labelledby="([^"]+)"', html)
    assert names == ["goal-before-name", "goal-after-name"]
    assert all(html.count(f'id="{name}"') == 1 for name in names)


def test_the_bar_has_no_inline_style_or_script():
    make_campaign(is_featured=True, raised_minor=235_500)
    assert not re.search(r"\bstyle=|<script(?! type=\"module\" src=)|<style|\bon\w+=", render())


def test_two_bars_and_a_link_cost_one_query(django_assert_num_queries):
    campaign = make_campaign(is_featured=True, raised_minor=235_500)
    for _gift in range(5):
        make_gift(campaign=campaign)
    # the site and the clock, which an article's page has read, and the sum
    with django_assert_num_queries(3):
        html = render()
    assert html.count('role="progressbar"') == 2
    assert html.count("Support</a>") == 3


def test_without_a_running_featured_campaign_nothing_is_shown():
    now = timezone.now()
    make_campaign(is_featured=False)
    make_campaign(is_featured=True, ends_at=now)
    assert render().strip().replace("<p>text</p>", "").split() == []


def test_a_featured_campaign_that_has_not_begun_is_not_shown():
    make_campaign(is_featured=True, starts_at=timezone.now() + timedelta(hours=1))
    assert "progressbar" not in render()


def test_the_name_is_shown_in_the_edition_and_escaped():
    names = {"en": "<script>alert(1)</script>", "de": 'Eine "neue" Presse'}
    make_campaign(is_featured=True, names=names)
    assert "&lt;script&gt;alert(1)" in render()
    assert "<script>" not in render()
    assert "Eine &quot;neue&quot; Presse" in render(language="de")
    assert 'href="/de/support/' in render(language="de")


def test_links_say_from_which_article_and_from_where_on_it_readers_come():
    make_campaign(slug="press", is_featured=True)
    article = make_article()
    links = re.findall(r'href="([^"]*)"', render(article=article))
    give = f"/support/press/give/?article={article.pk}"
    assert links == [f"{give}&amp;from=before", f"{give}&amp;from=after", give]
    assert set(re.findall(r'href="([^"]*)"', render())) == {"/support/press/give/"}
