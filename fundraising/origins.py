"""What was raised, told by campaign, by article and by placement."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fundraising.models import Kind, LedgerEntry, Placement
from operations.names import in_language


@dataclass(frozen=True)
class Origin:
    """From where gifts came: how many, what they were in minor units, and what is left."""

    name: str
    address: str
    currency: str
    gifts: int
    came_minor: int
    left_minor: int


@dataclass(frozen=True)
class Dimension:
    title: Promise
    fields: tuple[str, ...]
    named: Callable[[dict[str, Any]], tuple[str, str]]


def _campaign(row: dict[str, Any]) -> tuple[str, str]:
    name = in_language(row["campaign__names"])
    return name, reverse("admin:fundraising_campaign_change", args=[row["campaign"]])


def _article(row: dict[str, Any]) -> tuple[str, str]:
    if row["donation__article"] is None:
        return _("no article"), ""
    address = reverse("admin:articles_article_change", args=[row["donation__article"]])
    return f"{row['donation__article__headline']} ({row['donation__article__language']})", address


def _placement(row: dict[str, Any]) -> tuple[str, str]:
    placement = row["donation__placement"]
    if placement is None:
        return _("recorded by staff, without a donation"), ""
    return str(Placement(placement).label), ""


DIMENSIONS = {
    "campaign": Dimension(gettext_lazy("By campaign"), ("campaign", "campaign__names"), _campaign),
    "article": Dimension(
        gettext_lazy("By article"),
        ("donation__article", "donation__article__headline", "donation__article__language"),
        _article,
    ),
    "placement": Dimension(gettext_lazy("By place"), ("donation__placement",), _placement),
}


def raised_by(dimension: str, *, most: int | None = None) -> list[Origin]:
    """The most fruitful first. One query."""
    by = DIMENSIONS[dimension]
    is_gift = Q(kind=Kind.GIFT)
    rows = (
        LedgerEntry.objects.order_by()
        .values(*by.fields, "currency")
        .annotate(
            gifts=Count("pk", filter=is_gift),
            came_minor=Sum("amount_minor", filter=is_gift, default=0),
            left_minor=Sum("amount_minor"),
        )
        .order_by("-left_minor", *by.fields)
    )
    return [
        Origin(*by.named(row), row["currency"], row["gifts"], row["came_minor"], row["left_minor"])
        for row in rows[:most]
    ]
