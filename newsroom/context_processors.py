"""What every template may use: the site's settings and its editions."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi, override

from newsroom.accent import accent_url


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`, the SiteSettings; `editions`, [(code, own name, address of the front page)]."""
    chosen = request.site_settings
    return {
        "site": chosen,
        "site_url": settings.SITE_URL,
        "editions": [
            (code, name, front_page_url(code))
            for code, name in settings.LANGUAGES
            if code in chosen.editions
        ],
        "accent_url": accent_url(chosen),
        "text_direction": "rtl" if get_language_bidi() else "ltr",
    }


def front_page_url(language: str) -> str:
    with override(language):
        return reverse("front_page")
