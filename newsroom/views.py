"""Pages that show several apps at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.readership import TAG
from newsroom.front_pages import compose
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import keep


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """The edition's front page."""
    front = compose(
        language=get_language(),
        editions=SiteSettings.of(request).editions,
        now=request_now(request),
    )
    return keep(render(request, "newsroom/front_page.html", {"front": front}), "lists", TAG)
