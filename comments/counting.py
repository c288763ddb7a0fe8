"""The counters of threads and conversations, moved in one fixed order."""

from django.db.models import F

from comments.models import Comment, Discussion


def count(comment: Comment, *, by: int) -> None:
    """Counts the comment as public (`by=1`) or as no longer so (`by=-1`).

    Call it last in the transaction: it locks the thread's first comment, then the discussion,
    and everybody who posts or moderates there waits for these rows. At most two queries.
    """
    is_root = comment.parent_id is None
    if not is_root:
        Comment.objects.root_of(comment).update(reply_count=F("reply_count") + by)
    threads = {"thread_count": F("thread_count") + by} if is_root else {}
    Discussion.objects.filter(pk=comment.discussion_id).update(
        comment_count=F("comment_count") + by, **threads
    )
