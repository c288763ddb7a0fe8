"""A comment has a length that people read."""

from comments.screening.submission import Submission
from comments.wording import check_length


def judge(it: Submission) -> None:
    check_length(it.text)
