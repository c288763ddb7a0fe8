"""Of whom much was taken away lately, the next comment waits for a moderator."""

from comments.screening.submission import Finding, Submission
from comments.trust import Trust

RULE = "history"


def judge(it: Submission) -> Finding | None:
    if it.trust != Trust.DOUBTED:
        return None
    record = it.facts.record
    return Finding(RULE, detail=f"{record.rejected} / {record.rejected + record.stood}")
