"""The editions, and how one says in which language something is."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from babel import Locale
from django import template
from django.conf import settings

from articles.models import Article, Page
from articles.series import SeriesPage

register = template.Library()


@register.inclusion_tag("newsroom/_edition_links.html", takes_context=True)
def edition_links(
    context: dict[str, Any], others: Iterable[Article | Page | SeriesPage] = ()
) -> dict[str, Any]:
    """Links to every edition: to the same piece where `others` has it, else to its front page."""
    here = context["request"].LANGUAGE_CODE
    same_story = {a.language: a for a in others}
    links = [
        (code, name, same_story[code].get_absolute_url() if code in same_story else front)
        for code, name, front in context["editions"]
    ]
    return {"links": links, "here": here}


@register.filter
def language_name(code: str) -> str:
    """The language's name in itself: Deutsch, Türkçe."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def language_direction(code: str) -> str:
    """Of any language of the world: a source may be in one that the site does not speak."""
    return Locale.parse(code, sep="-").text_direction


@register.simple_tag
def absolute_media(url: str) -> str:
    """The address with host: media may stand in a bucket elsewhere, or below our own site."""
    return urljoin(settings.SITE_URL, url)
