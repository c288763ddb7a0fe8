"""Old revisions come back as drafts, and are found again by a label."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from articles import drafts
from articles.models import Article, Revision, Status
from articles.publishing import publish
from articles.revising import label, restore
from tests.articles.revisions import LIVE, make_live, save
from tests.builders import make_article, make_colleague, make_editor, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


def test_restored_revision_is_a_new_draft_and_readers_see_no_change(editor):
    article = make_live(by=editor)
    first = drafts.newest(article)
    last = save(article, by=editor, headline="Nonsense", byline=[])
    before = Article.objects.values().get()
    draft = restore(article, first, by=editor, seen=last)
    assert (draft.number, draft.kind, draft.based_on) == (3, "draft", first)
    assert draft.snapshot["headline"] == LIVE
    assert len(draft.snapshot["byline"]) == 1
    assert Article.objects.values().get() == before
    assert Revision.objects.filter(snapshot__headline="Nonsense").exists()


def test_restoring_again_writes_nothing(editor):
    article = make_live(by=editor)
    first, last = drafts.newest(article), save(article, by=editor, headline="Nonsense")
    draft = restore(article, first, by=editor, seen=last)
    assert restore(article, first, by=editor, seen=last) == draft
    assert article.revisions.count() == 3


def test_restoring_over_what_one_has_not_seen_is_refused(editor):
    article = make_live(by=editor)
    first, seen = drafts.newest(article), save(article, by=editor, headline="Seen")
    save(article, by=make_colleague("reporter", username="tomas"), headline="Fresh")
    with pytest.raises(drafts.StaleDraft, match="tomas saved revision 3"):
        restore(article, first, by=editor, seen=seen)
    assert drafts.newest(article).snapshot["headline"] == "Fresh"


def test_draft_that_was_never_public_is_restored_in_its_row(editor):
    article = make_article(status=Status.DRAFT, headline="First words")
    first = drafts.save_draft(article, by=editor, based_on=None)
    last = save(article, by=editor, headline="Second words")
    assert Article.objects.get().headline == "Second words"
    restore(article, first, by=editor, seen=last)
    assert Article.objects.get().headline == "First words"


def test_what_a_restored_revision_does_not_know_stays(editor):
    article = make_live(by=editor, kicker="Ferries")
    content = {"headline": "Older", "section": "harbour"}
    bare = Revision.objects.create(article=article, number=9, kind="draft", snapshot=content,
                                   created_by=editor)  # fmt: skip
    save(article, by=editor, kicker="Boats", headline="Newest")
    draft = restore(article, bare, by=editor, seen=drafts.newest(article))
    assert (draft.snapshot["headline"], draft.snapshot["kicker"]) == ("Older", "Ferries")


def test_another_articles_revision_is_refused(editor):
    other, article = make_live(by=editor), make_live(by=editor, slug="other", headline="Other")
    with pytest.raises(ValidationError, match="another article"):
        restore(article, drafts.newest(other), by=editor, seen=drafts.newest(article))


def test_restoring_and_naming_take_the_right_to_change(editor):
    article = make_live(by=editor)
    revision, reader = drafts.newest(article), make_user(is_staff=True)
    with pytest.raises(PermissionDenied):
        restore(article, revision, by=reader, seen=revision)
    with pytest.raises(PermissionDenied):
        label(revision, text="x", by=reader)


def test_published_revision_takes_a_label_and_nothing_else(editor):
    article = make_live(by=editor)
    revision = drafts.newest(article)
    label(revision, text="  before the   interview ", by=editor)
    assert Revision.objects.get().label == "before the interview"
    label(revision, text="", by=editor)
    assert Revision.objects.get().label == ""
    revision.snapshot = {}
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        revision.save()


@pytest.mark.parametrize("text", ["x" * 81, "bell\a"])
def test_label_that_is_too_long_or_unreadable_is_refused(editor, text):
    revision = drafts.newest(make_live(by=editor))
    with pytest.raises(ValidationError):
        label(revision, text=text, by=editor)
    assert Revision.objects.get().label == ""


def test_published_revisions_are_kept_for_good(editor):
    article = make_live(by=editor)
    publish(article, by=editor)
    for number in (1, 2):
        rows = Revision.objects.filter(number=number)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows._raw_delete("default")  # as somebody at the database would
            connection.check_constraints()
    assert Revision.objects.count() == 2
