"""The support pages: what the paper asks for and how to give."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from fundraising.goals import GoalBar
from fundraising.models import Campaign
from operations.clock import request_now
from pagecache.marks import keep


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Every campaign that runs, then those that have ended."""
    now = request_now(request)
    bars = [GoalBar(campaign) for campaign in Campaign.objects.begun(now).with_raised()]
    context = {
        "running": [bar for bar in bars if bar.campaign.is_running(now)],
        "ended": [bar for bar in bars if bar.campaign.has_ended(now)],
    }
    tags = [f"campaign:{bar.campaign.pk}" for bar in bars]
    return keep(render(request, "fundraising/campaign_list.html", context), *tags)


@require_safe
def campaign_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign with its bar and the ways to give; 404 before it begins."""
    now = request_now(request)
    begun = Campaign.objects.begun(now).with_raised().with_supporters()
    campaign = get_object_or_404(begun, slug=slug)
    context = {
        "campaign": campaign,
        "bar": GoalBar(campaign),
        "is_running": campaign.is_running(now),
    }
    page = render(request, "fundraising/campaign_detail.html", context)
    return keep(page, f"campaign:{campaign.pk}")
