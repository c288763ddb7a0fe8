"""How the sum of a campaign grew: a drawing and a table of the same figures."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

from django.db.models import Sum
from django.utils.translation import get_language_bidi

from fundraising.models import Campaign
from fundraising.money import format_amount
from operations.clock import site_day

MOST_POINTS = 60
WIDTH, HEIGHT = 1000, 300  # of the drawing; the page stretches it


@dataclass(frozen=True)
class Point:
    """What had come by the end of a day."""

    day: date
    raised_minor: int
    raised: str


@dataclass(frozen=True)
class Chart:
    """The points, and their line in a box of WIDTH by HEIGHT; mirrored from right to left."""

    points: list[Point]
    goal: str  # empty without one
    goal_minor: int
    top_minor: int

    @property
    def line(self) -> str:
        """A step up on the day on which money came, for the attribute `d` of a path."""
        corners = self._corners
        return f"M{corners[0][0]} {HEIGHT}" + "".join(f"H{x}V{y}" for x, y in corners)

    @property
    def area(self) -> str:
        """The same, closed along the bottom."""
        return f"{self.line}V{HEIGHT}Z"

    @property
    def goal_y(self) -> int:
        return self._y(self.goal_minor)

    @property
    def goal_label_y(self) -> str:
        """The goal's line from the top, in percent."""
        return f"{self.goal_y * 100 / HEIGHT:.1f}%"

    @property
    def goal_label_x(self) -> str:
        """Where the line of the text begins."""
        return "100%" if get_language_bidi() else "0"

    @property
    def _corners(self) -> list[tuple[int, int]]:
        first, last = self.points[0].day, self.points[-1].day
        return [
            (self._x((point.day - first) / (last - first)), self._y(point.raised_minor))
            for point in self.points
        ]

    def _x(self, part: float) -> int:
        x = round(part * WIDTH)
        return WIDTH - x if get_language_bidi() else x

    def _y(self, minor: int) -> int:
        return HEIGHT - minor * HEIGHT // self.top_minor


def chart_of(campaign: Campaign, *, today: date) -> Chart | None:
    """The chart from the first day, or from the first money where that came before it, up to
    today or to the end; None without money, or while it would have no second point. One query.

    A point a day; for long campaigns one in so many weeks that there are at most MOST_POINTS.
    """
    entries = campaign.entries.order_by("occurred_on").values_list("occurred_on")
    by_day = dict(entries.annotate(sum=Sum("amount_minor")))
    if not by_day:
        return None
    end = min(today, site_day(campaign.ends_at)) if campaign.ends_at else today
    first, last = min(site_day(campaign.starts_at), *by_day), max(end, *by_day)
    if first == last:
        return None
    days = _days(first, last)
    sums = dict(zip(by_day, accumulate(by_day.values()), strict=True))
    points = [_point(campaign, day, sums) for day in days]
    top = max(campaign.goal_minor or 1, *(point.raised_minor for point in points))
    goal_minor = campaign.goal_minor or 0
    goal = format_amount(goal_minor, campaign.currency) if goal_minor else ""
    return Chart(points, goal, goal_minor, top)


def _days(first: date, last: date) -> list[date]:
    """From the first to the last, in even steps but for the first one."""
    length = (last - first).days
    step = 1 if length < MOST_POINTS else 7 * ceil(length / (7 * (MOST_POINTS - 1)))
    back = [last - timedelta(days=gone) for gone in range(0, length, step)]
    return [first, *reversed(back)]


def _point(campaign: Campaign, day: date, sums: dict[date, int]) -> Point:
    """Never below zero, as the bar. `sums` are by day, ascending."""
    so_far = [total for on, total in sums.items() if on <= day]
    raised = max(0, so_far[-1]) if so_far else 0
    return Point(day, raised, format_amount(raised, campaign.currency))
