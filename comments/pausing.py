"""Slow mode: between two comments of one person in a conversation lies a pause."""

from datetime import datetime
from typing import Any

from psycopg.types.numeric import Int8

from comments.models import Comment
from operations.composed import prepared_cursor

# The same row that is counted a moment before, so that nobody waits for it twice. What is erased
# or held counts too.
NOTE = """
INSERT INTO comments_participant AS person (writer, discussion_id, comment_count, wrote_at)
VALUES (%(writer)s, %(discussion)s, 0, %(at)s)
ON CONFLICT (writer, discussion_id) DO UPDATE SET wrote_at = excluded.wrote_at
"""


def note_comment(comment: Comment, *, at: datetime) -> None:
    """Notes when its writer last wrote here. Call it after what is counted. One query.

    That nobody is faster is exact: the writer's turn is taken (`screening.learning.send_turn`).
    """
    place: dict[str, Any] = {"writer": comment.writer, "discussion": Int8(comment.discussion_id)}
    with prepared_cursor() as cursor:
        cursor.execute(NOTE, place | {"at": at})
