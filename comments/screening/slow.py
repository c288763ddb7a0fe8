"""In slow mode one person writes once in a while."""

from datetime import timedelta

from comments.refusals import TooSoon
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    last, pause = it.facts.wrote_here_at, it.comment.discussion.slow_seconds
    if it.is_edit or it.is_import or not pause or last is None:
        return
    left = last + timedelta(seconds=pause) - it.now
    if left > timedelta(0):
        raise TooSoon(left)
