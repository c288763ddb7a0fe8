"""Conversations too long to be posted one by one: their rows, written by SQL."""

from django.db import connection

from articles.models import Article
from comments.models import Discussion
from comments.tree import WIDTHS

THREADS = """
INSERT INTO comments_comment (tree_id, lft, rght, level, discussion_id, article_id, language,
    guest_name, guest_email, text, html, status, created_at, public_at, ups, downs, reply_count)
SELECT nextval('comments_comment_tree'), 1, %(width)s, 0, %(discussion)s, %(article)s, %(language)s,
    'Reader ' || number, '', 'Text', '<p>' || repeat('The ferry is late again. ', 8) || '</p>',
    'public', now() - number * interval '1 minute', now() - number * interval '1 minute',
    number %% 7, number %% 3, %(replies)s
FROM generate_series(1, %(threads)s) number
"""
REPLIES = """
INSERT INTO comments_comment (tree_id, lft, rght, level, discussion_id, article_id, language,
    guest_name, guest_email, text, html, status, created_at, public_at, ups, downs, reply_count,
    parent_id, in_reply_to_id)
SELECT root.tree_id, 2 + (number - 1) * %(width)s, 1 + number * %(width)s, 1, root.discussion_id,
    root.article_id, root.language, 'Reader ' || number, '', 'Text', root.html, 'public',
    root.public_at + number * interval '1 second', root.public_at + number * interval '1 second',
    0, 0, 0, root.id, root.id
FROM comments_comment root, generate_series(1, %(replies)s) number
WHERE root.discussion_id = %(discussion)s AND root.parent_id IS NULL
"""


def make_long_conversation(article: Article, *, threads: int, replies: int = 0) -> Discussion:
    """So many threads with so many replies each, all public."""
    comments = threads * (replies + 1)
    discussion = Discussion.objects.create(
        story_id=article.story_id, comment_count=comments, thread_count=threads
    )
    names = {"discussion": discussion.pk, "article": article.pk, "language": article.language}
    numbers = {"threads": threads, "replies": replies}
    with connection.cursor() as cursor:
        cursor.execute(THREADS, {**names, **numbers, "width": WIDTHS[0]})
        cursor.execute(REPLIES, {**names, **numbers, "width": WIDTHS[1]})
        cursor.execute("ANALYZE comments_comment")
    return discussion
