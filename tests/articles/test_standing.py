"""One word for each piece, told row by row and in SQL alike."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import drafts
from articles.models import Article, Role, Standing, Status
from articles.models.standing import review_state, standing
from articles.publishing import publish, withdraw
from articles.reviewing import approve, note, request_changes, submit
from operations.clock import database_now
from tests.articles.review import STATES, bring_to, make_saved, newest, save
from tests.builders import make_article, make_colleague, make_contributor, make_site

pytestmark = pytest.mark.django_db
STEPS = {
    "save": lambda article, by: save(article, by=by, headline=f"{article.revisions.count()}"),
    "same": lambda article, by: save(article, by=by),
    "discard": lambda article, by: drafts.discard_draft(article, by=by, seen=newest(article)),
    "submit": lambda article, by: submit(article, by=by),
    "send back": lambda article, by: request_changes(article, by=by, text="Shorter."),
    "approve": lambda article, by: approve(article, by=by, seen=newest(article)),
    "note": lambda article, by: note(article, by=by, text="Well done."),
    "publish": lambda article, by: publish(article, by=by),
    "schedule": lambda article, by: publish(
        article, by=by, publish_at=database_now() + timedelta(days=1)
    ),
    "withdraw": lambda article, by: withdraw(article, by=by),
}


@pytest.fixture(autouse=True)
def site():
    make_site()


def words(article):
    """(review state, standing) row by row, and the same in SQL."""
    article, now = Article.objects.get(pk=article.pk), database_now()
    row = Article.objects.with_review_state().with_standing(now).get(pk=article.pk)
    alone = (str(review_state(article)), str(standing(article, now)))
    return alone, (row.review_state, row.standing)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_row_and_sql_agree_after_all_that_may_happen(steps):
    editor = make_colleague("editor")
    article = make_article(
        status=Status.DRAFT, publish_at=None, byline=[(make_contributor(), Role.REPORTER)]
    )
    for step in steps:
        try:
            STEPS[step](article, editor)
        except drafts.ValidationError:
            continue  # refused: nothing has changed
        alone, in_sql = words(article)
        assert alone == in_sql
        assert alone[1] in Standing.values


@pytest.mark.parametrize("state", STATES)
def test_draft_is_called_by_its_review(state):
    assert words(bring_to(state))[1] == (state, state)


@pytest.mark.parametrize("state", STATES)
def test_live_piece_is_called_by_what_waits_over_it(state):
    assert words(bring_to(state, is_live=True))[1] == (state, f"live_{state}")


def test_discarded_draft_does_not_wait():
    article = bring_to("draft", is_live=True)
    drafts.discard_draft(article, by=make_colleague("editor"), seen=newest(article))
    assert words(article)[0][1] == "live"


@pytest.mark.parametrize(
    ("publish_at", "unpublish_at", "word"),
    [(1, None, "scheduled"), (-1, None, "live"), (-2, -1, "ended"), (-2, 1, "live")],
)
def test_times_make_the_word_of_what_is_published(publish_at, unpublish_at, word):
    article = make_saved(byline=[(make_contributor(), Role.REPORTER)])
    now = database_now()
    publish(article, by=make_colleague("editor"), publish_at=now + timedelta(days=publish_at))
    if unpublish_at is not None:
        ends = now + timedelta(days=unpublish_at)
        Article.objects.filter(pk=article.pk).update(unpublish_at=ends)
    assert words(article) == (("draft", word), ("draft", word))


def test_withdrawn_piece_is_withdrawn_whatever_waits():
    article = bring_to("in_review", is_live=True)
    withdraw(article, by=make_colleague("editor"))
    assert words(article)[0] == ("in_review", "withdrawn")


def test_piece_that_is_live_without_any_revision_is_live():
    assert words(make_article())[1] == ("draft", "live")
