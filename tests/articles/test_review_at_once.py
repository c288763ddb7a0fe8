"""Reviewing while others review, save and publish."""

import pytest

from articles import drafts
from articles.models import Article, ReviewEntry, ReviewKind, Role, Section, Status
from articles.models.standing import review_state
from articles.publishing import NotPublishable, publish
from articles.reviewing import approve, request_changes, submit
from tests.articles.review import bring_to, newest, save
from tests.articles.test_publish_at_once import run_at_once
from tests.builders import make_colleague, make_contributor, make_section, make_site

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(6)


@pytest.fixture(autouse=True)
def site():
    make_site()


def again(article):
    return Article.objects.get(pk=article.pk)


def test_two_who_approve_at_once_approve_it_once():
    article = bring_to("in_review")
    editors, seen = [make_colleague("editor") for _each in range(2)], newest(article)
    acts = [lambda by=by: approve(again(article), by=by, seen=seen) for by in editors]
    assert run_at_once(*acts) == []
    assert ReviewEntry.objects.filter(kind=ReviewKind.APPROVED).count() == 1


def test_two_who_submit_at_once_submit_it_once():
    article, reporter = bring_to("draft"), make_colleague("reporter")
    assert run_at_once(*[lambda: submit(again(article), by=reporter)] * 2) == []
    assert ReviewEntry.objects.count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_approval_never_holds_for_a_text_that_was_saved_meanwhile(_round):
    article, editor = bring_to("in_review"), make_colleague("editor")
    reporter, seen = make_colleague("reporter"), newest(article)
    refused = run_at_once(
        lambda: approve(again(article), by=editor, seen=seen),
        lambda: save(again(article), by=reporter, headline="One more word"),
    )
    state = review_state(article)
    if refused:  # it was saved first
        assert ([type(each) for each in refused], state) == ([drafts.StaleDraft], "in_review")
    else:
        assert state == "draft"


@pytest.mark.parametrize("_round", ROUNDS)
def test_what_is_sent_back_and_approved_at_once_is_one_of_both(_round):
    article, seen = (found := bring_to("in_review")), newest(found)
    one, other = make_colleague("editor"), make_colleague("chief")
    refused = run_at_once(
        lambda: approve(again(article), by=one, seen=seen),
        lambda: request_changes(again(article), by=other, text="Shorter."),
    )
    last = article.review.order_by("-id").first()
    assert refused == []
    assert review_state(article) == last.kind


@pytest.mark.parametrize("_round", ROUNDS)
def test_strict_section_never_publishes_what_is_saved_at_that_moment(_round):
    Section.objects.filter(pk=make_section().pk).update(requires_approval=True)
    article = bring_to("approved", byline=[(make_contributor(), Role.REPORTER)])
    editor, reporter = make_colleague("editor"), make_colleague("reporter")
    refused = run_at_once(
        lambda: publish(again(article), by=editor),
        lambda: save(again(article), by=reporter, headline="Not approved"),
    )
    stored = again(article)
    assert {type(each) for each in refused} <= {NotPublishable, drafts.StaleDraft}
    is_public = stored.status == Status.PUBLISHED
    assert not (is_public and stored.headline == "Not approved")
