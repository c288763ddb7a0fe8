"""A guest who fills in a form takes no member's name."""

from comments.refusals import NameTaken
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    if it.signs is not None and it.facts.is_name_taken:
        raise NameTaken(it.comment.guest_name)
