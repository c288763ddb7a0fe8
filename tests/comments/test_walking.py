"""Readers who turn pages while others write and vote miss nothing."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from comments.models import Comment
from comments.voting import Voter, vote
from tests.builders import make_article
from tests.comments.builders import write
from tests.comments.pages import walk
from tests.comments.rows import make_long_conversation

pytestmark = [pytest.mark.torture, pytest.mark.django_db(transaction=True)]
WRITERS = 8
SORTS = ["newest", "oldest", "most-voted", "best"]


def write_and_vote(article, ids, seed: int, stop: Event) -> None:
    """New threads, replies and votes until told to stop."""
    chance = random.Random(seed)
    while not stop.is_set():
        try:
            comment = Comment.objects.select_related("discussion").get(pk=chance.choice(ids))
            if chance.random() < 0.5:
                vote(comment, voter=Voter(guest_id=uuid4()), value=chance.choice([1, -1]))
            else:
                write(article, in_reply_to=chance.choice([None, comment]))
        finally:
            connections.close_all()  # the pool has fewer connections than there are people


@pytest.mark.parametrize("sort", SORTS)
def test_thread_whose_rank_stays_is_shown_exactly_once(sort):
    article = make_article(slug="ferry")
    make_long_conversation(article, threads=200)
    before = list(Comment.objects.values_list("pk", flat=True))
    touched = random.Random(1).sample(sorted(before), 60)
    connection.close()
    stop = Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [
            pool.submit(write_and_vote, article, touched, seed, stop) for seed in range(WRITERS)
        ]
        try:
            seen = walk(Client(), f"/articles/ferry/comments/?sort={sort}")
        finally:
            stop.set()
        for writer in writers:
            writer.result()
    assert Comment.objects.count() > len(before)
    moves = sort in ("most-voted", "best")  # and a vote may also be taken back meanwhile
    steady = set(before) - set(touched) if moves else set(before)
    assert {pk: seen.count(pk) for pk in steady} == dict.fromkeys(steady, 1)
