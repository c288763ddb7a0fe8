"""People and languages counted by sixteen threads at once; and of what was there before."""

import random
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comments.checking import check_trees
from comments.editing import erase
from comments.models import Comment, Discussion, Participant
from comments.moderating import approve, hold
from comments.refusals import NotPublic, NotYours
from comments.voting import Voter
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_guest, make_moderator, write
from tests.comments.test_concurrency import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_hundred_comments_of_one_person_at_once_are_one_person():
    article, member = make_article(), make_user()
    at_once(lambda _n: write(article, author=member), range(100))
    discussion = Discussion.objects.get()
    assert (discussion.comment_count, discussion.people_count) == (100, 1)
    assert check_trees() == []


def test_hundred_comments_of_ten_people_in_two_languages_are_ten_people():
    make_site()
    article = make_article()
    editions = [article, make_article(story=article.story, language="de")]
    guests = [make_guest() for _number in range(10)]
    at_once(lambda n: write(editions[n % 2], guest=guests[n // 10]), range(100))
    discussion = Discussion.objects.get()
    assert (discussion.comment_count, discussion.people_count) == (100, 10)
    assert discussion.comments_by_language == {"en": 50, "de": 50}
    assert check_trees() == []


def act(seed: int, article, people: list[UUID], moderator) -> None:
    """Somebody writes, has a comment hidden or shown again, or takes one back."""
    chance = random.Random(seed)
    person = chance.choice(people)
    own = Comment.objects.filter(guest_id=person).order_by("?").first()
    kind = chance.choice(["write", "write", "hold", "approve", "erase"])
    if kind == "write" or own is None:
        write(article, guest=make_guest(guest_id=person))
    elif kind == "erase":
        erase(own, by=Voter(guest_id=person))
    else:
        (hold if kind == "hold" else approve)(own, by=moderator)


def test_people_who_come_and_go_at_once_keep_the_counters():
    article, moderator = make_article(), make_moderator()
    people = [make_guest().id for _number in range(4)]

    def act_unless_refused(seed: int) -> None:
        with suppress(NotPublic, NotYours):  # somebody was quicker
            act(seed, article, people, moderator)

    at_once(act_unless_refused, range(300))
    assert check_trees() == []
    assert Discussion.objects.get().people_count <= 4


@pytest.fixture
def migrate():
    """Goes to a migration of the comments, else, and at the end, to the last ones of every app."""

    def go(name: str = "") -> None:
        executor = MigrationExecutor(connection)
        executor.migrate([("comments", name)] if name else executor.loader.graph.leaf_nodes())

    yield go
    go()


def test_what_was_there_before_is_counted_by_the_migration(migrate):
    make_site()
    article, guest = make_article(), make_guest()
    german = make_article(story=article.story, language="de")
    for place in (article, article, german):
        write(place, guest=guest)
    write(german, author=make_user())
    hold(write(article), by=make_moderator())
    migrate("0007_talks_count_people_and_languages")
    assert not Participant.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE comments_discussion SET people_count = 0, comments_by_language = '{}'"
        )
    migrate("0008_count_people_and_languages")
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_count, comments_by_language FROM comments_discussion")
        assert cursor.fetchall() == [(2, '{"de": 2, "en": 2}')]
    migrate()
    assert check_trees() == []
