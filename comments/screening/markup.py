"""What is shown can be read, and costs little to show."""

from comments.screening.submission import Submission
from comments.wording import check_markup, check_signs


def judge(it: Submission) -> None:
    check_signs(it.text)
    check_markup(it.text)
