"""So many comments in ten minutes and no more, by what somebody's record allows.

Exact, since one person's comments take turns. How many come from one network or go to one story
is counted before (`comments.answering`). What no form has sent, as an import, keeps no pace.
"""

from comments.refusals import TooOften
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    is_typed = it.signs is not None
    if is_typed and it.facts.lately >= it.allowance.comments:
        raise TooOften
