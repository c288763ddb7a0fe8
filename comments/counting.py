"""The counters of threads and conversations, moved in one fixed order."""

from comments.models import Comment
from comments.tree import FIRST
from operations.composed import prepared_cursor

# Whoever has their first public comment in a conversation, or none any more, moves its people.
# The rows are locked in this order by everybody: who is counted is asked of the thread's first
# comment, and the discussion of who was counted.
COUNT = """
WITH root AS (
    UPDATE comments_comment SET reply_count = reply_count + %(by)s
    WHERE tree_id = %(tree)s AND lft = %(first)s AND NOT %(is_root)s
    RETURNING id
), person AS (
    INSERT INTO comments_participant AS person (writer, discussion_id, comment_count)
    SELECT %(writer)s, %(discussion)s, greatest(%(by)s, 0) FROM (SELECT count(*) FROM root) first
    ON CONFLICT (writer, discussion_id) DO UPDATE
        SET comment_count = person.comment_count + %(by)s
    RETURNING CASE WHEN comment_count = (%(by)s > 0)::int THEN %(by)s ELSE 0 END AS people
)
UPDATE comments_discussion discussion SET
    comment_count = comment_count + %(by)s,
    thread_count = thread_count + %(by)s * %(is_root)s::int,
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
    discussion, and everybody who posts or moderates there waits for these rows. One query.
    """
    with prepared_cursor() as cursor:
        cursor.execute(
            COUNT,
            {
                "writer": comment.writer if writer is None else writer,
                "discussion": comment.discussion_id,
                "language": comment.language,
                "tree": comment.tree_id,
                "first": FIRST,
                "is_root": comment.parent_id is None,
                "by": by,
            },
        )
