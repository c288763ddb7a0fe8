"""The same long text below several stories waits for a moderator."""

from comments.models import Reason
from comments.screening.submission import Finding, Submission

RULE = "repeated"


def judge(it: Submission) -> Finding | None:
    return Finding(RULE, Reason.SPAM) if it.facts.is_said_elsewhere else None
