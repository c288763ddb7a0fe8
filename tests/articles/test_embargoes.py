"""An embargo is the story's: no language tells what another one keeps."""

from datetime import timedelta

import pytest

from articles.editions import begin_edition
from articles.models import Article, Role, Status
from articles.publishing import NotPublishable, publish
from operations.clock import database_now
from tests.articles.test_article_admin import change
from tests.builders import make_article, make_contributor, make_editor, make_site
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def editor():
    make_site()
    return make_editor()


def make_draft(**fields):
    byline = [(make_contributor(), Role.REPORTER)]
    return make_article(status=Status.DRAFT, byline=byline, **fields)


def make_secret(until, **fields):
    """A German draft under embargo, and the English one of the same story without."""
    secret = make_draft(language="de", embargoed_until=until, **fields)
    return secret, make_draft(story=secret.story)


def test_edition_that_is_begun_keeps_the_storys_embargo(editor):
    until = database_now() + HOUR
    _secret, english = make_secret(until)
    assert begin_edition(english, language="tr", by=editor).embargoed_until == until


def test_article_begins_with_the_end_of_its_storys_embargo(editor):
    until = database_now() + HOUR
    _secret, english = make_secret(until)
    publish(english, by=editor)
    assert english.publish_at == until


def test_article_that_would_tell_of_its_story_too_early_is_refused(editor):
    _secret, english = make_secret(database_now() + HOUR)
    with pytest.raises(NotPublishable, match="under embargo in another language"):
        publish(english, by=editor, publish_at=database_now() + HOUR / 2)
    assert Article.objects.get(pk=english.pk).status == Status.DRAFT


def test_what_readers_know_already_is_changed_whatever_another_language_keeps(editor):
    english = make_draft()
    publish(english, by=editor)
    make_draft(language="de", story=english.story, embargoed_until=database_now() + HOUR)
    publish(english, by=editor)
    assert english.is_live(database_now())


@pytest.mark.parametrize(("hours", "is_refused"), [(1, True), (3, False)])
def test_embargo_is_refused_where_another_language_begins_before_its_end(
    client, editor, hours, is_refused
):
    english, now = make_draft(), database_now()
    publish(english, by=editor, publish_at=now + hours * HOUR)
    german = make_draft(language="de", story=english.story)
    client.force_login(editor)
    until = (now + 2 * HOUR).isoformat(" ", "seconds").partition(" ")
    form = form_of(client, change(german)) | {"_continue": "1"}
    form |= {"embargoed_until_0": until[0], "embargoed_until_1": until[2][:8]}
    answer = client.post(change(german), form)
    assert answer.status_code == (422 if is_refused else 302)
    if is_refused:
        told = answer.context["adminform"].form.errors["embargoed_until"]
        assert "begins before" in told[0]
