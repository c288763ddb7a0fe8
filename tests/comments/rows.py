"""Conversations too long to be posted one by one: their rows, written at once."""

from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet

from articles.models import Article
from comments.models import Comment, Discussion, Status
from comments.tree import WIDTHS
from operations.clock import database_now

HTML = f"<p>{'The ferry is late again. ' * 8}</p>"


def make_long_conversation(article: Article, *, threads: int, replies: int = 0) -> Discussion:
    """So many threads with so many replies each, all public, each thread older than the last."""
    comments = threads * (replies + 1)
    discussion = Discussion.objects.create(
        story_id=article.story_id, comment_count=comments, thread_count=threads
    )
    roots = [_comment(article, discussion, number, replies=replies) for number in range(threads)]
    QuerySet(Comment).bulk_create(roots)
    below = [_reply(root, number) for root in roots for number in range(replies)]
    QuerySet(Comment).bulk_create(below)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")
    return discussion


def _comment(article: Article, discussion: Discussion, number: int, *, replies: int) -> Comment:
    written = database_now() - timedelta(minutes=number + 1)
    return Comment(
        tree_id=Comment.objects._get_next_tree_id(),
        lft=1,
        rght=WIDTHS[0],
        level=0,
        discussion=discussion,
        article=article,
        language=article.language,
        guest_name=f"Reader {number}",
        text="Text",
        html=HTML,
        status=Status.PUBLIC,
        created_at=written,
        public_at=written,
        ups=number % 7,
        downs=number % 3,
        reply_count=replies,
    )


def _reply(root: Comment, number: int) -> Comment:
    width = WIDTHS[1]
    written = root.created_at + timedelta(seconds=number + 1)
    return Comment(
        tree_id=root.tree_id,
        lft=2 + number * width,
        rght=1 + (number + 1) * width,
        level=1,
        parent=root,
        in_reply_to=root,
        discussion=root.discussion,
        article=root.article,
        language=root.language,
        guest_name=f"Reader {number}",
        text="Text",
        html=HTML,
        status=Status.PUBLIC,
        created_at=written,
        public_at=written,
    )
