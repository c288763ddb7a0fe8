"""A live article that is given a later beginning is gone until then: nobody does so unawares."""

from datetime import timedelta

import pytest

from articles.models import Article, Role, Status
from articles.publishing import NotPublishable, publish
from operations.clock import database_now
from tests.articles.test_article_admin import change
from tests.builders import make_article, make_contributor, make_editor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


@pytest.fixture
def article(editor):
    draft = make_article(status=Status.DRAFT, byline=[(make_contributor(), Role.REPORTER)])
    publish(draft, by=editor)
    return draft


def tomorrow():
    return database_now() + timedelta(days=1)


def test_live_article_does_not_begin_later_without_a_reason(editor, article):
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor, publish_at=tomorrow())
    assert [finding.code for finding in refused.value.findings] == ["taken_away"]
    assert Article.objects.get().is_live(database_now())


def test_reason_lets_it_begin_later_and_is_kept(editor, article):
    revision = publish(article, by=editor, publish_at=tomorrow(), overriding="Too early.")
    assert not Article.objects.get().is_live(database_now())
    assert (revision.warnings[0]["code"], revision.warnings_reason) == ("taken_away", "Too early.")


def test_article_that_has_not_begun_is_moved_freely(editor):
    draft = make_article(status=Status.DRAFT, byline=[(make_contributor(), Role.REPORTER)])
    publish(draft, by=editor, publish_at=tomorrow())
    publish(draft, by=editor, publish_at=tomorrow() + timedelta(days=1))
    assert draft.status == Status.PUBLISHED


def test_form_asks_for_the_reason_and_changes_nothing_before(client, editor, article):
    client.force_login(editor)
    form = form_of(client, change(article)) | {"_publish": "1", "publish_at_0": "2199-07-01"}
    asked = client.post(change(article), form)
    assert asked.status_code == 422
    assert "Readers have this article already" in asked.text
    assert Article.objects.get().is_live(database_now())
    assert client.post(change(article), form | {"overriding": "Too early."}).status_code == 302
    assert not Article.objects.get().is_live(database_now())
