"""A ban while somebody writes: one outcome, and nobody waits in a circle."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, connections, transaction

from comments import sanctioned
from comments.editing import edit
from comments.flagging import flag
from comments.models import Comment, Sanction
from comments.posting import post
from comments.refusals import NotPublic
from comments.sanctioned import Sanctioned
from comments.sanctioning import lift, sanction
from comments.voting import Voter, vote
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.comments.builders import make_guest, write
from tests.comments.test_concurrency import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guest():
    make_site(holds_at_flags=0)
    return make_guest()


def in_thread(act) -> threading.Thread:
    def act_and_leave() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=act_and_leave)
    thread.start()
    return thread


def test_ban_waits_for_the_comment_that_is_being_written(guest):
    comment, moderator = write(make_article(), guest=guest), make_colleague("moderator")
    with transaction.atomic():
        assert not sanctioned.ask([comment.writer]).measure  # as a post begins
        ban = in_thread(lambda: sanction(comment, "ban", by=moderator, reason="abuse"))
        ban.join(0.5)
        assert ban.is_alive()
    ban.join(10)
    assert Sanction.objects.count() == 1
    with pytest.raises(Sanctioned):
        write(comment.article, guest=guest)


def test_comment_that_waited_for_a_ban_is_refused_by_it(guest):
    """What is asked in the statement that waits would not see the ban."""
    comment, moderator = write(make_article(), guest=guest), make_colleague("moderator")
    outcomes: list[str] = []

    def write_again() -> None:
        try:
            write(comment.article, guest=guest)
            outcomes.append("written")
        except Sanctioned:
            outcomes.append("refused")

    with transaction.atomic():
        sanction(comment, "ban", by=moderator, reason="abuse")
        writing = in_thread(write_again)
        writing.join(0.5)
        assert writing.is_alive() and not outcomes
    writing.join(10)
    assert outcomes == ["refused"]
    assert Comment.objects.count() == 1


def test_no_comment_comes_after_its_writers_ban(guest):
    """Whatever was written has a smaller time of its transaction's end than the ban saw."""
    article, moderator = make_article(), make_colleague("moderator")
    first = write(article, guest=guest)
    seen: list[int] = []

    def act(number: int) -> None:
        if number == 40:
            with transaction.atomic():
                sanction(first, "ban", by=moderator, reason="abuse")
                seen.append(Comment.objects.filter(guest_id=guest.id).count())
            return
        with suppress(Sanctioned):
            post(article, text=f"Number {number}", guest=guest, now=database_now(), writer="me")

    at_once(act, range(120))
    assert Comment.objects.filter(guest_id=guest.id).count() == seen[0] < 120


def test_all_deeds_of_one_person_and_bans_at_once_end(guest):
    article, moderator = make_article(), make_colleague("moderator")
    own, other, by = write(article, guest=guest), write(article), Voter(guest_id=guest.id)

    def act(number: int) -> None:
        kind = number % 6
        mine, theirs = Comment.objects.get(pk=own.pk), Comment.objects.get(pk=other.pk)
        with suppress(Sanctioned, NotPublic):
            if kind == 0:
                lift(sanction(mine, "ban", by=moderator, reason="abuse"), by=moderator, note="No")
            elif kind == 1:
                edit(mine, text=f"Text {number}", by=by, now=database_now())
            elif kind == 2:
                write(article, guest=guest, in_reply_to=mine)
            elif kind == 3:
                vote(theirs, voter=by, value=1 if number % 2 else -1)
            elif kind == 4:
                flag(theirs, by=by, reason="spam")
            else:
                write(article, in_reply_to=mine)

    at_once(act, range(240))
    nobody_holds_a_turn()


def test_member_and_guest_of_one_browser_never_wait_in_a_circle(guest):
    """Of two turns everybody takes the account's first."""
    article, moderator, member = make_article(), make_colleague("moderator"), make_user()
    own, by = write(article, guest=guest), Voter(member, guest.id)

    def act(number: int) -> None:
        kind, mine = number % 5, Comment.objects.get(pk=own.pk)
        with suppress(Sanctioned, NotPublic):
            if kind == 0:
                lift(sanction(mine, "ban", by=moderator, reason="abuse"), by=moderator, note="No")
            elif kind == 1:
                edit(mine, text=f"Text {number}", by=by, now=database_now())
            elif kind == 2:
                write(article, author=member, carried=guest.id)
            elif kind == 3:
                write(article, guest=guest)
            else:
                edit(mine, text=f"Text {number}", by=Voter(guest_id=guest.id), now=database_now())

    at_once(act, range(200))
    nobody_holds_a_turn()


def nobody_holds_a_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        assert cursor.fetchone() == (0,)
