"""Taking comments out of sight and letting them in again. All are safe to repeat.

Each verb returns whether it changed anything, raises PermissionDenied, and logs who did it in the
same transaction: the comment's number alone, never its writer's name or text.
"""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Coalesce, Now

from accounts.models import User
from comments.counting import count
from comments.models import Comment, Status
from comments.tasks import announce
from pagecache.drops import drop, drop_soon

PERMISSION = "comments.change_comment"


def approve(comment: Comment, *, by: User) -> bool:
    """Lets readers see a held or removed comment."""
    return _set_status(comment, Status.PUBLIC, by=by)


def hold(comment: Comment, *, by: User) -> bool:
    """Hides the comment until a moderator decides. Its replies stay, below a placeholder."""
    return _set_status(comment, Status.HELD, by=by)


def remove(comment: Comment, *, by: User) -> bool:
    """Takes the comment away from readers; where something answers it, a tombstone stays."""
    return _set_status(comment, Status.REMOVED, by=by)


@transaction.atomic
def _set_status(comment: Comment, status: Status, *, by: User) -> bool:
    """Locks the comment, then the counters if it appears or disappears; refreshes `comment`."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    locked = Comment.objects.select_for_update(no_key=True).order_by()
    comment.refresh_from_db(from_queryset=locked)
    if comment.status in (status, Status.ERASED):  # of an erased one nothing is left to decide
        return False
    was_public, comment.status = comment.is_public, status
    changes = {"public_at": Coalesce("public_at", Now())} if comment.is_public else {}
    Comment.objects.filter(pk=comment.pk).update(status=status, **changes)
    _log(comment, by=by)
    if was_public != comment.is_public:
        if comment.is_public:
            announce(comment)
        count(comment, by=1 if comment.is_public else -1)
        (drop_soon if comment.is_public else drop)(comment.discussion.tag)
    return True


def _log(comment: Comment, *, by: User) -> None:
    LogEntry.objects.create(
        user_id=by.pk,
        content_type=ContentType.objects.get_for_model(Comment),
        object_id=str(comment.pk),
        object_repr=f"#{comment.pk}",
        action_flag=CHANGE,
        change_message=comment.status,
    )
