"""Where the site or the story holds comments first, each waits for a moderator."""

from comments.moderating import HELD_FIRST
from comments.screening.submission import Finding, Submission
from operations.models import CommentPolicy


def judge(it: Submission) -> Finding | None:
    holds = it.site.comment_policy == CommentPolicy.HELD
    return Finding(HELD_FIRST) if holds else None
