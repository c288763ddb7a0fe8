"""Picks, pins and closed branches: who may, what changes, and what is written down."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from comments.editing import erase
from comments.marking import close_branch, pick, pin, reopen_branch, unpick, unpin
from comments.models import Comment, DeskMark
from comments.moderating import hold, remove
from comments.refusals import BranchClosed, ClosedAbove, NotAThread, NotPublic, OwnMatter
from comments.tree import DEEPEST
from comments.voting import Voter
from tests.builders import make_article, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
PAIRS = {"pick": (pick, unpick), "pin": (pin, unpin), "closed": (close_branch, reopen_branch)}


@pytest.fixture
def moderator():
    return make_moderator()


@pytest.fixture
def article():
    return make_article()


def columns(comment: Comment):
    comment.refresh_from_db()
    return comment.pick_note, bool(comment.pinned_at), bool(comment.closed_at)


@pytest.mark.parametrize("kind", PAIRS)
def test_mark_is_given_and_taken_away_once_and_written_down(article, moderator, kind):
    comment, (give, take) = write(article), PAIRS[kind]
    without = columns(comment)
    assert not take(comment, by=moderator)
    assert give(comment, by=moderator) and not give(comment, by=moderator)
    assert columns(comment) != without
    assert take(comment, by=moderator) and not take(comment, by=moderator)
    assert columns(comment) == without
    told = DeskMark.objects.values_list("comment", "actor", "kind", "is_set")
    assert list(told) == [(comment.pk, moderator.pk, kind, given) for given in (True, False)]


@pytest.mark.parametrize("verb", [verb for pair in PAIRS.values() for verb in pair])
def test_only_who_may_decide_sets_apart(article, verb):
    comment = write(article)
    with pytest.raises(PermissionDenied):
        verb(comment, by=make_user(is_staff=True))
    assert columns(comment) == (None, False, False) and not DeskMark.objects.exists()


@pytest.mark.parametrize("kind", PAIRS)
def test_nobody_sets_their_own_comment_apart(article, moderator, kind):
    comment = write(article, author=moderator)
    give, take = PAIRS[kind]
    with pytest.raises(OwnMatter):
        give(comment, by=moderator)
    assert give(comment, by=make_moderator())
    with pytest.raises(OwnMatter):
        take(comment, by=moderator)


def test_superuser_sets_their_own_comment_apart(article):
    boss = make_user(is_staff=True, is_superuser=True)
    comment = write(article, author=boss)
    assert all(give(comment, by=boss) for give, _take in PAIRS.values())


def test_another_thread_takes_the_place_of_ones_own(article, moderator):
    own, other = write(article, author=moderator), write(article)
    pin(own, by=make_moderator())
    assert pin(other, by=moderator)
    assert [columns(each)[1] for each in (own, other)] == [False, True]


def test_marks_are_never_rewritten(article, moderator):
    pick(write(article), by=moderator)
    for change in (lambda: DeskMark.objects.update(is_set=False), DeskMark.objects.all().delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_note_of_a_pick_is_changed(article, moderator):
    comment = write(article)
    pick(comment, by=moderator, note="Well observed.")
    assert pick(comment, by=moderator, note="Well said.")
    assert columns(comment)[0] == "Well said."
    assert list(DeskMark.objects.values_list("note", flat=True)) == [
        "Well observed.",
        "Well said.",
    ]


@pytest.mark.parametrize("verb", [pick, pin])
@pytest.mark.parametrize("hide", [hold, remove])
def test_what_readers_do_not_see_is_neither_picked_nor_pinned(article, moderator, verb, hide):
    comment = write(article)
    hide(comment, by=moderator)
    with pytest.raises(NotPublic):
        verb(comment, by=moderator)


def test_one_thread_is_pinned_and_the_next_takes_its_place(article, moderator):
    first, second, elsewhere = write(article), write(article), write(make_article())
    for comment in (first, elsewhere, second):
        pin(comment, by=moderator)
    assert [columns(each)[1] for each in (first, second, elsewhere)] == [False, True, True]
    told = DeskMark.objects.filter(comment=first).values_list("is_set", flat=True)
    assert list(told) == [True, False]
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=first.pk).update(pinned_at=second.created_at)


def test_reply_is_not_pinned(article, moderator):
    reply = write(article, in_reply_to=write(article))
    with pytest.raises(NotAThread):
        pin(reply, by=moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(pinned_at=reply.created_at)


def test_what_its_writer_deletes_loses_what_was_said_of_it(article, moderator):
    comment = write(article, author=(member := make_user()))
    pick(comment, by=moderator, note="Ada knows.")
    pin(comment, by=moderator)
    erase(comment, by=Voter(member))
    assert columns(comment)[:2] == (None, False)


def deep_thread(article) -> list[Comment]:
    """A comment, what answers it, what answers that …, beyond the deepest level."""
    thread = [write(article)]
    for _number in range(DEEPEST + 2):
        thread.append(write(article, in_reply_to=thread[-1]))
    return thread


@pytest.mark.parametrize("place", [0, 2, DEEPEST, DEEPEST + 1])
def test_closed_branch_takes_no_reply_at_any_depth(article, moderator, place):
    thread = deep_thread(article)
    beside = write(article, in_reply_to=thread[0])
    close_branch(thread[place], by=moderator)
    assert [columns(each)[2] for each in thread] == [
        number >= place for number in range(len(thread))
    ]
    for number, comment in enumerate(thread):
        if number < place:
            write(article, in_reply_to=comment)
            continue
        with pytest.raises(BranchClosed):
            write(article, in_reply_to=comment)
    assert columns(beside)[2] == (place == 0)


def test_larger_branch_is_opened_first(article, moderator):
    thread = deep_thread(article)
    close_branch(thread[1], by=moderator)
    with pytest.raises(ClosedAbove):
        reopen_branch(thread[2], by=moderator)
    assert reopen_branch(thread[1], by=moderator)
    assert not any(columns(each)[2] for each in thread)
    write(article, in_reply_to=thread[-1])
