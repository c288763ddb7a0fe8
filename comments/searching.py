"""Finding what readers wrote by its words: public comments below live articles."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.safestring import SafeString

from articles.found import any_of, listed
from articles.marking import FRAGMENTS, marked_sql, shown
from articles.models import Article
from articles.searching import Asked
from comments.models import Comment
from comments.models.comments import CommentQuerySet
from comments.permalinks import edition_of
from operations.composed import Composed, prepared_cursor

EXCERPTS = f"""
SELECT id, language, kept.text, {marked_sql("kept.text", "language", options=FRAGMENTS)}
FROM comments_comment JOIN comments_searchtext kept ON comment_id = id
WHERE id = ANY (%(ids)s::bigint[])
"""  # noqa: S608 - of no values


def comments_saying(asked: Asked, *, editions: Collection[str], now: datetime) -> "CommentQuerySet":
    """The public comments that fit, where one of the story's editions can be read."""
    live = Article.objects.live(now).filter(
        story=OuterRef("discussion__story"), language__in=editions
    )
    if asked.section:
        live = live.filter(section__slug=asked.section)
    return Comment.objects.public().filter(asked.said(), asked.between("public_at"), Exists(live))


def found_comments(keys: Iterable[int]) -> dict[int, Comment]:
    """{key: its comment, as a list of them shows it}. One query."""
    return {comment.pk: comment for comment in _comments(keys=listed(keys))}


_comments: Composed[Comment] = Composed(
    lambda keys: (
        Comment.objects.filter(pk__in=any_of(keys))
        .select_related("author", "discussion")
        .defer("html")
    ),
    keys=str,
)


def excerpts(found: Iterable[Comment], words: str) -> dict[int, SafeString]:
    """{id: what of the comment stands around the words}, the words marked. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(EXCERPTS, {"words": words, "ids": [comment.pk for comment in found]})
        rows = cursor.fetchall()
    return {pk: shown(marked, text=text, language=language) for pk, language, text, marked in rows}


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
