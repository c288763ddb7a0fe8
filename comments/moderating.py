"""Taking comments out of sight and letting them in again. All are safe to repeat.

Each verb of a moderator returns whether it changed anything and raises PermissionDenied. Whoever
or whatever decided is written down in the same transaction: a `ModerationEntry`, which holds the
comment's number alone, never its writer's name or text. Locks the comment, then the counters if
it appears or disappears, and refreshes the comment that was given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce, Now

from accounts.models import User
from comments.counting import count
from comments.judging import refuse_own
from comments.models import Comment, ModerationEntry, Reason, Status
from comments.models.flags import Outcome
from comments.models.moderation import REJECTED
from comments.outcomes import close_flags, end_appeal, reopen_flags, tell_undone, tell_writer
from comments.tasks import announce
from pagecache.drops import drop, drop_soon

PERMISSION = "comments.change_comment"


@dataclass(frozen=True)
class Decision:
    """What becomes of a comment, and why. The note is for its writer, who gets a mail of it."""

    status: Status
    reason: str = ""
    note: str = ""
    is_mailed: bool = True


@dataclass(frozen=True)
class Seen:
    """What somebody decides upon: the newest entry, 0 before the first, and the text's last change.

    As text it goes into a form and back.
    """

    entry: int
    edited_at: datetime | None = None

    def __str__(self) -> str:
        return f"{self.entry}.{self.edited_at.isoformat() if self.edited_at else ''}"

    @classmethod
    def read(cls, text: str) -> "Seen":
        """Raises ValueError for anything that `str` did not write."""
        entry, _dot, edited_at = text.partition(".")
        if not (entry.isascii() and entry.isdigit() and len(entry) < 19):
            raise ValueError("No entry has such a number.")
        return cls(int(entry), datetime.fromisoformat(edited_at) if edited_at else None)


class Overtaken(Exception):  # noqa: N818 - an answer, not a mishap
    """Somebody or a rule has decided since, or the writer has changed the text.

    `entry` is the newest one, None before the first.
    """

    def __init__(self, entry: ModerationEntry | None) -> None:
        self.entry = entry
        super().__init__(entry)


def approve(comment: Comment, *, by: User, note: str = "") -> bool:
    """Lets readers see a held or rejected comment; of one they see, notes that it was looked at."""
    return decide(comment, Decision(Status.PUBLIC, note=note), by=by) is not None


def hold(comment: Comment, *, by: User, reason: str = "", note: str = "") -> bool:
    """Hides the comment until a moderator decides. Its replies stay, below a placeholder."""
    return decide(comment, Decision(Status.HELD, reason, note), by=by) is not None


def remove(comment: Comment, *, by: User, reason: str = Reason.OTHER, note: str = "") -> bool:
    """Takes the comment away from readers; where something answers it, a tombstone says why."""
    return decide(comment, Decision(Status.REMOVED, reason, note), by=by) is not None


def reject_spam(comment: Comment, *, by: User, note: str = "") -> bool:
    """Takes the comment away as spam, which counts against whoever wrote it."""
    return decide(comment, Decision(Status.SPAM, Reason.SPAM, note), by=by) is not None


def decide(
    comment: Comment, decision: Decision, *, by: User, seen: Seen | None = None
) -> ModerationEntry | None:
    """What each verb of a moderator does; None where nothing had to be changed or is again.

    Approving and taking away answer readers' open reports. Raises Overtaken where the comment is
    not as it was `seen`, unless this very decision made it so, and OwnMatter where it `is_own`. At
    most twelve queries, and one for each reporter who wants a mail.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    return _decide(comment, decision, actor=by, seen=seen)


def decide_by_rule(comment: Comment, decision: Decision, *, rule: str) -> bool:
    """What a rule decides about a comment that is there already. A moderator's word stands."""
    return _decide(comment, decision, rule=rule) is not None


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
    _enter(comment, decision, rule=rule, before=before, findings=list(findings))


@transaction.atomic
def undo(entry: ModerationEntry, *, by: User) -> ModerationEntry:
    """Puts a comment back to what it was before one's own decision, by an entry of its own.

    The reports that the decision answered wait again, and an appeal against it ends. Raises
    Overtaken where something else was decided since, or nothing is left to restore, and OwnMatter
    as `decide`. Locks as a decision does. At most fourteen queries.
    """
    if not by.has_perm(PERMISSION) or entry.actor_id != by.pk or entry.reverses_id:
        raise PermissionDenied
    comment = entry.comment
    refuse_own(comment, by=by)
    comment.lock()
    standing = standing_entry(comment)
    if standing is None or standing.pk != entry.pk or comment.status != entry.after:
        raise Overtaken(standing)
    was_edited = comment.edited_at is not None and comment.edited_at > entry.decided_at
    undoing = _become(
        comment,
        Decision(Status(entry.before), entry.reason_before),
        reviewed_at=None if was_edited else entry.reviewed_before_at,
        actor=by,
        reverses=entry,
    )
    reopen_flags(comment, undone=entry)
    end_appeal(undone=entry)
    if not _is_news(undoing, was_public=False):
        tell_undone(undoing)
    return undoing


