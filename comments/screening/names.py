"""No guest writes under a name of the house; who fills in a form takes no member's either."""

from accounts.house_names import is_of_the_house
from comments.refusals import NameOfTheHouse, NameTaken
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    if not it.is_edit and is_of_the_house(it.comment.guest_name, paper=it.site.name):
        raise NameOfTheHouse
    if it.signs is not None and it.facts.is_name_taken:
        raise NameTaken(it.comment.guest_name)
