"""Setting comments apart: picking them, pinning a thread, closing a branch. All safe to repeat.

Each verb returns whether it changed anything, and raises PermissionDenied, OwnMatter or what else
is Refused. Who did it is a `DeskMark`, written in the same transaction, which drops the pages that
show it.
"""

import time
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from psycopg.errors import LockNotAvailable

from accounts.models import User
from comments.judging import refuse_own
from comments.models import Comment, DeskMark
from comments.moderating import PERMISSION
from comments.refusals import ClosedAbove, NotAThread, NotPublic
from pagecache.drops import drop

TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# With all that answers it, directly or over others: below the deepest level that is not what
# stands below it in the tree. Newest first, as everybody locks comments.
BRANCH = """
WITH RECURSIVE branch (id) AS (
    SELECT %(id)s::bigint
    UNION
    SELECT reply.id FROM branch JOIN comments_comment reply ON reply.in_reply_to_id = branch.id
)
SELECT id FROM comments_comment
WHERE id IN (SELECT id FROM branch) AND (closed_at IS NULL) = %(are_open)s
ORDER BY id DESC FOR NO KEY UPDATE {nowait}
"""
TRIES, PAUSE = 20, 0.02  # seconds


@transaction.atomic
def pick(comment: Comment, *, by: User, note: str = "") -> bool:
    """Shows readers that the desk recommends the comment, with what it says of it.

    Raises NotPublic. Locks the comment.
    """
    _permit(by, comment)
    [locked] = _locked(Q(pk=comment.pk))
    if not locked.is_public:
        raise NotPublic
    if locked.pick_note == note:
        return False
    return _mark([locked], DeskMark.Kind.PICK, by=by, note=note, pick_note=note)


@transaction.atomic
def unpick(comment: Comment, *, by: User) -> bool:
    _permit(by, comment)
    locked = _locked(Q(pk=comment.pk, pick_note__isnull=False))
    return _mark(locked, DeskMark.Kind.PICK, by=by, is_set=False, pick_note=None)


@transaction.atomic
def pin(comment: Comment, *, by: User) -> bool:
    """Puts the thread before all others of its conversation, in the place of the one pinned before.

    Raises NotAThread or NotPublic. Locks the turn of the conversation's pin, then both threads'
    first comments.
    """
    _permit(by, comment)
    with connection.cursor() as cursor:
        cursor.execute(TURN, [f"pin:{comment.discussion_id}"])
    is_pinned = Q(discussion=comment.discussion_id, pinned_at__isnull=False)
    rows = {each.pk: each for each in _locked(is_pinned | Q(pk=comment.pk))}
    thread = rows.pop(comment.pk)
    if thread.parent_id:
        raise NotAThread
    if not thread.is_public:
        raise NotPublic
    if thread.pinned_at:
        return False
    _mark(list(rows.values()), DeskMark.Kind.PIN, by=by, is_set=False, pinned_at=None)
    return _mark([thread], DeskMark.Kind.PIN, by=by, pinned_at=Now())


@transaction.atomic
def unpin(comment: Comment, *, by: User) -> bool:
    _permit(by, comment)
    locked = _locked(Q(pk=comment.pk, pinned_at__isnull=False))
    return _mark(locked, DeskMark.Kind.PIN, by=by, is_set=False, pinned_at=None)


def close_branch(comment: Comment, *, by: User) -> bool:
    """Takes no more replies to the comment nor to anything that answers it.

    Locks all of the branch. Who replies has locked what they answer: either their reply is there
    before, and is closed with the others, or they find the branch closed.
    """
    _permit(by, comment)
    for attempt in range(TRIES):
        try:
            return _close_branch(comment, by=by)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or attempt == TRIES - 1:
                raise
            time.sleep(PAUSE)
    raise AssertionError("The last attempt returns or raises.")


@transaction.atomic
def _close_branch(comment: Comment, *, by: User) -> bool:
    """Closes in rounds until nothing open is found: each sees what the last one waited for.

    What came meanwhile is newer than what is locked already. To wait for it would turn the order
    round, so that the first one in the way ends the attempt.
    """
    was_closed = False
    while found := _lock_branch(comment, are_open=True, nowait=was_closed):
        Comment.objects.filter(pk__in=found).update(closed_at=Now())
        was_closed = True
    return was_closed and _mark([comment], DeskMark.Kind.CLOSED, by=by)


@transaction.atomic
def reopen_branch(comment: Comment, *, by: User) -> bool:
    """Takes replies again, in all of the branch. Raises ClosedAbove where a larger one is closed.

    Locks all of the branch, then what the comment answers.
    """
    _permit(by, comment)
    found = _lock_branch(comment, are_open=False)
    if comment.pk not in found:
        return False
    if any(above.closed_at for above in _locked(Q(pk=comment.in_reply_to_id))):
        raise ClosedAbove
    Comment.objects.filter(pk__in=found).update(closed_at=None)
    return _mark([comment], DeskMark.Kind.CLOSED, by=by, is_set=False)


def _permit(person: User, comment: Comment) -> None:
    if not person.has_perm(PERMISSION):
        raise PermissionDenied
    refuse_own(comment, by=person)


def _locked(condition: Q) -> list[Comment]:
    """Those comments, newest first, held until the transaction ends."""
    rows = Comment.objects.filter(condition).select_related("discussion")
    return list(rows.order_by("-pk").select_for_update(of=["self"], no_key=True))


def _lock_branch(comment: Comment, *, are_open: bool, nowait: bool = False) -> list[int]:
    sql = BRANCH.format(nowait="NOWAIT" if nowait else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, {"id": comment.pk, "are_open": are_open})
        return [number for (number,) in cursor.fetchall()]


def _mark(
    comments: Sequence[Comment],
    kind: str,
    *,
    by: User,
    is_set: bool = True,
    note: str = "",
    **columns: object,
) -> bool:
    """Changes the columns, writes who did it, and drops the pages; False without comments."""
    for comment in comments:
        if columns:
            Comment.objects.filter(pk=comment.pk).update(**columns)
        DeskMark.objects.create(comment=comment, actor=by, kind=kind, is_set=is_set, note=note)
        drop(comment.discussion.tag)
    return bool(comments)
