"""What the form itself tells: of a field that nobody sees, and of how long it was open.

Nobody needs scripts here: without one a newcomer's comment waits only where their network has
written much today.
"""

from comments.models import Reason
from comments.screening.submission import HOLDS, Finding, Submission

TRAP, NO_SCRIPT, HASTE = "trap", "no_script", "haste"
QUICK = 2  # seconds, in which nobody types anything
A_LITTLE, MUCH = 3, 7


def trap(it: Submission) -> Finding | None:
    """Held and not refused: some browser may fill in what its owner never saw."""
    is_trapped = it.signs is not None and it.signs.is_trapped
    return Finding(TRAP, Reason.SPAM, weight=HOLDS) if is_trapped else None


def judge(it: Submission) -> Finding | None:
    if it.signs is None:
        return None
    seconds = it.signs.seconds
    if seconds is None:
        return Finding(NO_SCRIPT, weight=A_LITTLE)
    return Finding(HASTE, detail=f"{seconds} s", weight=MUCH) if seconds < QUICK else None
