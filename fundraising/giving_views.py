"""The form of who gives, and the page of what they have promised."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from fundraising.giving import begin, promise
from fundraising.giving_forms import GivingForm, typed_again
from fundraising.goals import GoalBar
from fundraising.models import (
    Campaign,
    Donation,
    DonationState,
    Moderation,
    Placement,
    ProviderEvent,
)
from fundraising.money import format_amount
from fundraising.providers.interface import ProviderFailed, ProviderRefused
from fundraising.references import in_groups
from operations.clock import request_now
from pagecache.marks import changes_nothing
from throttling.addresses import client_prefix
from throttling.limits import hit, seconds_left

logger = logging.getLogger("newsroom.fundraising")
WINDOW = 600  # seconds; the setting GIFTS_PER_PREFIX counts in it
MOST_OF_ONE_ADDRESS = 5  # gifts with one e-mail address


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows the form, or promises and leads to where one pays: here, or at the provider's."""
    now = request_now(request)
    campaign = get_object_or_404(Campaign.objects.begun(now), slug=slug)
    if campaign.has_ended(now):
        context = {"campaign": campaign}
        return render(request, "fundraising/campaign_ended.html", context, status=410)
    if request.method != "POST":
        initial = _asked(request.GET, campaign)
        return _show(request, GivingForm(campaign=campaign, initial=initial))
    form = GivingForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return _show(request, form, status=422)
    if not _takes_turn(request, form.cleaned_data["email"]):
        text = _("There were many gifts from here just now. Please wait a few minutes.")
        response = _show(request, form, status=429, notice=text)
        response.headers["Retry-After"] = str(seconds_left(WINDOW))
        return response
    article, placement = _origin(request, request.POST)
    donation = promise(
        campaign, **form.promised(), now=now, language=get_language(),
        article=article, placement=placement,
    )  # fmt: skip
    try:
        address = begin(donation, back_to=settings.SITE_URL + donation.get_absolute_url())
    except ProviderRefused:
        logger.exception("A gift was refused by its provider: %s", donation.reference)
        text = _("The payment service does not take this gift. Nothing was charged.")
        return _show(request, form, status=502, notice=text)
    except ProviderFailed:
        logger.exception("A provider did not answer: %s", donation.reference)
        text = _("The payment service does not answer. Nothing was charged. Please try again.")
        return _show(request, form, status=502, notice=text)
    address = address or donation.get_absolute_url()
    return changes_nothing(HttpResponseRedirect(address, status=303))


def _show(
    request: HttpRequest, form: GivingForm, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    article, placement = _origin(request, request.POST or request.GET)
    context = {
        "campaign": form.campaign,
        "form": form,
        "notice": notice,
        "article": article,
        "placement": placement,
    }
    response = render(request, "fundraising/give.html", context, status=status)
    return changes_nothing(response) if request.method == "POST" else response


def _asked(asked: QueryDict, campaign: Campaign) -> dict[str, Any]:
    """What the form begins with: an amount chosen on a page before, or a gift that failed.

    Who knows the address of a gift learns from it no more than that page tells.
    """
    ended = (DonationState.FAILED, DonationState.EXPIRED, DonationState.CANCELED)
    again = Donation.objects.filter(campaign=campaign, state__in=ended)
    try:
        return typed_again(again.get(public_id=UUID(asked.get("again", ""))))
    except (ValueError, Donation.DoesNotExist):
        return {name: asked[name] for name in ("amount", "own_amount") if name in asked}


def _origin(request: HttpRequest, asked: QueryDict) -> tuple[Article | None, str]:
    """From which article and which place on its page they come; what is forged says nothing."""
    number, placement = asked.get("article", ""), asked.get("from", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    live = Article.objects.live(request_now(request))
    article = live.filter(pk=number).first() if is_number else None
    return article, placement if placement in Placement.values else Placement.UNKNOWN


def _takes_turn(request: HttpRequest, email: str) -> bool:
    """Counts one more gift from this network and of this address; whether that is within limits."""
    limits = {f"gifts:{client_prefix(request)}": settings.GIFTS_PER_PREFIX}
    if email:
        limits[f"gifts of:{email.lower()}"] = MOST_OF_ONE_ADDRESS
    return hit(limits, seconds=WINDOW)


@never_cache
@require_safe
def donation_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a gift has come and what is to be done, for whoever knows its address."""
    events = ProviderEvent.objects.filter(donation=OuterRef("pk"))
    donation = get_object_or_404(
        Donation.objects.with_left()
        .annotate(
            is_in_question=Exists(events.in_question()), is_dealt_with=Exists(events.dealt_with())
        )
        .select_related("receipt"),
        public_id=public_id,
    )
    campaign = Campaign.objects.with_raised().get(pk=donation.campaign_id)
    now = request_now(request)
    context = {
        "donation": donation,
        "standing": _standing(donation),
        "campaign": campaign,
        "bar": GoalBar(campaign),
        "reference": in_groups(donation.reference),
        "received": format_amount(donation.left_minor, donation.currency),
        "words": _standing_of_words(donation),
        "is_running": campaign.is_running(now),
        "has_ended": campaign.has_ended(now),
    }
    response = render(request, "fundraising/donation_detail.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _standing(donation: Any) -> str:
    """The gift's state, unless money came for it that does not count: then "question" while nobody
    has looked at that, and "dealt-with" afterwards."""
    if donation.is_paid:
        return DonationState.PAID
    if donation.is_in_question:
        return "question"
    return "dealt-with" if donation.is_dealt_with else donation.state


def _standing_of_words(donation: Donation) -> str:
    """Whether name and message wait ("held") or stand on the page ("shown"); else nothing.

    They do neither without a gift that may still come, or of which something is left.
    """
    is_alive = donation.is_open or donation.left_minor > 0
    told = (Moderation.HELD, Moderation.SHOWN)
    is_told = donation.has_words and is_alive and donation.moderation in told
    return donation.moderation if is_told and not donation.is_test else ""
