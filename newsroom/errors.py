"""What is answered where a request is none that we can read, comes too often, or where we failed.

The pages of 400 and 500 ask the database and the request for nothing: it may have come too early
for both.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from newsroom.middleware import split_prefix

LONGEST_WAIT = 600  # seconds; of ACCOUNT_RATE_LIMITS by network, whichever was reached


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for what is too large, else 400, in the language of the path."""
    is_too_large = isinstance(exception, RequestDataTooBig)
    page = _page("400.html", request, {"is_too_large": is_too_large})
    return HttpResponse(page, status=413 if is_too_large else 400)


def too_many(request: HttpRequest) -> HttpResponse:
    """429 for a form of accounts, after which allauth does not say how long."""
    response = render(request, "429.html", {"is_form": True}, status=429)
    response.headers["Retry-After"] = str(LONGEST_WAIT)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in the language of the path."""
    return HttpResponse(_page("500.html", request, {}), status=500)


def _page(name: str, request: HttpRequest, shown: dict[str, bool]) -> str:
    prefix, _rest = split_prefix(request.path_info)
    known = getattr(request, "LANGUAGE_CODE", "")  # unless refused before its edition was looked at
    with translation.override(known or prefix or settings.LANGUAGE_CODE):
        return render_to_string(name, shown | {"home_url": f"/{prefix}/" if prefix else "/"})
