"""Where an article came from, and what it can be read beside."""

from collections.abc import Sequence
from typing import Any

from django import template

from articles.models import Article
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import depend
from translations.credit import credit_of
from translations.together import companions

register = template.Library()


@register.inclusion_tag("translations/_credit_line.html", takes_context=True)
def credit_line(context: template.Context, article: Article) -> dict[str, Any]:
    """Nothing for an original. One query, for an article that was read with `for_reading()`."""
    request = context["request"]
    editions = SiteSettings.of(request).editions
    credit = credit_of(article, now=request_now(request), editions=editions)
    depend(request, *(credit.tags if credit else ()))
    return {"credit": credit}


@register.inclusion_tag("translations/_companion_links.html", takes_context=True)
def companion_links(
    context: template.Context, article: Article, siblings: Sequence[Article]
) -> dict[str, Any]:
    """Links to the article beside its original, or beside its translations.

    `siblings` are the story's other live articles. One query, and none where there are none.
    """
    editions = SiteSettings.of(context["request"]).editions
    found = companions(article, [other for other in siblings if other.language in editions])
    return {"article": article, "original": found.original, "companions": found.articles}
