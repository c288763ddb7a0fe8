from django import template
from django.utils.safestring import SafeString

from richtext.articles import safe_article_html

register = template.Library()


@register.filter
def article_html(html: str) -> SafeString:
    """The stored text of an article or a page as safe HTML."""
    return safe_article_html(html)
