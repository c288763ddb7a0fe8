"""The site's own accent colours, as a stylesheet whose address changes with them.

Public pages ask for it where the desk has chosen others than site.css has.
"""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from operations.models import SiteSettings

STYLESHEET = """:root {{ --accent-light: {light}; --accent-dark: {dark}; }}
"""


def accent_css(chosen: SiteSettings) -> str:
    return STYLESHEET.format(light=chosen.accent_light, dark=chosen.accent_dark)


def has_own_accent(chosen: SiteSettings) -> bool:
    return accent_css(chosen) != accent_css(SiteSettings())


def accent_url(chosen: SiteSettings) -> str:
    digest = hashlib.sha256(accent_css(chosen).encode()).hexdigest()[:12]
    return reverse("accent_stylesheet", args=[digest])


@require_safe
def accent_stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet. Former colours are 404, so that caches may keep each for good."""
    if request.path_info != accent_url(SiteSettings.of(request)):
        raise Http404
    response = HttpResponse(accent_css(SiteSettings.of(request)), content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
