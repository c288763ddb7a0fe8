"""Votes: up, down, back, and every way to try more."""

from itertools import permutations
from uuid import uuid4

import pytest

from comments.checking import check_trees
from comments.models import Comment, Discussion, Vote
from comments.moderating import hold, remove
from comments.refusals import Closed, NoDownVotes, NotPublic, OwnComment
from comments.voting import VALUES, Voter, adopt_guest, vote
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, write

pytestmark = pytest.mark.django_db


def guest() -> Voter:
    return Voter(guest_id=uuid4())


@pytest.mark.parametrize("path", list(permutations((*VALUES, *VALUES), 3)))
def test_last_vote_counts_whatever_came_before(path):
    comment, voter = write(make_article()), guest()
    vote(comment, voter=guest(), value=1)
    for value in path:
        assert vote(comment, voter=voter, value=value) == 1 + value
    comment.refresh_from_db()
    assert (comment.ups, comment.downs) == (1 + (path[-1] == 1), path[-1] == -1)
    assert check_trees() == []


def test_repeated_vote_writes_nothing():
    comment, voter = write(make_article()), guest()
    for _click in range(3):
        vote(comment, voter=voter, value=1)
    given = Vote.objects.get()
    assert (given.value, given.previous) == (1, 0)


def test_vote_outside_of_the_three_is_refused():
    comment = write(make_article())
    for value in (2, -2, 100):
        with pytest.raises(ValueError, match="1, -1 or 0"):
            vote(comment, voter=guest(), value=value)
    assert not Vote.objects.exists()


def test_nobody_votes_on_an_own_comment():
    article, member, visitor = make_article(), make_user(), make_guest()
    by_member = write(article, author=member)
    by_guest = write(article, guest=visitor)
    signed_in_since = Voter(user=make_user(), guest_id=visitor.id)
    for comment, voter in (
        (by_member, Voter(user=member)),
        (by_guest, Voter(guest_id=visitor.id)),
        (by_guest, signed_in_since),
    ):
        with pytest.raises(OwnComment):
            vote(comment, voter=voter, value=1)
    assert vote(by_guest, voter=Voter(user=member), value=1) == 1


@pytest.mark.parametrize("hide", [hold, remove])
def test_hidden_comment_takes_no_votes(hide):
    comment = write(make_article())
    hide(comment, by=make_moderator())
    with pytest.raises(NotPublic):
        vote(comment, voter=guest(), value=1)


def test_closed_conversation_and_closed_site_take_no_votes():
    comment = write(make_article())
    Discussion.objects.update(policy="closed")
    with pytest.raises(Closed):
        vote(Comment.objects.get(), voter=guest(), value=1)
    Discussion.objects.update(policy="open")
    make_site(comment_policy="closed")
    comment = Comment.objects.get()
    with pytest.raises(Closed):
        vote(comment, voter=guest(), value=1)
    make_site(comment_policy="held")
    assert vote(comment, voter=guest(), value=1) == 1


def test_site_without_down_votes_takes_the_others():
    comment, voter = write(make_article()), guest()
    make_site(allows_down_votes=False)
    with pytest.raises(NoDownVotes):
        vote(comment, voter=voter, value=-1)
    assert not Vote.objects.exists()
    assert vote(comment, voter=voter, value=1) == 1
    assert vote(comment, voter=voter, value=0) == 0
    make_site(allows_down_votes=True)
    assert vote(comment, voter=voter, value=-1) == -1


def test_down_votes_from_before_count_until_they_are_taken_back():
    comment, voter, visitor, member = write(make_article()), guest(), guest(), make_user()
    for each in (voter, visitor):
        vote(comment, voter=each, value=-1)
    make_site(allows_down_votes=False)
    with pytest.raises(NoDownVotes):
        vote(comment, voter=voter, value=-1)
    adopt_guest(member, visitor.guest_id)
    assert Comment.objects.get().score == -2
    assert vote(comment, voter=voter, value=0) == -1
    assert vote(comment, voter=Voter(user=member), value=0) == 0
    assert check_trees() == []


def test_signing_in_makes_a_guests_votes_the_members():
    article, member, visitor = make_article(), make_user(), guest()
    new, voted, own = write(article), write(article), write(article, author=member)
    for comment in (new, voted, own):
        vote(comment, voter=visitor, value=1)
    vote(voted, voter=Voter(user=member), value=-1)
    for _time in range(2):
        adopt_guest(member, visitor.guest_id)
    scores = dict(Comment.objects.values_list("pk", "score"))
    assert scores == {new.pk: 1, voted.pk: -1, own.pk: 0}
    assert check_trees() == []


def test_vote_costs_two_queries(django_assert_num_queries):
    comment = write(make_article())
    comment.discussion  # noqa: B018 - loaded before
    with django_assert_num_queries(2):
        vote(comment, voter=guest(), value=1)
