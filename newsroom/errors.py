"""What is answered where a request is not one that we can read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from newsroom.middleware import split_prefix


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for what is too large, else 400, in the language of the path.

    Asks neither the database nor the request for anything: it may have come too early for both.
    """
    prefix, _rest = split_prefix(request.path_info)
    known = getattr(request, "LANGUAGE_CODE", "")  # unless refused before its edition was looked at
    is_too_large = isinstance(exception, RequestDataTooBig)
    with translation.override(known or prefix or settings.LANGUAGE_CODE):
        shown = {"is_too_large": is_too_large, "home_url": f"/{prefix}/" if prefix else "/"}
        page = render_to_string("400.html", shown)
    return HttpResponse(page, status=413 if is_too_large else 400)
