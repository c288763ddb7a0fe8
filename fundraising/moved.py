"""Where the slug that a campaign once had leads: on to the same page, in one step."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from fundraising.models import Campaign
from operations.clock import request_now
from pagecache.marks import keep


def moved(request: HttpRequest) -> HttpResponse | None:
    """The answer for an address whose slug no campaign has now; None where it never led anywhere,
    or to one that readers may not know of. What a form sends and what was chosen before it stays.
    """
    match: Any = request.resolver_match
    if match.namespace != "fundraising" or "slug" not in match.kwargs:
        return None
    begun = Campaign.objects.begun(request_now(request))
    campaign = begun.filter(redirects__slug=match.kwargs["slug"]).first()
    if campaign is None:
        return None
    address = reverse(match.view_name, kwargs={"slug": campaign.slug})
    is_form = match.url_name == "give"
    if is_form and (chosen := request.META.get("QUERY_STRING")):
        address = f"{address}?{chosen}"
    is_read = request.method in ("GET", "HEAD")
    response = HttpResponsePermanentRedirect(address, preserve_request=not is_read)
    response.headers["Access-Control-Allow-Origin"] = "*"  # scripts of other sites follow it too
    patch_cache_control(response, max_age=0, must_revalidate=True)  # a slug may come back
    return response if is_form else keep(response, f"campaign:{campaign.pk}")
