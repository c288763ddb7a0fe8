"""What every template may use: the site's settings, its editions and its furniture."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from newsroom.accent import accent_url, has_own_accent
from newsroom.furniture import Furniture
from operations.addresses import address
from operations.clock import request_now
from operations.models import SiteSettings


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`, the SiteSettings; `editions`, [(code, own name, address of the front page)].

    `sections`, `standing_pages` and `today` ask the database, and only where a page shows them.
    """
    chosen = SiteSettings.of(request)
    language = get_language()
    furniture = Furniture(language)
    return {
        "site": chosen,
        "site_url": settings.SITE_URL,
        "home_url": address(
            "front_page",
            language=language if language in chosen.editions else settings.LANGUAGE_CODE,
        ),
        "editions": [
            (code, name, address("front_page", language=code))
            for code, name in settings.LANGUAGES
            if code in chosen.editions
        ],
        "sections": furniture.sections,
        "standing_pages": furniture.standing_pages,
        "today": partial(request_now, request),
        "accent_url": accent_url(chosen),
        "has_own_accent": has_own_accent(chosen),
        "text_direction": "rtl" if get_language_bidi() else "ltr",
    }
