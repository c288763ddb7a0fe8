"""One person in many threads at once: what is asked of them is exact, and nobody waits for ever."""

import pytest

from comments.checking import check_trees
from comments.editing import edit, erase
from comments.models import Comment, Status
from comments.moderating import approve, hold
from comments.posting import post
from comments.refusals import NotPublic, NotYours, Refused, TooOften
from comments.signs import Signs
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article
from tests.comments.builders import make_guest, make_moderator, write
from tests.comments.test_concurrency import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_of_many_at_once_as_many_come_through_as_are_allowed():
    articles, guest = [make_article() for _number in range(4)], make_guest()

    def try_it(number: int) -> bool:
        try:
            article, now = articles[number % 4], database_now()
            post(article, text=f"Ahoy {number}", guest=guest, now=now, signs=Signs(seconds=60))
        except TooOften:
            return False
        return True

    assert sum(at_once(try_it, range(48))) == 20
    assert Comment.objects.count() == 20
    assert check_trees() == []


def test_same_text_at_once_appears_below_one_story_alone():
    articles, guest = [make_article() for _number in range(8)], make_guest()
    text = "The harbour board should have asked us all before."
    at_once(lambda article: write(article, guest=guest, text=text), articles)
    assert Comment.objects.filter(status=Status.PUBLIC).count() == 1
    assert Comment.objects.filter(status=Status.HELD).count() == 7


def test_who_posts_edits_and_erases_at_once_waits_for_nobody_in_a_circle():
    """Also where a moderator decides meanwhile, and the same text is sent again and again."""
    article, guest, moderator = make_article(), make_guest(), make_moderator()
    by = Voter(guest_id=guest.id)
    roots = [write(article, guest=guest) for _number in range(3)]

    def act(number: int) -> None:
        comment = Comment.objects.select_related("discussion").get(pk=roots[number % 3].pk)
        try:
            match number % 5:
                case 0 | 1:
                    post(article, text=f"Ahoy {number % 4}", guest=guest, now=database_now(),
                         in_reply_to=comment, writer="ines", network="203.0.113.0/24")  # fmt: skip
                case 2:
                    edit(comment, text=f"Changed {number}", by=by, now=database_now())
                case 3:
                    (hold if number % 2 else approve)(comment, by=moderator)
                case _ if number > 100:
                    erase(comment, by=by)
        except (NotPublic, NotYours, TooOften, Refused):
            pass

    at_once(act, range(120))
    assert check_trees() == []
