"""The support pages: what the paper asks for and how to give."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from fundraising.breakdown import breakdown
from fundraising.chart import chart_of
from fundraising.goals import GoalBar
from fundraising.models import Campaign, Standing
from operations.clock import request_now, site_day
from pagecache.marks import keep

MOST_DEDICATIONS = 20
ANYWHERE: dict[str, Any] = settings.SECURE_CSP | {"frame-ancestors": ["*"]}


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Every campaign that runs, then those that have ended."""
    now = request_now(request)
    bars = [GoalBar(campaign, now) for campaign in Campaign.objects.begun(now).with_raised()]
    context = {
        "running": [bar for bar in bars if bar.standing == Standing.RUNNING],
        "ended": [bar for bar in bars if bar.standing == Standing.ENDED],
    }
    tags = [f"campaign:{bar.campaign.pk}" for bar in bars]
    return keep(render(request, "fundraising/campaign_list.html", context), *tags)


@require_safe
def campaign_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign with its bar, what the sum is made of and the ways to give."""
    bar = _find(request, slug)
    campaign = bar.campaign
    context = {
        "campaign": campaign,
        "bar": bar,
        "is_running": bar.standing == Standing.RUNNING,
        "lines": breakdown(campaign),
        "chart": chart_of(campaign, today=site_day(bar.now)),
        "dedications": campaign.donations.dedicated()[:MOST_DEDICATIONS],
    }
    return _kept(render(request, "fundraising/campaign_detail.html", context), bar)


@require_safe
def campaign_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures, for other sites and for pages that stay true while they are open.

    Amounts are integers in the currency's smallest unit, but for `missing_units` and the bar, which
    count whole ones; times are in UTC; the texts are those of the edition below which one asks.
    """
    bar = _find(request, slug)
    response = JsonResponse(_figures(bar), json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return _kept(response, bar)


@xframe_options_exempt
@csp_override(ANYWHERE)
@require_safe
def campaign_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The bar on a small page of its own, which any site may show in a frame."""
    bar = _find(request, slug)
    context = {"bar": bar, "is_running": bar.standing == Standing.RUNNING}
    return _kept(render(request, "fundraising/campaign_embed.html", context), bar)


def _find(request: HttpRequest, slug: str) -> GoalBar:
    """The bar of a campaign that readers may know of; 404 before it begins."""
    now = request_now(request)
    begun = Campaign.objects.begun(now).with_raised().with_supporters()
    return GoalBar(get_object_or_404(begun, slug=slug), now)


def _kept(response: Any, bar: GoalBar) -> HttpResponse:
    return keep(response, f"campaign:{bar.campaign.pk}")


def _figures(bar: GoalBar) -> dict[str, Any]:
    campaign = bar.campaign
    figures: dict[str, Any] = {
        "name": campaign.name,
        "url": settings.SITE_URL + campaign.get_absolute_url(),
        "language": get_language(),
        "state": bar.standing,
        "starts_at": campaign.starts_at,
        "ends_at": campaign.ends_at,
        "as_of": bar.as_of,
        "currency": campaign.currency,
        "raised_minor": campaign.raised_minor,
        "goal_minor": campaign.goal_minor,
        "percent": bar.percent if bar.has_goal else None,
        "supporters": campaign.supporter_count,
        "formatted": {
            "raised": bar.raised,
            "goal": bar.goal,
            "text": bar.text,
            "supporters": bar.supporters,
            "as_of": bar.as_of_text,
        },
    }
    if bar.has_goal:
        figures["missing_units"] = bar.missing_units
        figures["bar"] = {
            "now": bar.value_now,
            "max": bar.value_max,
            "text": bar.value_text,
            "start": bar.start,
            "end": bar.end,
            "width": bar.width,
            "anchor": bar.anchor,
        }
    return figures
