"""Deciding about people, in the open: they are told what, why and until when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comments.judging import refusal_about
from comments.models import Comment, Sanction
from comments.models.sanctions import LASTING, Measure
from comments.outcomes import mail_person
from comments.refusals import Refused
from comments.sanctioned import Standing, told
from comments.screening.learning import send_turn

GIVE, LIFT = "comments.add_sanction", "comments.change_sanction"


@transaction.atomic
def sanction(
    comment: Comment,
    measure: str,
    *,
    by: User,
    reason: str,
    note: str = "",
    ends_at: datetime | None = None,
) -> Sanction:
    """Decides about whoever wrote the comment, and tells them.

    Raises PermissionDenied, what `refusal_about` says, and ValidationError for an end that is
    missing, senseless or past, or where nobody knows who wrote it. Takes the person's turn: what
    they are just writing comes before it, whatever comes later is asked about it.
    """
    if not by.has_perm(GIVE):
        raise PermissionDenied
    if refusal := refusal_about(comment.writer, by=by):
        raise refusal
    given = Sanction(
        person=comment.writer,
        comment=comment,
        measure=measure,
        reason=reason,
        note=note,
        ends_at=ends_at,
        given_by=by,
    )
    return _write(given)


@transaction.atomic
def lift(given: Sanction, *, by: User, note: str) -> bool:
    """Ends what was decided, and tells the person why; False where nothing of it is in force.

    Raises PermissionDenied, what `refusal_to_lift` says, and ValidationError without a note.
    Takes the person's turn.
    """
    if not by.has_perm(LIFT):
        raise PermissionDenied
    if refusal := refusal_to_lift(given, by=by):
        raise refusal
    _take_turn(given.person)
    if given.measure not in LASTING or Sanction.objects.filter(lifts=given).exists():
        return False
    _write(
        Sanction(
            person=given.person,
            comment_id=given.comment_id,
            measure=Measure.LIFT,
            note=note,
            lifts=given,
            given_by=by,
        )
    )
    return True


def refusal_to_lift(given: Sanction, *, by: User, guest: UUID | None = None) -> Refused | None:
    """As `refusal_about` its person. Superusers lift all, since whoever gave it may have left."""
    return None if by.is_superuser else refusal_about(given.person, by=by, guest=guest)


def _write(given: Sanction) -> Sanction:
    _take_turn(given.person)
    given.clean_fields(exclude=["comment", "given_by", "lifts", "person"])
    given.validate_constraints(exclude=["lifts"])
    if given.ends_at and _is_past(given.ends_at):
        raise ValidationError({"ends_at": _("This moment has passed.")})
    given.save()
    mail_person.enqueue(given.pk)  # a row of this transaction: neither lost nor early
    return given


def _is_past(moment: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s <= clock_timestamp()", [moment])
        return cursor.fetchone()[0]


def _take_turn(person: str) -> None:
    """Waits for all that the person is doing, and lets them do nothing until the end."""
    with connection.cursor() as cursor:
        send_turn(person, by=cursor)


def sanctions_of(people: list[str]) -> list[dict[str, Any]]:
    """What was decided about somebody, the newest first, for their own page. One query."""
    given = Sanction.objects.filter(person__in=people).exclude(measure=Measure.LIFT)
    return [
        {
            "given_at": each.given_at,
            "told": told(Standing(each.measure, each.reason, each.note, each.ends_at)),
            "lifted_by": getattr(each, "lifted_by", None),
        }
        for each in given.select_related("lifted_by").order_by("-id")[:20]
    ]
