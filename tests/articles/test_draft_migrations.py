"""Revisions from before there were drafts are published ones, and going back leaves those alone."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from articles import drafts
from articles.models import Revision, Role
from articles.publishing import publish
from tests.builders import make_article, make_contributor, make_editor, make_site

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEFORE = "0007_find_the_next_moment"


@pytest.fixture
def migrate():
    """Goes to a migration of the articles, and at the end to the last ones of every app again."""
    yield lambda name: MigrationExecutor(connection).migrate([("articles", name)])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def numbers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM articles_revision ORDER BY number")
        return [number for (number,) in cursor.fetchall()]


def test_drafts_go_and_come_by_their_migrations(migrate):
    make_site()
    editor = make_editor()
    article = make_article(byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=editor)
    drafts.save_draft(article, by=editor, based_on=drafts.newest(article))
    publish(article, by=editor)
    migrate(BEFORE)
    assert numbers() == [1, 3]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM articles_revision")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert list(Revision.objects.values_list("kind", flat=True)) == ["published"] * 2
