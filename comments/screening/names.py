"""No form is filled in under a name of the house, a byline or a member; imports keep theirs."""

from accounts.house_names import is_of_the_house
from comments.refusals import NameOfAByline, NameOfTheHouse, NameTaken
from comments.screening.submission import Submission


def judge(it: Submission) -> None:
    if it.signs is None:
        return
    if not it.is_edit and is_of_the_house(it.comment.guest_name, paper=it.site.name):
        raise NameOfTheHouse
    if it.facts.is_name_taken:
        raise NameTaken(it.comment.guest_name)
    if it.facts.is_in_a_byline:
        raise NameOfAByline(it.comment.guest_name)
