"""Machines that lose their listeners, and machines that lose their database."""

import os
import signal
from contextlib import contextmanager
from functools import partial

import pytest
from django.conf import settings
from django.db import connection

from comments.moderating import remove
from tests.builders import make_article
from tests.comments.builders import make_moderator, write
from tests.operations.launching import wait_until
from tests.pagecache.machines import connections, hammer, warm

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LISTENING = "SELECT pg_notify('page_beat"  # what a listener said last
is_ours = settings.DATABASES["default"]["ENGINE"] == "operations.embedded"


def had(answers, text):
    return [answer for answer in answers if text in answer.text]


def test_machines_listen_again_when_their_listeners_are_ended(both):
    comment, moderator = write(make_article(slug="cable"), text="Cut."), make_moderator()

    def cut_and_remove():
        assert len(connections("pg_terminate_backend(pid)", only=LISTENING)) == 4
        remove(comment, by=moderator)

    answers, done = hammer(both, "/articles/cable/", cut_and_remove, after=3.2)
    assert had(answers, "Cut.") and not [a for a in had(answers, "Cut.") if a.begun > done + 3]
    assert len(connections(only=LISTENING)) == 4
    warm(both, "/articles/cable/")


@contextmanager
def silenced(pids):
    """The database's own processes behind these connections say nothing any more."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.skipif(not is_ours, reason="stops processes of a database on this machine")
def test_machine_that_hears_nothing_serves_nothing_old(both):
    comment, moderator = write(make_article(slug="quiet"), text="Unheard."), make_moderator()
    warm(both, "/articles/quiet/")
    with silenced(connections(only=LISTENING)):
        answers, done = hammer(
            both, "/articles/quiet/", lambda: remove(comment, by=moderator), after=3.2
        )
    old = had(answers, "Unheard.")
    assert old and not [f"{a.how} {a.begun - done:.2f}" for a in old if a.begun > done + 3]
    assert {a.how for a in answers if a.begun > done + 3} == {"bypass"}
    warm(both, "/articles/quiet/")


@contextmanager
def refusing():
    """The database takes no connections, and has ended those of the machines."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as beside:
        beside.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connections("pg_terminate_backend(pid)")
        try:
            yield
        finally:
            beside.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_last_copies_are_served_while_the_database_is_away_and_new_ones_after(both):
    make_article(slug="kept", headline="Kept for bad days")
    make_article(slug="unread")
    warm(both, "/articles/kept/")
    with refusing():
        unread = []
        answers, _done = hammer(
            both, "/articles/kept/", lambda: unread.append(both[0].ask("/articles/unread/")),
            after=0,
        )  # fmt: skip
        assert unread[0].status == 500
    assert {answer.status for answer in answers} == {200}
    assert {answer.how for answer in answers} >= {"hit", "stand-in"}
    assert all("Kept for bad days" in answer.text for answer in answers)
    for machine in both:
        wait_until(partial(is_new, machine, "/articles/unread/"), seconds=3)


def is_new(machine, path):
    answer = machine.ask(path)
    return (answer.status, answer.how) == (200, "miss")
