"""Notices that were given twice, before each was kept once, are put together by a migration."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from comments.models import Notice
from comments.noticing import answer
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


def test_first_of_the_same_notices_stays_and_waits(earlier):
    answered = make_notice()
    answer(answered, text="It stays.", by=make_colleague("moderator"))
    first, *_doubles = [make_notice() for _time in range(3)]
    others = [make_notice(name="Odo Brandt"), make_notice(why="Libel.")]
    migrate()
    kept = list(Notice.objects.order_by("pk"))
    assert kept == [answered, first, *others]
