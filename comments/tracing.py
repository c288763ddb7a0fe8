"""Which comments came from one network on one day, without keeping an address.

The network's prefix is hashed with a key that follows from SECRET_KEY and the day, and kept for
thirty days in a table of its own.
"""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from psycopg.types.numeric import Int8

from comments.models import Comment, Trace
from operations.clock import site_day
from operations.composed import prepared_cursor

KEPT = timedelta(days=30)
# By its place, which is known before its number is.
NOTE = """
INSERT INTO comments_trace (comment_id, network, fingerprint, written_at)
SELECT id, %(network)s, %(fingerprint)s, %(at)s FROM comments_comment
WHERE tree_id = %(tree)s::bigint AND lft = %(lft)s::bigint
"""


def network_mark(network: str, day: date) -> str:
    """What stands for the network on that day."""
    return _digest(f"comments.tracing.{day.isoformat()}", network)


def fingerprint_of(text: str) -> str:
    """The same for texts that differ in case and spaces alone."""
    return _digest("comments.tracing.text", " ".join(text.casefold().split()))


def note_network(comment: Comment, network: str) -> None:
    """Writes down where a comment came from that is added in this transaction. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(
            NOTE,
            {
                "network": network_mark(network, site_day(comment.created_at)),
                "fingerprint": fingerprint_of(comment.text),
                "at": comment.created_at,
                "tree": Int8(comment.tree_id),
                "lft": Int8(comment.lft),
            },
        )


def note_text(comment: Comment) -> None:
    """Has its trace, if it left one, tell the text that it has now. One query."""
    Trace.objects.filter(comment=comment).update(fingerprint=fingerprint_of(comment.text))


def from_same_network(comment: Comment) -> QuerySet[Comment]:
    """The others that came from its network on its day, newest first, while that is known."""
    mark = Trace.objects.filter(comment=comment).values("network")
    near = Trace.objects.filter(network__in=mark).values("comment")
    return Comment.objects.filter(pk__in=near).exclude(pk=comment.pk).order_by("-pk")


def forget_traces() -> int:
    """Deletes those whose time is over; how many."""
    return Trace.objects.filter(written_at__lt=Now() - KEPT).delete()[0]


def _digest(salt: str, value: str) -> str:
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()[:32]
