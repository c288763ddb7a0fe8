"""After a test that commits nothing is left of it but what migrations had written."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError, connection

from articles.models import Article
from articles.publishing import publish
from tests import emptying
from tests.builders import make_article, make_colleague, make_contributor
from tests.emptying import empty_tables

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_go_even_where_triggers_refuse_it_and_roles_stay():
    rights = Permission.objects.filter(group__name="editor").count()
    article = make_article(byline=[(make_contributor(), "reporter")])
    publish(article, by=make_colleague("editor"))
    Group.objects.get(name="editor").permissions.clear()
    empty_tables()
    assert not Article.objects.exists()
    assert Permission.objects.filter(group__name="editor").count() == rights > 0


@pytest.mark.parametrize("turn", [1, 2])
def test_one_test_leaves_nothing_to_the_next(turn: int):
    assert not Article.objects.exists()
    make_article()


def test_a_forgotten_transaction_does_not_hold_up_the_next_test(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(emptying, "PATIENCE", "100ms")
    make_article()
    forgotten = connection.copy()
    forgotten.set_autocommit(False)
    with forgotten.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET headline = headline")
    empty_tables()
    assert not Article.objects.exists()
    with pytest.raises(OperationalError):
        forgotten.commit()
    forgotten.close()
