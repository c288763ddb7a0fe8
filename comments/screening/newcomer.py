"""A newcomer's links wait for a moderator; that somebody is new only adds to other doubts."""

from comments.screening.submission import HOLDS, Finding, Submission
from comments.trust import Trust

RULE = "newcomer"
A_LITTLE = 3


def judge(it: Submission) -> Finding | None:
    if it.trust != Trust.NEW:
        return None
    if it.links:
        return Finding(RULE, detail=str(it.links), weight=HOLDS)
    return Finding(RULE, weight=A_LITTLE)
