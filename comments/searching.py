"""Finding what readers wrote by its words: public comments below live articles."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.utils.safestring import SafeString

from articles.models import Article
from articles.searching import FRAGMENTS, Asked, Words, marked
from comments.models import Comment, SearchText
from comments.models.comments import CommentQuerySet
from comments.permalinks import edition_of
from richtext.highlights import highlighted


def comments_saying(asked: Asked, *, editions: Collection[str], now: datetime) -> "CommentQuerySet":
    """The public comments that fit, where one of the story's editions can be read."""
    live = Article.objects.live(now).filter(
        story=OuterRef("discussion__story"), language__in=editions
    )
    if asked.section:
        live = live.filter(section__slug=asked.section)
    return Comment.objects.public().filter(asked.said(), asked.between("public_at"), Exists(live))


def comments_for_listing() -> "CommentQuerySet":
    return Comment.objects.select_related("author", "discussion").defer("html")


def excerpts(found: Iterable[Comment], words: str) -> dict[int, SafeString]:
    """{id: what of the comment stands around the words}, the words marked. One query."""
    language = F("comment__language")
    around = marked("text", Words(words, language), language, FRAGMENTS)
    rows = SearchText.objects.filter(pk__in=[comment.pk for comment in found])
    return {pk: highlighted(text) for pk, text in rows.values_list("pk", around)}


def read_through(
    found: Collection[Comment], *, editions: Collection[str], now: datetime
) -> dict[int, Article]:
    """{id: the live article whose edition shows the comment}. One query."""
    stories = {comment.discussion.story_id for comment in found}
    live = Article.objects.live(now).filter(story__in=stories, language__in=editions)
    by_story: dict[int, list[Article]] = {}
    for article in live.order_by("pk").defer("body"):
        by_story.setdefault(article.story_id, []).append(article)
    shown = {
        each.pk: edition_of(each, by_story.get(each.discussion.story_id, [])) for each in found
    }
    return {pk: article for pk, article in shown.items() if article}
