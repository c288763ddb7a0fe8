"""Addresses of what pages link to again and again."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language, override


def address(view: str, *arguments: str, language: str | None = None) -> str:
    """As `reverse`, below the edition of `language`, else of the active one; remembered.

    A page links to some forty places, most of them the same as on the page before.
    """
    spoken = language or get_language()
    return _address(view, arguments, spoken, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=10_000)
def _address(
    view: str, arguments: tuple[str, ...], language: str | None, _prefix: str, urlconf: str | None
) -> str:
    if language is None:
        return reverse(view, urlconf, arguments)
    with override(language):
        return reverse(view, urlconf, arguments)
