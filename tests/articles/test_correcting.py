"""Corrections: what they publish, what they say, and that they are never taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import drafts, endings
from articles.correcting import correct
from articles.models import Article, Correction, CorrectionKind, Revision, Role, Status
from articles.publishing import NotPublishable, publish, withdraw
from operations.clock import database_now
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_site,
)

pytestmark = pytest.mark.django_db
WRONG = "The ferry leaves at 7:38, not at 7:30."


@pytest.fixture
def editor():
    make_site()
    return make_editor()


@pytest.fixture
def live(editor):
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=editor)
    return article


def save_headline(article, headline, *, by):
    content = drafts.snapshot(article) | {"headline": headline}
    return drafts.save_draft(article, content, by=by, based_on=drafts.newest(article))


def test_correction_publishes_the_newest_draft_as_a_major_revision(editor, live):
    draft = save_headline(live, "The ferry leaves at 7:38", by=editor)
    correction = correct(live, kind="correction", text=WRONG, by=editor)
    stored = Article.objects.get()
    assert (stored.headline, stored.updated_at) == ("The ferry leaves at 7:38", live.updated_at)
    assert correction.revision == stored.published_revision
    assert (correction.revision.based_on, correction.revision.is_minor) == (draft, False)


def test_correction_without_a_draft_publishes_the_same_text_again(editor, live):
    correction = correct(live, kind="update", text=WRONG, by=editor)
    old, new = Revision.objects.get(number=1).snapshot, correction.revision.snapshot
    assert new.pop("corrections") == [
        {"kind": "update", "text": WRONG, "created_at": correction.created_at.isoformat()}
    ]
    assert old.pop("corrections") == []
    assert (old.pop("replaces_read"), new.pop("replaces_read")) == (False, True)
    assert new == old
    again = correct(live, kind="update", text="More.", by=editor)
    assert [each["text"] for each in again.revision.snapshot["corrections"]] == [WRONG, "More."]


def test_withdrawn_article_stays_so_when_it_is_corrected(editor, live):
    withdraw(live, by=editor)
    correct(live, kind="retraction", text=WRONG, by=editor)
    assert Article.objects.get().status == Status.WITHDRAWN
    assert live.published_revision.number == 2


def test_what_no_reader_has_seen_is_not_corrected(editor):
    later = database_now() + timedelta(days=1)
    for article in (make_article(status=Status.DRAFT), make_article(publish_at=later)):
        with pytest.raises(ValidationError, match="No reader has seen"):
            correct(article, kind="correction", text=WRONG, by=editor)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "a\u202eb", "x" * 1001])
def test_texts_that_say_nothing_or_too_much_are_refused(editor, live, text):
    with pytest.raises(ValidationError) as refused:
        correct(live, kind="correction", text=text, by=editor)
    assert "text" in refused.value.message_dict
    assert Revision.objects.count() == 1


def test_correction_takes_the_right_to_publish_and_an_article_that_is_complete(editor, live):
    with pytest.raises(PermissionDenied):
        correct(live, kind="correction", text=WRONG, by=make_colleague("reporter"))
    content = drafts.snapshot(live) | {"byline": []}
    drafts.save_draft(live, content, by=editor, based_on=drafts.newest(live))
    with pytest.raises(NotPublishable):
        correct(live, kind="correction", text=WRONG, by=editor)
    assert not Correction.objects.exists()


def test_correction_is_refused_where_somebody_saved_meanwhile(editor, live):
    seen = drafts.newest(live)
    save_headline(live, "Theirs", by=editor)
    with pytest.raises(drafts.StaleDraft):
        correct(live, kind="correction", text=WRONG, by=editor, seen=seen)


@pytest.mark.parametrize(
    "sql", ["UPDATE articles_correction SET text = 'x'", "DELETE FROM articles_correction"]
)
def test_database_refuses_to_change_corrections(editor, live, sql):
    correct(live, kind="correction", text=WRONG, by=editor)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.parametrize(("field", "value"), [("kind", "praise"), ("text", " \n ")])
def test_database_refuses_corrections_of_no_kind_and_without_words(editor, live, field, value):
    fields = {"kind": CorrectionKind.UPDATE, "text": WRONG, "created_by": editor}
    with pytest.raises(IntegrityError, match="correction_"), transaction.atomic():
        Correction.objects.create(
            article=live, revision=live.published_revision, **fields | {field: value}
        )


def test_correction_ends_with_what_permits_its_draft(editor, live, monkeypatch):
    last = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(endings, "_endings", [lambda _article, _wanted: last])
    correct(live, kind="correction", text=WRONG, by=editor)
    assert Article.objects.get(pk=live.pk).unpublish_at == last


def test_live_text_that_would_be_blocked_today_is_corrected_with_a_reason(editor, live):
    live.contributions.all().delete()  # say: the rules are stricter than when it was published
    with pytest.raises(NotPublishable) as refused:
        correct(live, kind="retraction", text=WRONG, by=editor)
    assert refused.value.is_overridable
    told = correct(live, kind="retraction", text=WRONG, by=editor, overriding="It is wrong.")
    assert [each["code"] for each in told.revision.warnings] == ["byline"]
    save_headline(live, "Another one", by=editor)
    with pytest.raises(NotPublishable) as refused:  # what is new is checked as ever
        correct(live, kind="update", text="More.", by=editor, overriding="It is wrong.")
    assert not refused.value.is_overridable
