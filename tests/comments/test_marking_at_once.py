"""Pins and closed branches while others pin, close and write: real threads."""

import random
from threading import Barrier

import pytest

from comments.checking import check_trees
from comments.marking import close_branch, pin, reopen_branch
from comments.models import Comment, DeskMark
from comments.refusals import BranchClosed, ClosedAbove
from tests.builders import make_article
from tests.comments.builders import make_moderator, write
from tests.comments.test_concurrency import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def fresh(comment: Comment) -> Comment:
    return Comment.objects.select_related("discussion", "article").get(pk=comment.pk)


def test_of_many_who_pin_at_once_the_last_one_stays():
    article, moderator = make_article(), make_moderator()
    threads = [write(article) for _number in range(4)]
    start = Barrier(8, timeout=30)

    def act(number):
        start.wait()
        return pin(fresh(threads[number % 4]), by=moderator)

    at_once(act, range(8))
    [pinned] = Comment.objects.filter(pinned_at__isnull=False)
    last = DeskMark.objects.latest("id")
    assert (last.comment_id, last.is_set) == (pinned.pk, True)
    marks = DeskMark.objects.filter(kind="pin")
    assert marks.filter(is_set=True).count() == marks.filter(is_set=False).count() + 1


def open_below_closed() -> list[int]:
    """Open comments that answer a closed one: there must never be any."""
    answers = Comment.objects.filter(in_reply_to__closed_at__isnull=False, closed_at=None)
    return list(answers.values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(4))
def test_no_reply_slips_into_a_branch_that_is_closed_meanwhile(seed):
    article, moderator = make_article(), make_moderator()
    root = write(article)
    branch = [write(article, in_reply_to=root) for _number in range(3)]
    branch += [write(article, in_reply_to=one) for one in branch]

    def act(number):
        chance = random.Random(seed * 1000 + number)
        if number == 40:
            return close_branch(fresh(root), by=moderator)
        newest = Comment.objects.of_article(article).order_by("-pk").first()
        try:
            return write(article, in_reply_to=fresh(chance.choice([*branch, newest, newest])))
        except BranchClosed:
            return None

    answers = at_once(act, range(120))
    assert answers[40] is True
    assert open_below_closed() == []
    assert not Comment.objects.filter(closed_at=None).exists()
    assert None in answers  # some came too late
    assert check_trees() == []


def test_closing_and_opening_at_once_leave_nothing_open_below_what_is_closed():
    article, moderator = make_article(), make_moderator()
    thread = [write(article)]
    for _number in range(6):
        thread.append(write(article, in_reply_to=thread[-1]))

    def act(seed):
        chance = random.Random(seed)
        verb = chance.choice([close_branch, reopen_branch])
        try:
            return verb(fresh(chance.choice(thread)), by=moderator)
        except ClosedAbove:
            return None

    at_once(act, range(120))
    assert open_below_closed() == []
