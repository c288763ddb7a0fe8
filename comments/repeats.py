"""The same comment sent twice, by a double click or an impatient reload, is one comment."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from comments.models import Comment, RecentPost
from operations.composed import Along

WINDOW = timedelta(minutes=10)
# The second of two waits here until the first is written, or was refused.
CLAIM = """
INSERT INTO comments_recentpost AS recent (key, comment_id, posted_at)
VALUES (%(key)s, NULL, %(now)s)
ON CONFLICT (key) DO UPDATE SET comment_id = NULL, posted_at = excluded.posted_at
    WHERE recent.posted_at <= excluded.posted_at - %(window)s
RETURNING key
"""
REMEMBER = "UPDATE comments_recentpost SET comment_id = (SELECT id FROM added) WHERE key = %(key)s"
FORGET = """
DELETE FROM comments_recentpost WHERE key IN (
    SELECT key FROM comments_recentpost WHERE posted_at <= %(now)s - %(window)s
    LIMIT 10000 FOR UPDATE SKIP LOCKED
)
"""


def repeat_key(writer: str, comment: Comment) -> str:
    """What two posts must have in common to be one: writer, place and text. A keyed hash.

    The place is the story with what is answered, or is spoken of.
    """
    passage = comment.passage
    about = (str(passage.pk or ""), *passage.selector) if passage else ()
    place = f"{comment.article.story_id}:{comment.in_reply_to_id or ''}"
    message = "\0".join((writer, place, *about, comment.text))
    return salted_hmac("comments.repeats", message, algorithm="sha256").hexdigest()


def send_claim(key: str, *, now: datetime, by: Any) -> None:
    """Claims the key for the transaction that adds the comment along with what it is `remembered`
    by. Waits for another holder of the key."""
    by.execute(CLAIM, _values(now, key=key))


def receive_claim(key: str, *, by: Any) -> Comment | None:
    """The comment written under this key in the last ten minutes; None for whoever is first."""
    if by.fetchone():
        return None
    recent = RecentPost.objects.select_related("comment").filter(key=key).first()
    return recent.comment if recent else None  # none: its writer deleted it meanwhile


def remembered(key: str) -> Along:
    """Makes the comment that is added what the key leads to."""
    return Along(REMEMBER, {"key": key})


def forget_now_and_then(now: datetime) -> None:
    """Deletes some keys whose time is over: call it with every post, late in its transaction,
    since whoever claims one of them waits for its end."""
    if secrets.randbelow(100) == 0:
        with connection.cursor() as cursor:
            cursor.execute(FORGET, _values(now))


def _values(now: datetime, **more: Any) -> dict[str, Any]:
    return {"now": now, "window": WINDOW, **more}
