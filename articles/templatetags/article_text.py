from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles.figures import with_pictures
from articles.models import Article
from articles.related import related_to
from articles.series import Instalment, instalment_of
from richtext.contents import Entry, contents
from richtext.reading import for_readers, has_frames

register = template.Library()


@register.filter
def article_html(html: str) -> SafeString:
    """The stored text of an article or a page as safe HTML. A query if it has pictures."""
    return with_pictures(for_readers(html))[0]


@register.filter
def shows_frames(html: str) -> bool:
    """Whether the text has something that the page may show in a frame."""
    return has_frames(html)


@register.filter
def contents_of(html: str) -> list[Entry]:
    """The headings of a long text, for a list of links to them."""
    return contents(html)


@register.simple_tag(takes_context=True)
def related_articles(context: dict[str, Any], article: Article) -> list[Article]:
    """What there is to read after it. One query."""
    return related_to(context["request"], article)


@register.simple_tag(takes_context=True, name="instalment")
def article_instalment(context: dict[str, Any], article: Article) -> Instalment | None:
    """Which of its series it is. One query for a request, and only with a series."""
    return instalment_of(context["request"], article)
