"""Another look at what was decided about a comment, by another moderator, once."""

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from comments.judging import is_own, refuse_own
from comments.models import Appeal, Comment, ModerationEntry, Reason, Status
from comments.models.appeals import Answer
from comments.moderating import (
    PERMISSION,
    Decision,
    Seen,
    check_seen,
    decide,
    standing_entry,
)
from comments.outcomes import decision_told, mail_answer
from comments.refusals import NothingToAppeal, NothingToRefuse, NotYours, OwnDecision
from comments.voting import Voter


class Told(NamedTuple):
    """What a writer is told of a decision about their comment, and of their appeal."""

    decision: str
    appeal: Appeal | None
    may_appeal: bool


def told_about(comments: Collection[Comment]) -> dict[int, Told]:
    """{comment id: what its writer is told}, in the active language. Two queries, or none."""
    numbers = [each.pk for each in comments]
    if not numbers:
        return {}
    newest = ModerationEntry.objects.standing(numbers).order_by("comment", "-id")
    entries = {each.comment_id: each for each in newest.distinct("comment")}
    appeals = {each.comment_id: each for each in Appeal.objects.filter(comment__in=numbers)}
    return {each.pk: _told(each, entries.get(each.pk), appeals.get(each.pk)) for each in comments}


def _told(comment: Comment, entry: ModerationEntry | None, asked: Appeal | None) -> Told:
    """Of what a rule does to all comments nothing; of one that readers see only a note."""
    if entry is None or entry.after != comment.status:
        return Told("", asked, may_appeal=False)
    if comment.is_public:  # an appeal's answer has the same note
        is_told = bool(entry.note) and not (asked and asked.answer)
    else:
        is_told = entry.is_appealable or entry.rule == ""
    decision = decision_told(entry) if is_told else ""
    return Told(decision, asked, may_appeal=entry.is_appealable and asked is None)


@transaction.atomic
def appeal(comment: Comment, *, by: Voter, text: str, language: str) -> Appeal:
    """Asks for another look at the decision that stands; a second time it is the first one's again.

    Whoever is shut out may ask too. Raises NotYours, or NothingToAppeal where readers see the
    comment or a moderator has only put it aside. Locks the comment. Four queries.
    """
    comment.lock()
    if not by.wrote(comment):
        raise NotYours
    if first := Appeal.objects.filter(comment=comment).first():
        return first
    entry = standing_entry(comment)
    if comment.is_public or entry is None or not entry.is_appealable:
        raise NothingToAppeal
    return Appeal.objects.create(comment=comment, entry=entry, text=text, language=language)


def has_decided(asked: Appeal, *, by: User) -> bool:
    """Whether this person decided against the comment then, or since. One query.

    A trigger refuses the answer of the same people.
    """
    then_or_since = ModerationEntry.objects.filter(comment=asked.comment_id, pk__gte=asked.entry_id)
    return then_or_since.against(by=by).exists()


def may_answer(asked: Appeal, *, by: User, guest: UUID | None = None) -> bool:
    """Nobody answers themselves, what is about their own decision, or twice. One query."""
    if asked.answer or is_own(asked.comment, by=by, guest=guest):
        return False
    return not has_decided(asked, by=by)


@transaction.atomic
def answer(
    asked: Appeal, *, grants: bool, by: User, note: str = "", seen: Seen | None = None
) -> bool:
    """Shows the comment again, or lets the decision stand; False where that is done already.

    Also False once the comment was deleted. What is only held is removed if the appeal is refused.
    The writer gets one mail. Raises PermissionDenied; OwnMatter; OwnDecision; Overtaken where the
    comment is not as it was `seen`; or NothingToRefuse where readers see it. Locks the comment,
    then the appeal, then as `decide`.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    comment = asked.comment
    comment.lock()
    if comment.status == Status.ERASED:
        return False
    asked.refresh_from_db(from_queryset=Appeal.objects.select_for_update())
    if asked.answer:
        return False
    refuse_own(comment, by=by)
    if has_decided(asked, by=by):
        raise OwnDecision
    if seen is not None:
        check_seen(comment, seen)
    if comment.is_public and not grants:
        raise NothingToRefuse
    asked.answer = Answer.GRANTED if grants else Answer.REFUSED
    given: dict[str, Any] = {"answer": asked.answer, "note": note, "decided_by": by}
    Appeal.objects.filter(pk=asked.pk).update(**given, decided_at=Now())
    if grants:
        decide(comment, Decision(Status.PUBLIC), by=by)  # the note comes with the answer
    elif comment.status == Status.HELD:
        reason = asked.entry.reason or Reason.OTHER
        decide(comment, Decision(Status.REMOVED, reason, is_mailed=False), by=by)
    mail_answer.enqueue(asked.pk)  # a row of this transaction: neither lost nor early
    return True


def withdraw(comment: Comment) -> None:
    """Ends what still waits about a comment that was just deleted; the words go in any case.

    Two queries.
    """
    asked = Appeal.objects.filter(comment=comment)
    asked.still_open().delete()
    asked.update(text="")
