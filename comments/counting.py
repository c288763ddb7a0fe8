"""The counters of threads and conversations, moved in one fixed order."""

from django.db import connection
from django.db.models import F

from comments.models import Comment

# Whoever has their first public comment in a conversation, or none any more, moves its people.
COUNT = """
WITH person AS (
    INSERT INTO comments_participant AS person (writer, discussion_id, comment_count)
    VALUES (%(writer)s, %(discussion)s, greatest(%(by)s, 0))
    ON CONFLICT (writer, discussion_id) DO UPDATE
        SET comment_count = person.comment_count + %(by)s
    RETURNING CASE WHEN comment_count = (%(by)s > 0)::int THEN %(by)s ELSE 0 END AS people
)
UPDATE comments_discussion discussion SET
    comment_count = comment_count + %(by)s,
    thread_count = thread_count + %(threads)s,
    people_count = people_count + person.people,
    comments_by_language = jsonb_strip_nulls(comments_by_language || jsonb_build_object(
        %(language)s::text,
        nullif(coalesce((comments_by_language ->> %(language)s)::int, 0) + %(by)s, 0)))
FROM person WHERE discussion.id = %(discussion)s
"""


def count(comment: Comment, *, by: int, writer: str | None = None) -> None:
    """Counts the comment as public (`by=1`) or as no longer so (`by=-1`).

    `writer` is whose it was, where the comment does not say so any more. Call it last in the
    transaction: it locks the thread's first comment, what is counted of the writer, then the
    discussion, and everybody who posts or moderates there waits for these rows. At most two
    queries.
    """
    is_root = comment.parent_id is None
    if not is_root:
        Comment.objects.root_of(comment).update(reply_count=F("reply_count") + by)
    with connection.cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "writer": comment.writer if writer is None else writer,
                "discussion": comment.discussion_id,
                "language": comment.language,
                "threads": by if is_root else 0,
                "by": by,
            },
        )
