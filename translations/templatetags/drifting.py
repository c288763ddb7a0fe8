"""`{% drift_note article %}`: that the article is behind its source."""

from typing import Any

from django import template

from articles.models import Article
from operations.clock import request_now
from operations.models import SiteSettings
from pagecache.marks import depend
from translations.drift import drift_of
from translations.drift_note import note_on

register = template.Library()


@register.inclusion_tag("translations/_drift_note.html", takes_context=True)
def drift_note(context: template.Context, article: Article) -> dict[str, Any]:
    """Nothing for what is not behind. One query."""
    request = context["request"]
    now, editions = request_now(request), SiteSettings.of(request).editions
    drift = drift_of([article], now=now)[article.pk]
    depend(request, *drift.tags)
    return {"note": note_on(article, drift, now=now, editions=editions)}
