"""Taking comments out of sight and letting them in again. All are safe to repeat."""

from django.db import transaction
from django.db.models.functions import Coalesce, Now

from comments.counting import count
from comments.models import Comment, Status


def approve(comment: Comment) -> None:
    """Lets readers see a held or removed comment."""
    _set_status(comment, Status.PUBLIC)


def hold(comment: Comment) -> None:
    """Hides the comment until a moderator decides. Its replies stay, below a placeholder."""
    _set_status(comment, Status.HELD)


def remove(comment: Comment) -> None:
    """Takes the comment away from readers; where something answers it, a tombstone stays."""
    _set_status(comment, Status.REMOVED)


def _set_status(comment: Comment, status: Status) -> None:
    """Locks the comment, then the counters if it appears or disappears; refreshes `comment`."""
    with transaction.atomic():
        locked = Comment.objects.select_for_update(no_key=True).order_by()
        comment.refresh_from_db(from_queryset=locked)
        appears = status == Status.PUBLIC
        changes = {"public_at": Coalesce("public_at", Now())} if appears else {}
        was_public, comment.status = comment.is_public, status
        Comment.objects.filter(pk=comment.pk).update(status=status, **changes)
        if was_public != comment.is_public:
            count(comment, by=1 if comment.is_public else -1)
