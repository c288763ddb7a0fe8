"""More links than somebody of this record may set wait for a moderator."""

from comments.screening.submission import Finding, Submission
from comments.trust import Trust

RULE = "links"


def judge(it: Submission) -> Finding | None:
    """A newcomer's are the next rule's."""
    if it.trust == Trust.NEW or it.links <= it.allowance.links:
        return None
    return Finding(RULE, detail=f"{it.links} > {it.allowance.links}")
