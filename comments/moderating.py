"""Taking comments out of sight and letting them in again. All are safe to repeat.

Each verb of a moderator returns whether it changed anything and raises PermissionDenied. Whoever
or whatever decided is written down in the same transaction: a `ModerationEntry`, which holds the
comment's number alone, never its writer's name or text. Locks the comment, then the counters if
it appears or disappears, and refreshes the comment that was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce, Now

from accounts.models import User
from comments.counting import count
from comments.models import Comment, ModerationEntry, Reason, Status
from comments.models.flags import Outcome
from comments.models.moderation import REJECTED
from comments.outcomes import close_flags, tell_writer
from comments.tasks import announce
from pagecache.drops import drop, drop_soon

PERMISSION = "comments.change_comment"
HELD_FIRST = "held_first"  # the rule where the site or the story holds every comment


@dataclass(frozen=True)
class Decision:
    """What becomes of a comment, and why. The note is for its writer."""

    status: Status
    reason: str = ""
    note: str = ""


def approve(comment: Comment, *, by: User, note: str = "") -> bool:
    """Lets readers see a held or rejected comment; of one they see, notes that it was looked at."""
    return decide(comment, Decision(Status.PUBLIC, note=note), by=by)


def hold(comment: Comment, *, by: User, reason: str = "", note: str = "") -> bool:
    """Hides the comment until a moderator decides. Its replies stay, below a placeholder."""
    return decide(comment, Decision(Status.HELD, reason, note), by=by)


def remove(comment: Comment, *, by: User, reason: str = Reason.OTHER, note: str = "") -> bool:
    """Takes the comment away from readers; where something answers it, a tombstone says why."""
    return decide(comment, Decision(Status.REMOVED, reason, note), by=by)


def reject_spam(comment: Comment, *, by: User, note: str = "") -> bool:
    """Takes the comment away as spam, which counts against whoever wrote it."""
    return decide(comment, Decision(Status.SPAM, Reason.SPAM, note), by=by)


def decide(comment: Comment, decision: Decision, *, by: User) -> bool:
    """What each verb of a moderator does. At most nine queries.

    Approving and taking away answer readers' open reports: two queries more, and one for each
    reporter who wants a mail.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    return _decide(comment, decision, actor=by)


def decide_by_rule(comment: Comment, decision: Decision, *, rule: str) -> bool:
    """What a rule decides about a comment that is there already. A moderator's word stands."""
    return _decide(comment, decision, rule=rule)


def note_rule(
    comment: Comment,
    *,
    rule: str,
    reason: str = "",
    before: str = "",
    findings: Sequence[dict[str, str]] = (),
) -> None:
    """Writes down that a rule gave the comment its status, in the transaction that does."""
    decision = Decision(Status(comment.status), reason)
    _enter(comment, decision, rule=rule, before=before, findings=findings)


@transaction.atomic
def _decide(
    comment: Comment, decision: Decision, *, actor: User | None = None, rule: str = ""
) -> bool:
    locked = Comment.objects.select_for_update(no_key=True).order_by()
    comment.refresh_from_db(from_queryset=locked)
    before, status = comment.status, decision.status
    is_reviewed = comment.reviewed_at is not None
    ends_flags = bool(actor and comment.open_flags and status != Status.HELD)
    if before == Status.ERASED:  # of an erased one nothing is left to decide
        return False
    if before == status and (is_reviewed or rule) and not ends_flags:
        return False
    if rule and is_reviewed:
        return False
    was_public, comment.status = comment.is_public, status
    comment.reason = decision.reason if status in REJECTED else ""
    changes = {"public_at": Coalesce("public_at", Now())} if comment.is_public else {}
    reviewed = {"reviewed_at": Now()} if actor else {}
    Comment.objects.filter(pk=comment.pk).update(
        status=status, reason=comment.reason, **changes, **reviewed
    )
    entry = _enter(comment, decision, actor=actor, rule=rule, before=before)
    if status in REJECTED or (rule and status == Status.HELD):
        tell_writer(comment, entry)
    if ends_flags:
        close_flags(comment, Outcome.UPHELD if status in REJECTED else Outcome.DISMISSED)
    if was_public != comment.is_public:
        if comment.is_public:
            announce(comment)
        count(comment, by=1 if comment.is_public else -1)
        (drop_soon if comment.is_public else drop)(comment.discussion.tag)
    elif before in REJECTED or status in REJECTED:  # another tombstone
        drop(comment.discussion.tag)
    return True


def _enter(
    comment: Comment,
    decision: Decision,
    *,
    actor: User | None = None,
    rule: str = "",
    before: str,
    findings: Sequence[dict[str, str]] = (),
) -> ModerationEntry:
    return ModerationEntry.objects.create(
        comment=comment,
        actor=actor,
        rule=rule,
        before=before,
        after=decision.status,
        reason=decision.reason,
        note=decision.note,
        findings=list(findings),
    )
