"""Reconciling while the source is published: no change is lost, whoever comes first."""

from threading import Barrier, Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from articles.models import Article, Role
from articles.publishing import publish
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.translations.versions import make_revision, make_translation
from translations.drift import drift_of
from translations.models import Attribution, Reconciliation
from translations.reconciling import reconcile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def credit():
    """Its source has a revision that nobody has compared with it."""
    make_site()
    source = make_article(byline=[(make_contributor(), Role.REPORTER)])
    make_revision(source)
    credit = make_translation(source)
    make_revision(source)
    return credit


def in_thread(act):
    def run():
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def reconcile_with(credit, seen, *, outcome, by):
    try:
        outcome.append(reconcile(Article.objects.get(pk=credit.article_id), by=by, seen=seen))
    except ValidationError:
        outcome.append("refused")


def state_of(credit):
    return drift_of([credit.article_id])[credit.article_id].state


def test_reconciling_waits_for_a_publication_and_leaves_the_article_outdated(credit):
    editor, outcome, began = make_colleague("editor"), [], Event()
    seen = credit.source_article.revisions.first().pk

    def act():
        began.set()
        reconcile_with(credit, seen, outcome=outcome, by=editor)

    with transaction.atomic():
        publish(credit.source_article, by=editor)
        thread = in_thread(act)
        began.wait(5)
        thread.join(0.5)  # it does not see what is not committed yet
    thread.join(10)
    assert isinstance(outcome[0], Reconciliation)
    assert outcome[0].to_revision == seen and state_of(credit) == "outdated"


def test_reconciling_after_a_publication_is_refused(credit):
    editor, outcome = make_colleague("editor"), []
    seen = credit.source_article.revisions.first().pk
    publish(credit.source_article, by=editor)
    reconcile_with(credit, seen, outcome=outcome, by=editor)
    assert outcome == ["refused"] and state_of(credit) == "outdated"


@pytest.mark.parametrize("attempt", range(5))
def test_both_at_once_lose_nothing(credit, attempt):
    editor, outcome, barrier = make_colleague("editor"), [], Barrier(2)
    seen = credit.source_article.revisions.first().pk
    source = Article.objects.get(pk=credit.source_article_id)

    def compare():
        barrier.wait(5)
        reconcile_with(credit, seen, outcome=outcome, by=editor)

    def print_anew():
        barrier.wait(5)
        publish(source, by=editor)

    for thread in [in_thread(compare), in_thread(print_anew)]:
        thread.join(20)
    covered = Attribution.objects.get().source_revision
    assert covered.number == (1 if outcome == ["refused"] else 2)
    assert state_of(credit) == "outdated" and source.revisions.first().number == 3


def test_two_who_reconcile_at_once_write_one_row(credit):
    editor, outcome, barrier = make_colleague("editor"), [], Barrier(2)
    seen = credit.source_article.revisions.first().pk

    def compare():
        barrier.wait(5)
        reconcile_with(credit, seen, outcome=outcome, by=editor)

    for thread in [in_thread(compare), in_thread(compare)]:
        thread.join(20)
    assert Reconciliation.objects.count() == 1 and None in outcome
    assert state_of(credit) == "current"
