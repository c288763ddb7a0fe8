"""The conversation in other apps' pages."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.figures import with_pictures
from articles.models import Article
from comments.fragment import (
    accepts,
    conversation_context,
    glance_of,
    shown_around,
)
from comments.lines import Line
from comments.models import Comment, Discussion, talk_tag
from comments.stencils import Page, write
from pagecache.marks import depend
from pagecache.shells import live, watch

register = template.Library()


@register.inclusion_tag("comments/_conversation.html", takes_context=True)
def conversation(context: Context, article: Article) -> dict[str, Any]:
    """The article's conversation in the order that `?sort=` names. Two queries."""
    request = context["request"]
    watch(request, shown_around, article)
    return conversation_context(request, article) | {"request": request}


@register.simple_tag(takes_context=True)
def changing(context: Context, template: str) -> SafeString:
    """A part of the conversation that every comment changes, as it is now."""
    return live(context["request"], partial(_changing, context["article"], template))


def _changing(article: Article, template: str, request: HttpRequest) -> SafeString:
    depend(request, talk_tag(article.story_id))
    return render_to_string(template, {**conversation_context(request, article)})


@register.inclusion_tag("comments/_article_text.html", takes_context=True)
def article_text(context: Context, article: Article) -> dict[str, Any]:
    """The article's text with what is asked and said about pieces of it. Two queries at most."""
    request = context["request"]
    watch(request, shown_around, article)
    passages = glance_of(request, article).passages
    text = with_pictures(passages.marked(accepts=accepts(request, article)))[0]
    return {"article": article, "text": text, "homeless": passages.homeless,
            "accepts": accepts(request, article)}  # fmt: skip


@register.inclusion_tag("comments/_passage_links.html", takes_context=True)
def passage_links(context: Context, article: Article) -> dict[str, Any]:
    """How to quote the text or to report an error in it. One query at most."""
    request = context["request"]
    watch(request, shown_around, article)
    invites = glance_of(request, article).discussion.invites
    return {"article": article, "accepts": accepts(request, article), "invites": invites}


@register.simple_tag(takes_context=True)
def posted_notice(context: Context, article: Article) -> SafeString:
    """What became of the comment that `?posted=` names. One query, only if it does.

    Nothing drops it, for a page that is asked so is not kept.
    """
    return live(context["request"], partial(_posted_notice, article))


def _posted_notice(article: Article, request: HttpRequest) -> SafeString:
    posted = request.GET.get("posted", "")
    if not (posted.isascii() and posted.isdigit() and len(posted) < 19):
        return SafeString()
    comment = Comment.objects.of_article(article).filter(pk=posted).first()
    return render_to_string("comments/_posted_notice.html", {"comment": comment})


@register.simple_tag(takes_context=True)
def comment_lines(context: Context, lines: Sequence[Line]) -> SafeString:
    """The comments as `comments/_comments.html` writes them, faster where there are many."""
    template = Engine.get_default().get_template("comments/_comments.html")

    def render(line: Line, addresses: dict[str, str]) -> str:
        with context.push(lines=[line], **addresses):
            return template.render(context)

    asked = (bool(context["accepts"]), bool(context["takes_down_votes"]))
    addresses = {name: context[name] for name in ("comments_url", "text_url")}
    return write(lines, render, Page(asked, addresses))


@register.simple_tag
def load_comment_counts(articles: Sequence[Article]) -> str:
    """Sets `comment_count` on each of the articles; writes nothing. One query."""
    counts = Discussion.objects.counts_for(articles)
    for article in articles:
        article.comment_count = counts.get(article.story_id, 0)  # type: ignore[attr-defined]
    return ""
