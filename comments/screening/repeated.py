"""The same long text below several stories waits for a moderator."""

from comments.models import Reason
from comments.screening.submission import Finding, Submission

RULE = "repeated"


def judge(it: Submission) -> Finding | None:
    if it.facts.is_said_elsewhere:
        return Finding(RULE, Reason.SPAM, "same writer")
    return Finding(RULE, Reason.SPAM, "same network") if it.facts.is_sent_elsewhere else None
