"""The conversation in other apps' pages."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context

from articles.models import Article
from comments.fragment import conversation_context
from comments.models import Comment, Discussion

register = template.Library()


@register.inclusion_tag("comments/_conversation.html", takes_context=True)
def conversation(context: Context, article: Article) -> dict[str, Any]:
    """The article's conversation in the order that `?sort=` names. Two queries."""
    return conversation_context(context["request"], article)


@register.inclusion_tag("comments/_posted_notice.html", takes_context=True)
def posted_notice(context: Context, article: Article) -> dict[str, Any]:
    """What became of the comment that `?posted=` names. One query, only if it does."""
    posted = context["request"].GET.get("posted", "")
    if not (posted.isascii() and posted.isdigit() and len(posted) < 19):
        return {}
    return {"comment": Comment.objects.of_article(article).filter(pk=posted).first()}


@register.simple_tag
def load_comment_counts(articles: Sequence[Article]) -> str:
    """Sets `comment_count` on each of the articles; writes nothing. One query."""
    counts = Discussion.objects.counts_for(articles)
    for article in articles:
        article.comment_count = counts.get(article.story_id, 0)  # type: ignore[attr-defined]
    return ""
