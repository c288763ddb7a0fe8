"""How the conversation is moderated, for everybody to see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comments.figures import figures
from operations.clock import request_now
from pagecache.marks import keep


@require_safe
def moderation(request: HttpRequest) -> HttpResponse:
    """The last twelve months in numbers, which are a day old at most: it says of which day."""
    context = {"figures": figures(request_now(request))}
    return keep(render(request, "comments/moderation.html", context))
