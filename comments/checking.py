"""Proves that threads and counters are what the rows say, and restores them."""

from dataclasses import dataclass

from django.db import connection, transaction

from comments.models import Comment


@dataclass(frozen=True)
class Fault:
    kind: str
    id: int
    message: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}: {self.message}"


# What each counter should be; a row comes back where it is something else.
ANSWERS = """
SELECT comment.id, 'it answers a comment of another conversation' FROM comments_comment comment
JOIN comments_comment answered ON answered.id IN (comment.in_reply_to_id, comment.parent_id)
WHERE answered.discussion_id <> comment.discussion_id
"""
REPLIES = """
SELECT root.id, format('reply_count is %s instead of %s', root.reply_count, count(reply.id))
FROM comments_comment root LEFT JOIN comments_comment reply ON reply.tree_id = root.tree_id
    AND reply.parent_id IS NOT NULL AND reply.status = 'public'
WHERE root.parent_id IS NULL GROUP BY root.id HAVING root.reply_count <> count(reply.id)
"""
VOTES = """
SELECT comment.id, format('votes are %s up, %s down instead of %s, %s', comment.ups,
    comment.downs, coalesce(cast_votes.ups, 0), coalesce(cast_votes.downs, 0))
FROM comments_comment comment LEFT JOIN (
    SELECT comment_id, count(*) FILTER (WHERE value = 1) AS ups,
        count(*) FILTER (WHERE value = -1) AS downs
    FROM comments_vote GROUP BY comment_id
) cast_votes ON cast_votes.comment_id = comment.id
WHERE (comment.ups, comment.downs) IS DISTINCT FROM
    (coalesce(cast_votes.ups, 0), coalesce(cast_votes.downs, 0))
"""
DISCUSSIONS = """
SELECT discussion.id, format('counts are %s comments, %s threads instead of %s, %s',
    comment_count, thread_count, count(comment.id),
    count(comment.id) FILTER (WHERE comment.parent_id IS NULL))
FROM comments_discussion discussion LEFT JOIN comments_comment comment
    ON comment.discussion_id = discussion.id AND comment.status = 'public'
GROUP BY discussion.id HAVING (comment_count, thread_count) IS DISTINCT FROM
    (count(comment.id), count(comment.id) FILTER (WHERE comment.parent_id IS NULL))
"""
COUNTER_REPAIRS = (
    """
    UPDATE comments_comment root SET reply_count = (
        SELECT count(*) FROM comments_comment reply WHERE reply.tree_id = root.tree_id
            AND reply.parent_id IS NOT NULL AND reply.status = 'public')
    WHERE root.id = ANY(%s)
    """,
    """
    UPDATE comments_comment comment SET
        ups = (SELECT count(*) FROM comments_vote WHERE comment_id = comment.id AND value = 1),
        downs = (SELECT count(*) FROM comments_vote WHERE comment_id = comment.id AND value = -1)
    WHERE comment.id = ANY(%s)
    """,
    """
    UPDATE comments_discussion discussion SET (comment_count, thread_count) = (
        SELECT count(*), count(*) FILTER (WHERE parent_id IS NULL) FROM comments_comment
        WHERE discussion_id = discussion.id AND status = 'public')
    WHERE discussion.id = ANY(%s)
    """,
)


def check_trees() -> list[Fault]:
    """Every fault in slots, answers and counters. Five queries over whole tables, no locks."""
    faults = [Fault("comment", *row) for row in Comment.objects.faults()]
    checks = (("comment", ANSWERS), ("comment", REPLIES), ("comment", VOTES))
    for kind, sql in (*checks, ("conversation", DISCUSSIONS)):
        faults += [Fault(kind, *row) for row in _rows(sql)]
    return faults


@transaction.atomic
def repair() -> int:
    """Renumbers the threads from their parents, then counts anew; returns the threads' changes.

    Nobody can write comments or votes meanwhile. Answers across conversations are left to a
    person: which of the two is wrong cannot be told.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE comments_discussion, comments_comment, comments_vote "
            "IN SHARE ROW EXCLUSIVE MODE"
        )
        changed = Comment.objects.renumber()
        for sql, update in zip((REPLIES, VOTES, DISCUSSIONS), COUNTER_REPAIRS, strict=True):
            cursor.execute(update, [[row[0] for row in _rows(sql)]])
    return changed


def _rows(sql: str) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
