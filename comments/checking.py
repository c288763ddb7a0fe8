"""Proves that threads and counters are what the rows say, and restores them."""

from dataclasses import dataclass

from django.db import connection, transaction

from comments.models import Comment
from comments.people import WRITER


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
CLOSED = """
SELECT answer.id, 'it takes replies, and what it answers does not' FROM comments_comment answered
JOIN comments_comment answer ON answer.in_reply_to_id = answered.id
WHERE answered.closed_at IS NOT NULL AND answer.closed_at IS NULL
"""
VOTES = """
SELECT id, format('votes are %s up, %s down instead of %s, %s', coalesce(comment.ups, 0),
    coalesce(comment.downs, 0), coalesce(cast_votes.ups, 0), coalesce(cast_votes.downs, 0))
FROM (SELECT id, ups, downs FROM comments_comment WHERE ups <> 0 OR downs <> 0) comment
FULL JOIN (
    SELECT comment_id AS id, count(*) FILTER (WHERE value = 1) AS ups,
        count(*) FILTER (WHERE value = -1) AS downs
    FROM comments_vote GROUP BY comment_id
) cast_votes USING (id)
WHERE (coalesce(comment.ups, 0), coalesce(comment.downs, 0)) IS DISTINCT FROM
    (coalesce(cast_votes.ups, 0), coalesce(cast_votes.downs, 0))
"""
FLAGS = """
SELECT id, format('open_flags is %s instead of %s', coalesce(open_flags, 0), coalesce(number, 0))
FROM (SELECT id, open_flags FROM comments_comment WHERE open_flags > 0) comment
FULL JOIN (
    SELECT comment_id AS id, count(*) AS number FROM comments_flag WHERE outcome = ''
    GROUP BY comment_id
) waiting USING (id) WHERE coalesce(open_flags, 0) <> coalesce(number, 0)
"""
PEOPLE = f"""
SELECT discussion_id, format('%s has %s public comments instead of %s', writer, sum(known),
    sum(public))
FROM (
    SELECT writer, discussion_id, comment_count AS known, 0 AS public FROM comments_participant
    UNION ALL SELECT {WRITER}, discussion_id, 0, 1
    FROM comments_comment comment WHERE status = 'public'
) counted GROUP BY writer, discussion_id HAVING sum(known) <> sum(public)
"""  # noqa: S608 - of our own text
COUNTED = """
SELECT discussion.id, coalesce(comments, 0) AS comments, coalesce(threads, 0) AS threads,
    coalesce(people, 0) AS people, coalesce(by_language, '{}') AS by_language
FROM comments_discussion discussion LEFT JOIN (
    SELECT discussion_id AS id, sum(comments) AS comments, sum(threads) AS threads,
        jsonb_object_agg(language, comments) AS by_language
    FROM (
        SELECT discussion_id, language, count(*) AS comments,
            count(*) FILTER (WHERE parent_id IS NULL) AS threads
        FROM comments_comment WHERE status = 'public' GROUP BY discussion_id, language
    ) spoken GROUP BY discussion_id
) public USING (id) LEFT JOIN (
    SELECT discussion_id AS id, count(*) AS people FROM comments_participant
    WHERE comment_count > 0 GROUP BY discussion_id
) person USING (id)
"""
DISCUSSIONS = f"""
SELECT id, format('counts are %s comments, %s threads, %s people, %s instead of %s, %s, %s, %s',
    comment_count, thread_count, people_count, comments_by_language,
    comments, threads, people, by_language)
FROM comments_discussion JOIN ({COUNTED}) counted USING (id)
WHERE (comment_count, thread_count, people_count, comments_by_language)
    IS DISTINCT FROM (comments, threads, people, by_language)
"""  # noqa: S608 - of our own text
COUNTED_SO = (REPLIES, VOTES, FLAGS, PEOPLE, DISCUSSIONS)
CLOSE = """
WITH RECURSIVE below (id, closed_at) AS (
    SELECT id, closed_at FROM comments_comment WHERE closed_at IS NOT NULL
    UNION
    SELECT answer.id, below.closed_at FROM below
    JOIN comments_comment answer ON answer.in_reply_to_id = below.id
)
UPDATE comments_comment comment SET closed_at = below.closed_at
FROM below WHERE below.id = comment.id AND comment.closed_at IS NULL
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
    UPDATE comments_comment comment SET open_flags = (
        SELECT count(*) FROM comments_flag WHERE comment_id = comment.id AND outcome = '')
    WHERE comment.id = ANY(%s)
    """,
    f"""
    INSERT INTO comments_participant (writer, discussion_id, comment_count)
    SELECT writer, discussion_id, sum(public) FROM (
        SELECT {WRITER} AS writer, discussion_id, 1 AS public FROM comments_comment comment
        WHERE status = 'public'
        UNION ALL SELECT writer, discussion_id, 0 FROM comments_participant
    ) known WHERE discussion_id = ANY(%s) GROUP BY writer, discussion_id
    ON CONFLICT (writer, discussion_id) DO UPDATE SET comment_count = excluded.comment_count
    """,  # noqa: S608 - of our own text
    f"""
    UPDATE comments_discussion discussion SET comment_count = comments, thread_count = threads,
        people_count = people, comments_by_language = by_language
    FROM ({COUNTED}) counted WHERE counted.id = discussion.id AND discussion.id = ANY(%s)
    """,  # noqa: S608 - of our own text
)


def check_trees() -> list[Fault]:
    """Every fault in slots, answers and counters. Seven queries over whole tables, no locks."""
    faults = [Fault("comment", *row) for row in Comment.objects.faults()]
    for sql in (ANSWERS, CLOSED, REPLIES, VOTES, FLAGS):
        faults += [Fault("comment", *row) for row in _rows(sql)]
    for sql in (PEOPLE, DISCUSSIONS):
        faults += [Fault("conversation", *row) for row in _rows(sql)]
    return faults


@transaction.atomic
def repair() -> int:
    """Renumbers the threads from their parents, closes what answers what is closed, then counts
    anew; returns the threads' changes.

    Nobody can write comments, votes or reports meanwhile. Answers across conversations are left to
    a person: which of the two is wrong cannot be told.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE comments_discussion, comments_participant, comments_comment, "
            "comments_vote, comments_flag IN SHARE ROW EXCLUSIVE MODE"
        )
        changed = Comment.objects.renumber()
        cursor.execute(CLOSE)
        for sql, update in zip(COUNTED_SO, COUNTER_REPAIRS, strict=True):
            cursor.execute(update, [[row[0] for row in _rows(sql)]])
    return changed


def _rows(sql: str) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
