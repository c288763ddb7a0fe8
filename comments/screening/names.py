"""Nobody fills in a form under a name of the house, or a member's; an import keeps its names."""

from accounts.house_names import is_of_the_house
from comments.refusals import NameOfTheHouse, NameTaken
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    if it.signs is None:
        return
    if not it.is_edit and is_of_the_house(it.comment.guest_name, paper=it.site.name):
        raise NameOfTheHouse
    if it.facts.is_name_taken:
        raise NameTaken(it.comment.guest_name)
