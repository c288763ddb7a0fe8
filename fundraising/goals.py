"""The goal bar: what it says and where its marks stand, in the active language."""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from articles.models import Article
from fundraising.models import Campaign, Standing
from fundraising.money import (
    amount_pattern,
    floored_percent,
    format_amount,
    format_number,
    format_percent,
    number_locale,
    whole_units,
)
from operations.clock import request_now
from operations.composed import Asked, Composed

FULL = 1000  # the whole length of the bar, in tenths of a percent
NEAR_THE_EDGE = 120  # a raised figure centred nearer to an end than this would be cut off
SIGN = 22  # how much of the bar one sign of a figure below it takes on a phone


@dataclass(frozen=True)
class Mark:
    """A tick of the scale. `figure` is empty where there is no room for it."""

    x: str
    anchor: str
    figure: str
    is_goal: bool


@dataclass(frozen=True)
class GoalBar:
    """A campaign, loaded with_raised(), as a bar at one moment. Every figure is rounded down.

    Without a goal there is no bar, only the sum: ask `has_goal` before anything that needs one.
    """

    campaign: Campaign
    now: datetime = field(default_factory=timezone.now)

    @property
    def has_goal(self) -> bool:
        return self.campaign.goal_minor is not None

    @property
    def standing(self) -> Standing:
        return self.campaign.standing(self.now)

    @property
    def as_of(self) -> datetime | None:
        """When what the bar shows changed last: the last entry; None before the first one.

        Not when it was asked: an unchanged page stays the same to the byte.
        """
        return self.campaign.recorded_at

    @property
    def as_of_text(self) -> str:
        if self.as_of is None:
            return _("No gift has come yet")
        shown = date_format(timezone.localtime(self.as_of), "DATETIME_FORMAT")
        return _("Updated %(time)s") % {"time": shown}

    @property
    def percent(self) -> int:
        """More than 100 where the goal is exceeded; 0 without a goal."""
        return floored_percent(self.campaign.raised_minor, self._goal) if self.has_goal else 0

    @property
    def is_reached(self) -> bool:
        return self.has_goal and self.campaign.raised_minor >= self._goal

    @property
    def value_max(self) -> int:
        """The goal in whole units, rounded up, so that nobody hears of all before it is reached."""
        return -whole_units(-self._goal, self.campaign.currency)

    @property
    def value_now(self) -> int:
        raised = whole_units(self.campaign.raised_minor, self.campaign.currency)
        return self.value_max if self.is_reached else min(raised, self.value_max)

    @property
    def raised(self) -> str:
        return self._amount(self.campaign.raised_minor)

    @property
    def goal(self) -> str:
        return self._amount(self._goal) if self.has_goal else ""

    @property
    def balance(self) -> str:
        """For the desk: below zero too."""
        return self._amount(self.campaign.balance_minor)

    @property
    def text(self) -> str:
        """How far it has come, in words."""
        campaign = self.campaign
        figures = {"raised": self.raised, "goal": self.goal}
        if not self.has_goal:
            return _("%(raised)s raised") % figures
        figures["percent"] = format_percent(self.percent)
        if self.standing == Standing.ENDED:
            return _("%(raised)s of %(goal)s raised, %(percent)s") % figures
        if self.is_reached:
            return _("Goal reached: %(raised)s of %(goal)s, %(percent)s") % figures
        figures["missing"] = self._amount(self._goal - campaign.raised_minor)
        return _("%(percent)s of %(goal)s, %(missing)s to go") % figures

    @property
    def value_text(self) -> str:
        """The same for those who hear it, with the amount raised."""
        if self._says_raised:
            return self.text
        return _("%(raised)s raised. %(text)s") % {"raised": self.raised, "text": self.text}

    @property
    def ended(self) -> str:
        """What stands on the page of a campaign that has ended."""
        ends_at = self.campaign.ends_at
        return _("This campaign ended on %(date)s.") % {"date": ends_at and _day(ends_at)}

    @property
    def marks(self) -> list[Mark]:
        """The ticks from left to right, or from right to left: nothing, the goal, those between
        and beyond. Figures that would stand in each other's way leave room for the goal's."""
        amounts = self._scale
        first = (self._goal, 0, amounts[-1])
        free, figures = _Room(), {}
        for amount in [*first, *amounts]:
            figure = self._amount(amount)
            if amount not in figures and free.take(self._place(amount), _length(figure)):
                figures[amount] = figure
        return [
            Mark(
                x=_percentage(_mirrored(self._place(amount))),
                anchor=_anchor(self._place(amount), 1),
                figure=figures.get(amount, ""),
                is_goal=amount == self._goal != amounts[-1],
            )
            for amount in amounts
        ]

    @property
    def width(self) -> str:
        """How much of the bar is filled, at most all."""
        return _percentage(self._filled)

    @property
    def start(self) -> str:
        """Where the filled part begins: at the right in right-to-left languages."""
        return _percentage(FULL - self._filled if get_language_bidi() else 0)

    @property
    def end(self) -> str:
        return _percentage(_mirrored(self._filled))

    @property
    def anchor(self) -> str:
        """How the raised figure lies about the end of the filled part, so that all of it shows."""
        return _anchor(self._filled, NEAR_THE_EDGE)

    @property
    def missing_units(self) -> int:
        """What is missing in whole units, rounded up: what the script reckons the pace from."""
        if not self.has_goal or self.is_reached:
            return 0
        raised = self.campaign.raised_minor
        return -whole_units(raised - self._goal, self.campaign.currency)

    @property
    def amount_pattern(self) -> str:
        return amount_pattern(self.campaign.currency)

    @property
    def number_locale(self) -> str:
        return number_locale()

    @property
    def supporters(self) -> str:
        """From how many people it came, empty for none; needs with_supporters()."""
        count = self.campaign.supporter_count
        if not count:
            return ""
        if self._says_raised:
            text = ngettext("From %(count)s supporter.", "From %(count)s supporters.", count)
        else:
            text = ngettext(
                "%(raised)s from %(count)s supporter.",
                "%(raised)s from %(count)s supporters.",
                count,
            )
        return text % {"raised": self.raised, "count": format_number(count)}

    @property
    def _says_raised(self) -> bool:
        """Whether the text has the amount raised."""
        return not self.has_goal or self.is_reached or self.standing == Standing.ENDED

    @property
    def _goal(self) -> int:
        return self.campaign.goal_minor or 1

    @property
    def _scale(self) -> list[int]:
        """Amounts of the marks, ascending: as chosen, else half of the goal where that is whole."""
        half, is_odd = divmod(self._goal, 2)
        between = self.campaign.marks_minor or ([] if is_odd else [half])
        return sorted({0, self._goal, *between})

    @property
    def _filled(self) -> int:
        return self._place(self.campaign.raised_minor)

    def _place(self, amount: int) -> int:
        """Where it stands on the bar, which ends at the goal, or at the mark furthest beyond."""
        return min(FULL, amount * FULL // self._scale[-1])

    def _amount(self, minor: int) -> str:
        return format_amount(minor, self.campaign.currency)


class _Room:
    """Which parts of the line below the bar have been taken by figures."""

    def __init__(self) -> None:
        self._taken: list[tuple[int, int]] = []

    def take(self, place: int, length: int) -> bool:
        """Whether a figure of this length may stand at this place, and does from now on."""
        begin = min(max(0, place - length // 2), FULL - length)
        if any(begin < end and start < begin + length for start, end in self._taken):
            return False
        self._taken.append((begin, begin + length))
        return True


def _length(figure: str) -> int:
    return SIGN * (len(figure) + 1)


def _anchor(place: int, margin: int) -> str:
    if place < margin:
        return "start"
    return "end" if place > FULL - margin else "middle"


def _mirrored(place: int) -> int:
    return FULL - place if get_language_bidi() else place


def _percentage(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment))


_of_article: Composed[Campaign] = Composed(
    lambda now, story, section: Campaign.objects.with_raised().for_article(
        now, story=story, section=section
    ),
    now=datetime,
    story=int,
    section=int,
)


def goal_for(request: HttpRequest, article: Article | None) -> GoalBar | None:
    """The bar that stands on an article, or None; on a page of none the featured campaign's.

    Asked for once a request. One query.
    """
    story = article.story_id if article else 0
    kept = vars(request).setdefault("goals", {})
    if story not in kept:
        now = request_now(request)
        campaign = _of_article.first(**_values(article, now))
        kept[story] = campaign and GoalBar(campaign, now)
    return kept[story]


def foreseen(request: HttpRequest, article: Article) -> Asked:
    return _of_article, _values(article, request_now(request))


def _values(article: Article | None, now: datetime) -> dict[str, datetime | int]:
    story, section = (article.story_id, article.section_id or 0) if article else (0, 0)
    return {"now": now, "story": story, "section": section}
