"""`{% credit_line article %}`: where the article came from."""

from typing import Any

from django import template

from articles.models import Article
from operations.clock import request_now
from operations.models import SiteSettings
from translations.credit import credit_of
from translations.drift_note import note_original

register = template.Library()


@register.inclusion_tag("translations/_credit_line.html", takes_context=True)
def credit_line(context: template.Context, article: Article) -> dict[str, Any]:
    """Nothing for an original. One query, for an article that was read with `for_reading()`."""
    request = context["request"]
    editions = SiteSettings.of(request).editions
    credit = credit_of(article, now=request_now(request), editions=editions)
    if credit is None:
        note_original(request, article)
    return {"credit": credit}
