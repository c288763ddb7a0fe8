from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from articles import checklist
from articles.checklist import Finding
from articles.models import Article, Revision, Role, Status, Topic
from articles.publishing import NotPublishable, publish, withdraw
from operations.clock import database_now
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


def make_draft(**fields):
    fields.setdefault("byline", [(make_contributor(), Role.REPORTER)])
    return make_article(status=Status.DRAFT, **fields)


def test_publishing_a_draft_shows_it_to_readers_now(editor):
    article = make_draft()
    revision = publish(article, by=editor)
    assert Article.objects.live(database_now()).get() == article
    assert (revision.number, revision.created_by) == (1, editor)
    assert article.updated_at is None
    assert "revision 1" in LogEntry.objects.get().change_message


def test_a_later_time_schedules_the_article(editor):
    article, tomorrow = make_draft(), database_now() + timedelta(days=1)
    publish(article, by=editor, publish_at=tomorrow)
    assert article.status == Status.PUBLISHED
    assert not article.is_live(database_now())
    assert article.is_live(tomorrow)


def test_changes_to_a_live_article_keep_its_date_and_are_dated(editor):
    article = make_draft()
    publish(article, by=editor)
    first = article.publish_at
    publish(article, by=editor)
    assert article.publish_at == first
    assert article.updated_at > first


def test_a_minor_change_is_not_dated(editor):
    article = make_draft()
    publish(article, by=editor)
    revision = publish(article, by=editor, is_minor=True)
    article.refresh_from_db()
    assert revision.is_minor
    assert article.updated_at is None


def test_revision_holds_the_whole_article(editor):
    person, image = make_contributor(slug="maren-okafor"), make_image()
    article = make_draft(
        byline=[(person, Role.REPORTER), (person, Role.PHOTOGRAPHER)],
        kicker="Ferries", slug="ferry", lead_image=image, lead_caption="The quay",
    )  # fmt: skip
    article.topics.add(topic := Topic.objects.create(slug="water", names={"en": "Water"}))
    maren = {"id": person.pk, "slug": "maren-okafor"}
    first, second = article.contributions.all()
    written = publish(article, by=editor).snapshot
    assert written == {
        "publish_at": article.publish_at.isoformat(),
        "unpublish_at": None,
        "embargoed_until": None,
        "replaces_read": False,
        "language": "en",
        "slug": "ferry",
        "kicker": "Ferries",
        "headline": "The ferry leaves eight minutes later",
        "standfirst": "",
        "dateline": "",
        "body": "<p>The harbour board agreed on Tuesday.</p>",
        "section": {"id": article.section_id, "slug": "harbour"},
        "topics": [{"id": topic.pk, "slug": "water"}],
        "byline": [
            {"id": first.pk, "contributor": maren, "role": "reporter", "credited_as": ""},
            {"id": second.pk, "contributor": maren, "role": "photographer", "credited_as": ""},
        ],
        "lead_image": {"id": image.pk, "caption": "The quay", "alt": "", "is_decorative": False},
        "attribution": None,
        "corrections": [],
    }


@pytest.mark.parametrize(
    ("lack", "field"),
    [
        ({"headline": " "}, "headline"),
        ({"headline": "\u200b\u200d"}, "headline"),
        ({"section": None}, "section"),
        ({"body": "<p>&nbsp;</p><p>\u00a0 </p>"}, "body"),
        ({"body": "<p>\u200b</p>"}, "body"),
        ({"byline": []}, "byline"),
        ({"language": "ru"}, "language"),
    ],
)
def test_incomplete_articles_are_refused_and_stay_drafts(editor, lack, field):
    make_site(editions=("en", "de"))
    article = make_draft(**lack)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor)
    assert list(refused.value.message_dict) == [field]
    article.refresh_from_db()
    assert (article.status, article.publish_at) == (Status.DRAFT, None)
    assert not Revision.objects.exists()


def test_lead_picture_needs_alternative_text(editor):
    article = make_draft(lead_image=make_image(alt=""))
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor)
    assert list(refused.value.message_dict) == ["lead_image"]
    article.lead_image.alts = {"en": "A ferry"}
    article.lead_image.save()
    publish(article, by=editor)


@pytest.mark.parametrize("hours", [-1, 1])
def test_an_article_ends_after_it_begins_and_in_the_future(editor, hours):
    article, now = make_draft(), database_now()
    begins = now + timedelta(hours=min(hours, 0) - 1 if hours < 0 else 2)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor, publish_at=begins, unpublish_at=now + timedelta(hours=hours))
    assert list(refused.value.message_dict) == ["unpublish_at"]


def test_registered_checks_can_refuse(editor, monkeypatch):
    monkeypatch.setattr(checklist, "_checks", [])
    checklist.register(lambda article: [Finding("source", "Say where it first appeared.")])
    with pytest.raises(NotPublishable) as refused:
        publish(make_draft(), by=editor)
    assert refused.value.message_dict == {"__all__": ["Say where it first appeared."]}


def test_only_who_may_publish_publishes_and_withdraws(editor):
    article = make_draft()
    for verb in (publish, withdraw):
        with pytest.raises(PermissionDenied):
            verb(article, by=make_user(is_staff=True))
    publish(article, by=editor)
    withdraw(article, by=editor)


def test_published_slug_comes_from_the_headline_and_is_unique(editor):
    make_article(slug="the-ferry-leaves-eight-minutes-later", headline="Another")
    article = make_draft()
    Article.objects.filter(pk=article.pk).update(slug="")
    publish(article, by=editor)
    assert article.slug == "the-ferry-leaves-eight-minutes-later-2"


def test_withdrawn_again_changes_nothing(editor):
    article = make_article(byline=[(make_contributor(), Role.REPORTER)])
    withdraw(article, by=editor)
    withdraw(article, by=editor)
    assert article.status == Status.WITHDRAWN
    assert LogEntry.objects.count() == 1
    publish(article, by=editor)
    assert article.status == Status.PUBLISHED


def test_withdrawn_article_stays_so_while_another_has_its_place(editor):
    article = make_article(byline=[(make_contributor(), Role.REPORTER)])
    withdraw(article, by=editor)
    make_article(story=article.story)
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=editor)
    assert "already has an article" in refused.value.message_dict["language"][0]


@pytest.mark.parametrize(
    "sql", ["UPDATE articles_revision SET is_minor = true", "DELETE FROM articles_revision"]
)
def test_database_refuses_to_change_revisions(editor, sql):
    publish(make_draft(), by=editor)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)
    assert Revision.objects.filter(is_minor=False).count() == 1


def test_withdrawing_what_has_not_begun_makes_it_a_draft_again(client):
    editor = make_editor()
    article = make_article(publish_at=database_now() + timedelta(days=1), slug="merger")
    withdraw(article, by=editor)
    assert article.status == Status.DRAFT
    assert client.get("/articles/merger/").status_code == 404
