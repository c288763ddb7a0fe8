"""Sections that want a second pair of eyes: who may approve, and what may then be published."""

import pytest
from django.core.exceptions import ValidationError

from articles import drafts
from articles.correcting import correct
from articles.models import Article, Role, Section, Status
from articles.publishing import NotPublishable, publish, publish_as_written, withdraw
from articles.reviewing import approve, submit, writers
from operations.clock import database_now
from tests.articles.review import bring_to, make_saved, newest, save
from tests.builders import make_article, make_colleague, make_contributor, make_section, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def strict():
    make_site()
    section = make_section()
    section.requires_approval = True
    section.save()
    return section


def byline_of(person, role=Role.REPORTER):
    return [(make_contributor(user=person), role)]


def make_in_review(*, writer, byline=None, submitted_by=None):
    article = make_saved(by=writer, byline=byline or byline_of(None))
    submit(article, by=submitted_by or writer)
    return article


@pytest.mark.parametrize("part", ["writer", "submitted_by", "byline"])
def test_writers_do_not_approve_their_own_text(part):
    reporter, editor = make_colleague("reporter"), make_colleague("editor")
    given = {"writer": reporter} | {part: byline_of(editor) if part == "byline" else editor}
    article = make_in_review(**given)
    assert editor.pk in writers(article)
    with pytest.raises(ValidationError, match="somebody who did not write it"):
        approve(article, by=editor, seen=newest(article))
    approve(article, by=make_colleague("editor"), seen=newest(article))


def test_who_checked_a_piece_stands_in_its_byline_and_approves_it():
    editor = make_colleague("editor")
    byline = byline_of(editor, Role.REVIEWER)
    article = make_in_review(writer=make_colleague("reporter"), byline=byline)
    approve(article, by=editor, seen=newest(article))


def test_reviewer_who_saves_what_was_submitted_writes_nothing_of_it():
    editor = make_colleague("editor")
    article = make_in_review(writer=make_colleague("reporter"))
    save(article, by=editor)
    approve(article, by=editor, seen=newest(article))
    publish(article, by=editor)


def test_editor_who_wrote_what_readers_see_approves_the_next_change():
    reporter, editor = make_colleague("reporter"), make_colleague("editor")
    article = make_in_review(writer=editor)
    approve(article, by=make_colleague("chief"), seen=newest(article))
    publish(article, by=editor)
    save(article, by=reporter, headline="Nine minutes")
    submit(article, by=reporter)
    assert writers(article) == {reporter.pk}
    approve(article, by=editor, seen=newest(article))


def test_elsewhere_one_approves_what_one_wrote(strict):
    strict.requires_approval = False
    strict.save()
    editor = make_colleague("editor")
    article = make_in_review(writer=editor)
    approve(article, by=editor, seen=newest(article))


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested", "approved"])
@pytest.mark.parametrize("is_strict", [True, False])
def test_strict_section_publishes_what_is_approved(strict, state, is_strict):
    strict.requires_approval = is_strict
    strict.save()
    article = bring_to(state, byline=byline_of(None))
    if state == "approved" or not is_strict:
        publish(article, by=make_colleague("editor"))
    else:
        with pytest.raises(NotPublishable, match="somebody else's approval"):
            publish(article, by=make_colleague("editor"))
    assert (article.status == Status.PUBLISHED) == (state == "approved" or not is_strict)


@pytest.mark.parametrize("field", ["headline", "body", "language"])
def test_text_that_differs_from_what_was_approved_does_not_slip_through(field):
    article = bring_to("approved", byline=byline_of(None))
    new = {"headline": "Another", "body": "<p>Another.</p>", "language": "de"}[field]
    Article.objects.filter(pk=article.pk).update(**{field: new})
    with pytest.raises(NotPublishable, match="somebody else's approval"):
        publish_as_written(article, by=make_colleague("editor"), based_on=newest(article))


def test_byline_that_differs_from_what_was_approved_does_not_slip_through():
    article = bring_to("approved", byline=byline_of(None))
    article.contributions.update(credited_as="M. O.")
    with pytest.raises(NotPublishable, match="somebody else's approval"):
        publish_as_written(article, by=make_colleague("editor"), based_on=newest(article))


def test_times_of_what_readers_know_change_without_approval():
    article, editor = bring_to("approved", byline=byline_of(None)), make_colleague("editor")
    publish(article, by=editor)
    publish(article, by=editor, is_minor=True)
    correct(article, kind="update", text="The board agreed.", by=editor)
    withdraw(article, by=editor)
    publish(article, by=editor)


def test_correction_publishes_no_draft_that_nobody_approved():
    article, editor = bring_to("approved", byline=byline_of(None)), make_colleague("editor")
    publish(article, by=editor, publish_at=database_now())
    save(article, by=editor, headline="Nine minutes")
    with pytest.raises(NotPublishable, match="somebody else's approval"):
        correct(article, kind="correction", text="It is nine.", by=editor)


def test_piece_moved_into_a_strict_section_is_approved_first(strict):
    town = Section.objects.create(slug="town", names={"en": "Town"})
    article, editor = make_article(section=town, byline=byline_of(None)), make_colleague("editor")
    publish(article, by=editor)
    save(article, by=editor, section={"id": strict.pk, "slug": strict.slug})
    with pytest.raises(NotPublishable, match="somebody else's approval"):
        publish(article, by=editor)
    submit(article, by=editor)
    with pytest.raises(ValidationError, match="somebody who did not write it"):
        approve(article, by=editor, seen=drafts.newest(article))