def standing_entry(comment: Comment) -> ModerationEntry | None:
    """The newest one that is neither undone nor an undoing. One query."""
    return ModerationEntry.objects.standing([comment.pk]).order_by("-pk").first()


def check_seen(comment: Comment, seen: Seen) -> None:
    """Raises Overtaken where the comment is not as it was seen. Lock its row first. One query."""
    newest = newest_entry(comment)
    if seen != seen_with(comment, newest):
        raise Overtaken(newest)


def seen_with(comment: Comment, newest: ModerationEntry | None) -> Seen:
    """How the comment is seen now, by its newest entry."""
    return Seen(newest.pk if newest else 0, comment.edited_at)


def newest_entry(comment: Comment) -> ModerationEntry | None:
    entries = ModerationEntry.objects.filter(comment=comment).select_related("actor")
    return entries.order_by("-pk").first()


@transaction.atomic
def _decide(
    comment: Comment,
    decision: Decision,
    *,
    actor: User | None = None,
    rule: str = "",
    seen: Seen | None = None,
) -> ModerationEntry | None:
    comment.lock()
    if actor:
        refuse_own(comment, by=actor)
    if seen is not None:
        try:
            check_seen(comment, seen)
        except Overtaken as overtaken:
            if _is_sent_twice(comment, decision, overtaken.entry, actor=actor, seen=seen):
                return None
            raise
    before, status = comment.status, decision.status
    is_reviewed = comment.reviewed_at is not None
    ends_flags = bool(actor and comment.open_flags and status != Status.HELD)
    if before == Status.ERASED:  # of an erased one nothing is left to decide
        return None
    if before == status and (is_reviewed or rule) and not ends_flags:
        return None
    if rule and is_reviewed:
        return None
    reviewed_at = Now() if actor else comment.reviewed_at
    return _become(
        comment, decision, reviewed_at=reviewed_at, ends_flags=ends_flags, actor=actor, rule=rule
    )


def _is_sent_twice(
    comment: Comment,
    decision: Decision,
    newest: ModerationEntry | None,
    *,
    actor: User | None,
    seen: Seen,
) -> bool:
    """Whether this very decision of the person is all that has happened since. One query."""
    if newest is None or (newest.actor_id, newest.reverses_id) != (actor and actor.pk, None):
        return False
    made = Decision(Status(newest.after), newest.reason, newest.note, decision.is_mailed)
    if made != decision or seen.edited_at != comment.edited_at:
        return False
    since = ModerationEntry.objects.filter(comment=comment, pk__gt=seen.entry)
    return list(since.values_list("pk", flat=True)[:2]) == [newest.pk]


def _become(
    comment: Comment,
    decision: Decision,
    *,
    reviewed_at: Any,
    ends_flags: bool = False,
    **entry: Any,
) -> ModerationEntry:
    """Gives the locked comment the status decided, with its entry, counters and pages."""
    before, was_public, status = comment.status, comment.is_public, decision.status
    restored = {
        "before": before,
        "reason_before": comment.reason,
        "reviewed_before_at": comment.reviewed_at,
    }
    comment.status, comment.reason = status, decision.reason if status in REJECTED else ""
    changes = {"public_at": Coalesce("public_at", Now())} if comment.is_public else {}
    Comment.objects.filter(pk=comment.pk).update(
        status=status, reason=comment.reason, reviewed_at=reviewed_at, **changes
    )
    made = _enter(comment, decision, **restored, **entry)
    if decision.is_mailed and _is_news(made, was_public=was_public):
        tell_writer(comment, made)
    if ends_flags:
        outcome = Outcome.UPHELD if status in REJECTED else Outcome.DISMISSED
        close_flags(comment, outcome, decision=made)
    if was_public != comment.is_public:
        if comment.is_public:
            announce(comment)
        count(comment, by=1 if comment.is_public else -1)
        (drop_soon if comment.is_public else drop)(comment.discussion.tag)
    elif before in REJECTED or status in REJECTED:  # another tombstone
        drop(comment.discussion.tag)
    return made


def _is_news(made: ModerationEntry, *, was_public: bool) -> bool:
    """Whether the writer is told by mail: of what takes the comment out of sight, and of a note."""
    if made.after == Status.HELD and not made.note:
        return bool(made.rule) or (was_public and made.reverses_id is None)
    return made.after in REJECTED or bool(made.note)


def _enter(comment: Comment, decision: Decision, **entry: Any) -> ModerationEntry:
    return ModerationEntry.objects.create(
        comment=comment,
        after=decision.status,
        reason=decision.reason,
        note=decision.note,
        **entry,
    )
