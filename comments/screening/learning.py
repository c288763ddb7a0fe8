"""Asking what is known of a writer: one query, on the way that claims the post's key."""

from datetime import timedelta
from typing import Any

from psycopg.types.numeric import Int8

from comments.screening.facts import Facts
from comments.screening.submission import Submission
from comments.trust import LOOK_BACK, SETTLED_HOURS, Record
from operations.composed import prepared_cursor
from operations.pipelines import pipeline

LATELY = timedelta(minutes=10)
LONG_ENOUGH = 40  # characters: shorter texts are said again and again by honest people
TURN = "SELECT pg_advisory_xact_lock(hashtextextended('comments.person:' || %(person)s::text, 0))"
# The newest of theirs by index, whatever became of them; nothing else of the table is read.
FACTS = f"""
WITH here AS (
    SELECT id FROM comments_discussion WHERE story_id = %(story)s::bigint
), own AS (
    SELECT * FROM (
        (SELECT id, status, reviewed_at, created_at, discussion_id, text FROM comments_comment
            WHERE author_id = %(member)s::bigint ORDER BY id DESC LIMIT {LOOK_BACK})
        UNION ALL
        (SELECT id, status, reviewed_at, created_at, discussion_id, text FROM comments_comment
            WHERE guest_id = %(guest)s::uuid ORDER BY id DESC LIMIT {LOOK_BACK})
    ) written WHERE id IS DISTINCT FROM %(comment)s::bigint
)
SELECT
    count(*) FILTER (WHERE status = 'public'
        AND (reviewed_at IS NOT NULL OR created_at < %(now)s - %(settled)s)),
    count(*) FILTER (WHERE status IN ('removed', 'spam')),
    count(*) FILTER (WHERE status = 'spam'),
    count(*) FILTER (WHERE created_at > %(now)s - %(lately)s),
    coalesce(bool_or(text = %(text)s::text
        AND discussion_id IS DISTINCT FROM (SELECT id FROM here)), false)
FROM own
"""  # noqa: S608 - a constant's number


def send_turn(person: str, *, by: Any) -> None:
    """Waits until nobody else writes as this person, and is theirs until the transaction ends.

    What is asked of them after it is exact. The first lock of whoever takes it: see the table in
    docs/architecture.md.
    """
    by.execute(TURN, {"person": person})


def send_facts(sent: Submission, *, by: Any) -> None:
    comment = sent.comment
    by.execute(
        FACTS,
        {
            "member": _number(comment.author_id),
            "guest": str(comment.guest_id) if comment.guest_id else None,
            "comment": _number(comment.pk),
            "story": Int8(sent.story_id),
            "text": sent.text if len(sent.text) >= LONG_ENOUGH else None,
            "now": sent.now,
            "settled": timedelta(hours=SETTLED_HOURS),
            "lately": LATELY,
        },
    )


def receive_facts(sent: Submission, *, by: Any) -> Facts:
    stood, rejected, spam, lately, is_said_elsewhere = by.fetchone()
    author = sent.comment.author
    record = Record(stood, rejected, spam, is_staff=bool(author and author.is_staff))
    return Facts(record, lately, is_said_elsewhere)


def learn(sent: Submission) -> None:
    """Takes the writer's turn and gives the submission its facts. Two queries on one way."""
    with prepared_cursor() as waiting, prepared_cursor() as knowing:
        with pipeline():
            send_turn(sent.comment.writer, by=waiting)
            send_facts(sent, by=knowing)
        sent.facts = receive_facts(sent, by=knowing)


def _number(key: int | None) -> Int8 | None:
    return None if key is None else Int8(key)  # of one width: prepared once
