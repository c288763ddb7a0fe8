"""What every template may use: the site's settings, its editions and its furniture."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from articles.models import Page, Section
from newsroom.accent import accent_url, has_own_accent
from operations.addresses import address
from operations.clock import request_now
from operations.composed import Composed
from operations.models import SiteSettings

_sections: Composed[Section] = Composed(lambda: Section.objects.all())
_standing_pages: Composed[Page] = Composed(
    lambda language: Page.objects.filter(language=language).defer("body"), language=str
)


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`, the SiteSettings; `editions`, [(code, own name, address of the front page)].

    `sections`, `standing_pages` and `today` cost one query each, and only where a page shows them.
    """
    chosen = SiteSettings.of(request)
    language = get_language()
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
        "sections": _sections,
        "standing_pages": partial(_standing_pages, language=language),
        "today": partial(request_now, request),
        "accent_url": accent_url(chosen),
        "has_own_accent": has_own_accent(chosen),
        "text_direction": "rtl" if get_language_bidi() else "ltr",
    }
