"""Which comments came from one network on one day, without keeping an address.

The network's prefix is hashed with a key that follows from SECRET_KEY and the day, and kept for
thirty days in a table of its own.
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from comments.models import Comment, Trace
from operations.composed import Along

KEPT = timedelta(days=30)
NOTE = """
INSERT INTO comments_trace (comment_id, network, fingerprint, written_at)
SELECT id, %(network)s, %(fingerprint)s, %(at)s FROM added
"""


def network_mark(network: str, day: date) -> str:
    """What stands for the network on that day."""
    return _digest(f"comments.tracing.{day.isoformat()}", network)


def fingerprint_of(text: str) -> str:
    """The same for texts that differ in case and spaces alone."""
    return _digest("comments.tracing.text", " ".join(text.casefold().split()))


def traced(mark: str, fingerprint: str, *, at: datetime) -> Along:
    """Writes down which network the comment that is added came from, and what it said."""
    return Along(NOTE, {"network": mark, "fingerprint": fingerprint, "at": at})


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
