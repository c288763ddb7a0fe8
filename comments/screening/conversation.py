"""Nobody writes where the conversation is closed, to all or to them."""

from comments.refusals import Closed
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    if not it.comment.discussion.accepts(it.site.comment_policy):
        raise Closed
