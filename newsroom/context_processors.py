"""What every template may use: the site's settings, its editions and its furniture."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, override

from articles.models import Page, Section
from newsroom.accent import accent_url, has_own_accent
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
        "home_url": front_page_url(
            language if language in chosen.editions else settings.LANGUAGE_CODE
        ),
        "editions": [
            (code, name, front_page_url(code))
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


def front_page_url(language: str) -> str:
    with override(language):
        return reverse("front_page")
