"""What the form itself tells: of a field that nobody sees, and of how long it was open.

Nobody needs scripts here: a form without one tells nothing of the time.
"""

from comments.models import Reason
from comments.screening.submission import HOLDS, Finding, Submission

TRAP, HASTE = "trap", "haste"
QUICK = 2  # seconds, in which nobody types anything
MUCH = 7


def trap(it: Submission) -> Finding | None:
    """Held and not refused: some browser may fill in what its owner never saw."""
    is_trapped = it.signs is not None and it.signs.is_trapped
    return Finding(TRAP, Reason.SPAM, weight=HOLDS) if is_trapped else None


def judge(it: Submission) -> Finding | None:
    seconds = it.signs.seconds if it.signs else None
    if seconds is None or seconds >= QUICK:
        return None
    return Finding(HASTE, detail=f"{seconds} s", weight=MUCH)
