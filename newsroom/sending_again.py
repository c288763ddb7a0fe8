"""A form of the desk that came without a valid sign-in: kept on a page that sends it again."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views import csrf

DESK = "/admin/"
LONG = 25  # characters: what is worth to be copied, where all else fails


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """The answer to what a stranger posts to the desk; None where nothing was typed."""
    if request.headers.get("Accept") == "application/json":
        text = _("You are signed out.")
        return JsonResponse({"reason": "signed_out", "message": text}, status=403)
    return _keep(request) if _typed(request) else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Signing in gives a new token, so a form that was open before comes with the old one.

    It is still not taken: the page asks whether to send it again. What another site sends, and
    what somebody else had opened here before, is refused with nothing of it shown.
    """
    if request.path_info.startswith(DESK) and _is_ours(request):
        if request.headers.get("Accept") == "application/json":
            text = _("Your sign-in has changed.")
            return JsonResponse({"reason": "token", "message": text}, status=403)
        if _typed(request) and _may_be_theirs(request):
            return _keep(request)
    return csrf.csrf_failure(request, reason)


def _is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of this site."""
    origin = f"{request.scheme}://{request.get_host()}"
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return request.headers.get("Origin") == origin and site == "same-origin"


def _may_be_theirs(request: HttpRequest) -> bool:
    """Whether who is signed in now, if anybody, is who opened the form."""
    is_theirs = request.POST.get("typed_by") == str(request.user.pk)
    return request.user.is_anonymous or is_theirs


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The form's fields; none where a page is no place for them: passwords, and files."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if request.FILES or any("password" in name for name, _value in fields):
        return []
    return [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]


def _keep(request: HttpRequest) -> HttpResponse:
    fields = _typed(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Nothing is lost"),
        "fields": fields,
        "texts": [value for _name, value in fields if len(value) > LONG and " " in value],
        "is_popup": False,
    }
    response = render(request, "admin/send_again.html", context, status=403)
    add_never_cache_headers(response)  # it may hold what nobody is to read yet
    return response
