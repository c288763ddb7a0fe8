"""System checks of what the site would do without, and nobody would see why."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from newsroom.cards import shapes_arabic


@register()
def check_letters_of_cards(**kwargs: Any) -> list[CheckMessage]:
    """Arabic headlines need more of Pillow than others."""
    if shapes_arabic() or "ar" not in dict(settings.LANGUAGES):
        return []
    return [
        Warning(
            "Links to Arabic articles without a picture show the site's logo, not their headline.",
            hint="Install a Pillow with Raqm and a library fribidi (Debian: libfribidi0).",
            id="newsroom.W001",
        )
    ]
