"""When somebody last read a conversation, and what has appeared there since.

Known of members and of guests who carry an id. A visit goes on until half an hour passes without a
sign of it; what is new is what appeared after the visit before.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, OuterRef, QuerySet, Subquery, When

from comments.models import Comment, Discussion, Participant
from comments.voting import Voter

PAUSE = timedelta(minutes=30)
NOTE = """
INSERT INTO comments_participant AS person (writer, discussion_id, comment_count, visited_at)
VALUES (%(writer)s, %(discussion)s, 0, %(at)s)
ON CONFLICT (writer, discussion_id) DO UPDATE SET
    left_at = CASE WHEN excluded.visited_at > person.visited_at + %(pause)s
        THEN person.visited_at ELSE person.left_at END,
    visited_at = greatest(person.visited_at, excluded.visited_at)
"""


def note_visit(discussion: Discussion, person: Voter, *, at: datetime) -> None:
    """Notes that they have seen what was there at that time. One query. Safe to repeat."""
    if discussion.pk is None or not person.key:
        return
    place: dict[str, Any] = {"writer": person.key, "discussion": discussion.pk}
    with connection.cursor() as cursor:
        cursor.execute(NOTE, place | {"at": at, "pause": PAUSE})


def last_visit(participant: Participant, *, now: datetime) -> datetime | None:
    """When the visit before the one at `now` ended; None where this is the first.

    Its twin in a query is `since` of `unread`.
    """
    visited = participant.visited_at
    if visited and now > visited + PAUSE:
        return visited
    return participant.left_at


def unread(person: Voter, *, now: datetime) -> QuerySet[Any]:
    """The person's `Participant` rows where others have written since the last visit.

    Each with `since` and `new`, how many. The latest visited first.
    """
    ended = When(visited_at__lt=now - PAUSE, then=F("visited_at"))
    here = Participant.objects.filter(writer=person.key).exclude(writer="")
    here = here.annotate(since=Case(ended, default=F("left_at")))
    new = Comment.objects.public().filter(
        discussion=OuterRef("discussion"), public_at__gt=OuterRef("since")
    )
    number = new.exclude(person.wrote_it).order_by().values("discussion")
    counted = Subquery(number.annotate(number=Count("pk")).values("number"))
    return here.annotate(new=counted).filter(new__gt=0).order_by("-visited_at")


def new_for(discussion: Discussion, person: Voter, *, since: datetime) -> QuerySet[Comment]:
    """What others have written there since."""
    public = Comment.objects.public().filter(discussion=discussion.pk, public_at__gt=since)
    return public.exclude(person.wrote_it)
