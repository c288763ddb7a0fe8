"""The goal bar: what it says and where its marks stand, in the active language."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from fundraising.models import Campaign
from fundraising.money import floored_percent, format_amount, format_percent, whole_units
from operations.clock import request_now
from operations.composed import Composed

NEAR_THE_EDGE = 12  # percent; a figure centred nearer to an end than this would be cut off


@dataclass(frozen=True)
class GoalBar:
    """A campaign, loaded with_raised(), as a bar. Every figure is rounded down."""

    campaign: Campaign

    @property
    def percent(self) -> int:
        """More than 100 where the goal is exceeded."""
        return floored_percent(self.campaign.raised_minor, self._goal)

    @property
    def is_reached(self) -> bool:
        return self.campaign.raised_minor >= self._goal

    @property
    def value_max(self) -> int:
        return max(1, whole_units(self._goal, self.campaign.currency))

    @property
    def value_now(self) -> int:
        raised = whole_units(self.campaign.raised_minor, self.campaign.currency)
        return min(raised, self.value_max)

    @property
    def raised(self) -> str:
        return self._amount(self.campaign.raised_minor)

    @property
    def balance(self) -> str:
        """For the desk: below zero too."""
        return self._amount(self.campaign.balance_minor)

    @property
    def text(self) -> str:
        """How far it has come, in words."""
        figures = {
            "percent": format_percent(self.percent),
            "goal": self._amount(self._goal),
            "missing": self._amount(self._goal - self.campaign.raised_minor),
        }
        if self.is_reached:
            return _("Goal reached: %(percent)s of %(goal)s") % figures
        return _("%(percent)s of %(goal)s, %(missing)s to go") % figures

    @property
    def value_text(self) -> str:
        """The same for those who hear it, with the amount raised."""
        return _("%(raised)s raised. %(text)s") % {"raised": self.raised, "text": self.text}

    @property
    def marks(self) -> list[str]:
        """The figures below the bar: nothing, half (where it is a whole amount), the goal."""
        half, is_odd = divmod(self._goal, 2)
        amounts = [0, self._goal] if is_odd else [0, half, 2 * half]
        return [self._amount(amount) for amount in amounts]

    @property
    def width(self) -> str:
        """How much of the bar is filled, in tenths of a percent, at most all."""
        return _percentage(self._tenths)

    @property
    def start(self) -> str:
        """Where the filled part begins: at the right in right-to-left languages."""
        return _percentage(1000 - self._tenths if get_language_bidi() else 0)

    @property
    def end(self) -> str:
        return _percentage(1000 - self._tenths if get_language_bidi() else self._tenths)

    @property
    def anchor(self) -> str:
        """How the raised figure lies about the end of the filled part, so that all of it shows."""
        if self._tenths < NEAR_THE_EDGE * 10:
            return "start"
        return "end" if self._tenths > 1000 - NEAR_THE_EDGE * 10 else "middle"

    @property
    def _goal(self) -> int:
        return self.campaign.goal_minor or 1

    @property
    def _tenths(self) -> int:
        return min(1000, self.campaign.raised_minor * 1000 // self._goal)

    def _amount(self, minor: int) -> str:
        return format_amount(minor, self.campaign.currency)


def _percentage(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"


_featured: Composed[Campaign] = Composed(
    lambda now: Campaign.objects.featured(now).with_raised(), now=datetime
)


def featured_goal(request: HttpRequest) -> GoalBar | None:
    """The bar of the featured campaign while it runs; asked for once a request. One query."""
    kept = vars(request)
    if "featured_goal" not in kept:
        campaign = _featured.first(now=request_now(request))
        kept["featured_goal"] = campaign and GoalBar(campaign)
    return kept["featured_goal"]
