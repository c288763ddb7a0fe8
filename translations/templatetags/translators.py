"""`{% language_pairs contributor %}`: from which into which languages somebody translates."""

from typing import Any

from django import template

from articles.models import Contributor
from operations.clock import request_now
from operations.models import SiteSettings
from translations.translators import pairs_of

register = template.Library()


@register.inclusion_tag("translations/_language_pairs.html", takes_context=True)
def language_pairs(context: template.Context, contributor: Contributor) -> dict[str, Any]:
    """Nothing for who has no live translation. One query."""
    request = context["request"]
    editions = SiteSettings.of(request).editions
    return {"pairs": pairs_of(contributor, editions=editions, now=request_now(request))}
