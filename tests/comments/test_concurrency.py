"""Many people at once: real threads on a real PostgreSQL."""

import random
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.models import F

from accounts.models import User
from articles.models import Article
from comments.checking import check_trees
from comments.models import Comment, Discussion, Vote
from comments.moderating import approve, hold, remove
from comments.refusals import NotPublic
from comments.voting import Voter, adopt_guest, vote
from tests.builders import make_article, make_user
from tests.comments.builders import make_moderator, write

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
THREADS = 16


def at_once(act: Callable[[Any], Any], what: Iterable[Any]) -> list[Any]:
    """Calls `act` for each in 16 threads; raises what any of them raised."""

    def act_and_leave(one: Any) -> Any:
        try:
            return act(one)
        finally:
            connections.close_all()  # gives the connection back to the pool

    connection.close()
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(act_and_leave, what))


def post_many(articles: list[Article], number: int) -> None:
    """Two fifths new threads, else replies to any comment of the story, deep ones included."""

    def post_one(seed: int) -> None:
        chance = random.Random(seed)
        article = chance.choice(articles)
        written = list(Comment.objects.of_article(article).order_by("-id")[:20])
        answered = chance.choice(written) if written and chance.random() < 0.6 else None
        write(article, in_reply_to=answered)

    at_once(post_one, range(number))


@pytest.mark.parametrize("stories", [1, 20])
def test_no_comment_is_lost_and_no_thread_breaks(stories):
    post_many([make_article() for _number in range(stories)], 1000)
    assert Comment.objects.count() == 1000
    assert Comment.objects.filter(level__gt=0).count() > 300
    assert sum(Discussion.objects.values_list("comment_count", flat=True)) == 1000
    assert check_trees() == []


def test_hundred_replies_to_one_comment_take_a_hundred_slots():
    root = write(make_article())
    at_once(lambda _n: write(root.article, in_reply_to=Comment.objects.get(pk=root.pk)), range(100))
    root.refresh_from_db()
    assert root.reply_count == 100
    assert Comment.objects.filter(parent=root).values("lft").distinct().count() == 100
    assert check_trees() == []


def cast(comment: Comment, voter: Voter, value: int) -> int:
    fresh = Comment.objects.select_related("discussion").get(pk=comment.pk)
    return vote(fresh, voter=voter, value=value)


def test_hundred_voters_at_once_count_hundred():
    comment = write(make_article())
    at_once(lambda _n: cast(comment, Voter(guest_id=uuid4()), 1), range(100))
    comment.refresh_from_db()
    assert (comment.ups, comment.downs, comment.score) == (100, 0, 100)
    assert check_trees() == []


def test_nine_clicks_of_one_voter_count_once():
    comment, voter = write(make_article()), Voter(guest_id=uuid4())
    at_once(lambda _n: cast(comment, voter, 1), range(9))
    comment.refresh_from_db()
    assert (comment.score, Vote.objects.count()) == (1, 1)


def test_undecided_voters_leave_what_the_rows_say():
    comment = write(make_article())
    voters = [Voter(guest_id=uuid4()) for _number in range(4)]
    clicks = [(voter, value) for voter in voters for value in (1, -1, 0) * 10]
    random.Random(7).shuffle(clicks)
    at_once(lambda click: cast(comment, *click), clicks)
    assert check_trees() == []


def test_signing_in_never_waits_for_a_writer_who_waits_for_it():
    article, member, visitor = make_article(), make_user(), Voter(guest_id=uuid4())
    root = write(article)
    reply = write(article, in_reply_to=root)
    for comment in (root, reply):
        cast(comment, visitor, 1)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():  # as post() does: the comment answered, at last its root
            Comment.objects.select_for_update().order_by().get(pk=reply.pk)
            signing_in = pool.submit(adopt, member, visitor)
            wait_until_somebody_waits()
            Comment.objects.filter(pk=root.pk).update(reply_count=F("reply_count"))
        signing_in.result()
    assert set(Comment.objects.values_list("score", flat=True)) == {1}
    assert check_trees() == []


def adopt(member: User, visitor: Voter) -> None:
    try:
        adopt_guest(member, visitor.guest_id)
    finally:
        connections.close_all()


def wait_until_somebody_waits() -> None:
    """Until another connection waits for a lock, at most five seconds."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_moderators_and_writers_at_once_keep_the_counters():
    article, moderator = make_article(), make_moderator()
    root = write(article)
    replies = [write(article, in_reply_to=root) for _number in range(3)]

    def act(seed: int) -> None:
        chance = random.Random(seed)
        comment = Comment.objects.get(pk=chance.choice([root, *replies]).pk)
        verb = chance.choice([approve, hold, remove, None])
        if verb:
            return verb(comment, by=moderator)
        try:
            return write(article, in_reply_to=comment)
        except NotPublic:
            return None

    at_once(act, range(200))
    assert check_trees() == []
