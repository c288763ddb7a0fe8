"""Drafts over a public article: saved, told apart, discarded and published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from articles import drafts
from articles.models import Article, Contribution, Revision, Role, Section, Status, Topic
from articles.publishing import publish, withdraw
from operations.clock import database_now
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_image,
    make_section,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


def make_live(editor, **fields):
    article = make_article(byline=[(make_contributor(), Role.REPORTER)], **fields)
    publish(article, by=editor)
    return article


def save(article, *, by, **changes):
    """A draft of what is published but for these keys."""
    content = drafts.snapshot(article) | changes
    return drafts.save_draft(article, content, by=by, based_on=drafts.newest(article))


def test_draft_changes_no_row_and_is_shown_once_published(editor):
    article = make_live(editor)
    draft = save(article, by=editor, headline="Later still")
    article.refresh_from_db()
    assert article.headline == "The ferry leaves eight minutes later"
    revision = publish(article, by=editor)
    article.refresh_from_db()
    assert article.headline == "Later still"
    assert (revision.based_on, article.published_revision) == (draft, revision)


def test_every_part_of_a_draft_is_published(editor):
    article, person, image = make_live(editor), make_contributor(), make_image()
    topic = Topic.objects.create(slug="water", names={"en": "Water"})
    other = make_section(slug="town", name="Town")
    changed = {
        "kicker": "Ferries",
        "body": "<p>New.</p>",
        "section": {"id": other.pk, "slug": "town"},
        "topics": [{"id": topic.pk, "slug": "water"}],
        "byline": [
            {
                "id": None,
                "contributor": {"id": person.pk, "slug": person.slug},
                "role": "editor",
                "credited_as": "M. O.",
            }
        ],
        "lead_image": {"id": image.pk, "caption": "The quay", "alt": "", "is_decorative": False},
    }
    save(article, by=editor, **changed)
    publish(article, by=editor)
    stored = drafts.snapshot(Article.objects.get())
    stored["byline"][0]["id"] = None
    assert {key: stored[key] for key in changed} == changed


def test_changes_are_told_in_plain_sentences(editor):
    article = make_live(editor)
    assert not drafts.has_unpublished_changes(article)
    save(article, by=editor, headline="Later still", byline=[])
    assert drafts.changes(article) == ["Headline: changed.", "Byline: changed."]


def test_draft_keeps_persons_whose_address_changes_and_leaves_out_what_is_gone(editor):
    article, person = make_live(editor), make_contributor(slug="old")
    line = {"contributor": {"id": person.pk, "slug": "old"}, "role": "reporter", "id": None}
    gone = {"id": 10**9, "slug": "gone"}
    save(article, by=editor, byline=[line, {**line, "contributor": gone}],
         section=gone, topics=[gone], lead_image={"id": 10**9, "caption": ""})  # fmt: skip
    person.slug = "new"
    person.save()
    publish(article, by=editor)
    article.refresh_from_db()
    assert [each.contributor for each in article.contributions.all()] == [person]
    assert (article.section, article.lead_image) == (Section.objects.get(slug="harbour"), None)
    assert not article.topics.exists()


def test_revision_from_before_there_were_drafts_can_be_written(editor):
    person = make_contributor(slug="mina")
    article, topic = make_live(editor), Topic.objects.create(slug="water", names={"en": "Water"})
    drafts.write(article, {
        "section": "harbour", "topics": ["water"],
        "byline": [{"contributor": "mina", "role": "translator"}],
    })  # fmt: skip
    assert list(article.topics.all()) == [topic]
    assert list(article.contributions.values_list("contributor", "role")) == [
        (person.pk, "translator")
    ]


def test_stale_draft_is_refused_and_says_who_was_faster(editor):
    article, tomas = make_live(editor), make_colleague("reporter", username="tomas")
    base = drafts.newest(article)
    theirs = drafts.save_draft(article, by=tomas, based_on=base)
    with pytest.raises(drafts.StaleDraft, match="tomas saved revision 2 on") as refused:
        drafts.save_draft(article, by=editor, based_on=base)
    assert refused.value.newest == theirs
    mine = drafts.save_draft(article, by=editor, based_on=base, seen=theirs)
    assert (mine.number, mine.based_on) == (3, base)


def test_discarded_draft_stays_among_the_revisions(editor):
    article = make_live(editor)
    draft = save(article, by=editor, headline="Nonsense")
    back = drafts.discard_draft(article, by=editor, seen=draft)
    assert not drafts.has_unpublished_changes(article)
    assert list(article.revisions.values_list("number", "kind")) == [
        (3, "draft"), (2, "draft"), (1, "published"),
    ]  # fmt: skip
    assert drafts.discard_draft(article, by=editor, seen=back) == back
    publish(article, by=editor)
    assert Article.objects.get().headline == "The ferry leaves eight minutes later"


def test_discarding_what_one_has_not_seen_is_refused(editor):
    article = make_live(editor)
    base = drafts.newest(article)
    save(article, by=editor, headline="Fresh")
    with pytest.raises(drafts.StaleDraft):
        drafts.discard_draft(article, by=editor, seen=base)
    with pytest.raises(ValidationError, match="Nothing of this article"):
        drafts.discard_draft(make_article(status=Status.DRAFT), by=editor, seen=None)


def test_article_that_was_never_public_is_its_own_draft(editor):
    article = make_article(status=Status.DRAFT)
    content = drafts.snapshot(article) | {"headline": "Begun anew"}
    revision = drafts.save_draft(article, content, by=editor, based_on=None)
    article.refresh_from_db()
    assert (article.headline, revision.kind) == ("Begun anew", "draft")
    assert drafts.pending(article) is None


def test_first_published_revision_is_never_minor_though_drafts_came_before(editor):
    article = make_article(status=Status.DRAFT, byline=[(make_contributor(), Role.REPORTER)])
    drafts.save_draft(article, by=editor, based_on=None, is_minor=True)
    assert not publish(article, by=editor, is_minor=True).is_minor


def test_withdrawing_what_has_not_begun_keeps_its_newest_draft(editor):
    article = make_live(editor, publish_at=database_now() + timedelta(days=1))
    save(article, by=editor, headline="Still secret")
    withdraw(article, by=editor)
    article.refresh_from_db()
    assert (article.status, article.headline) == (Status.DRAFT, "Still secret")


def test_refused_publication_of_a_draft_leaves_the_article_as_it_was(editor):
    article = make_live(editor)
    save(article, by=editor, byline=[], headline="Nobody wrote this")
    with pytest.raises(ValidationError, match="at least one person"):
        publish(article, by=editor)
    assert article.headline == "The ferry leaves eight minutes later"
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(("role", "may"), [("reporter", True), ("moderator", False)])
def test_drafts_take_the_right_to_change_articles(editor, role, may):
    article, person = make_live(editor), make_colleague(role)
    base = drafts.newest(article)
    acts = [
        lambda: drafts.save_draft(article, by=person, based_on=base),
        lambda: drafts.discard_draft(article, by=person, seen=drafts.newest(article)),
    ]
    for act in acts:
        if may:
            act()
        else:
            with pytest.raises(PermissionDenied):
                act()
    with pytest.raises(PermissionDenied):
        publish(article, by=make_user())


def test_database_keeps_drafts_as_long_as_their_article(editor):
    article = make_article(status=Status.DRAFT)
    drafts.save_draft(article, by=editor, based_on=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Revision.objects.all().delete()
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    article.delete()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Revision.objects.exists()
