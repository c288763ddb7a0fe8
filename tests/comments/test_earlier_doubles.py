"""Notices that were given twice, before each was kept once, are told apart by a migration."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comments.models import Notice
from comments.noticing import answer, found, link
from tests.builders import make_colleague, make_site

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEFORE = "0032_words_of_appeals_go"


def migrate(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets) or executor.loader.graph.leaf_nodes())


@pytest.fixture
def earlier():
    """Goes back, and at the end to the last migrations of every app again."""
    make_site()
    migrate(("comments", BEFORE))
    yield
    Notice.objects.all().delete()
    migrate()


def make_notice(**fields):
    told = {"address": "/articles/ferry/", "why": "Insult.", "name": "Wilma Aas", "language": "en"}
    return Notice.objects.create(**told | fields)


def test_same_notices_keep_their_references_and_wait(earlier):
    answered = make_notice()
    answer(answered, text="It stays.", by=make_colleague("moderator"))
    first, second, third = [make_notice() for _time in range(3)]
    others = [make_notice(name="Odo Brandt"), make_notice(why="Libel.")]
    migrate()
    assert list(Notice.objects.still_open().order_by("pk")) == [first, second, third, *others]
    told = [found(each.reference, key_of(each)).why for each in (answered, first, second, third)]
    doubles = [f"Insult.\n\n[= {before.reference}]" for before in (first, second)]
    assert told == ["Insult.", "Insult.", *doubles]
    migrate(("comments", BEFORE))
    assert set(Notice.objects.values_list("why", flat=True)) == {"Insult.", "Libel."}


def key_of(notice):
    return link(notice).partition("?key=")[2]
