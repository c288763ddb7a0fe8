"""What each history of a source makes of the article that was made from it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Status
from tests.builders import make_article
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.versions import (
    make_correction,
    make_covered_work,
    make_long_unchecked,
    make_revision,
    make_source_text,
    make_translation,
)
from translations.drift import Drift, DriftState, drift_of
from translations.models import Attribution, SourceWork

pytestmark = pytest.mark.django_db


def withdraw(source):
    if isinstance(source, Article):
        Article.objects.filter(pk=source.pk).update(status=Status.WITHDRAWN)
    else:
        SourceWork.objects.filter(pk=source.pk).update(withdrawn_at=timezone.now())


def forget(_source):
    Attribution.objects.update(source_revision=None, source_text=None)


def major(source):
    (make_revision if isinstance(source, Article) else make_source_text)(source)


def minor(source):
    if isinstance(source, Article):
        make_revision(source, is_minor=True)
    else:
        make_source_text(source, change="minor")


def error(source):
    if isinstance(source, Article):
        make_correction(source)
    else:
        make_source_text(source, change="correction")


def of_kind(kind):
    return lambda source: make_correction(source, kind=kind)


def minor_of_kind(kind):
    return lambda source: make_correction(
        source, kind=kind, revision=make_revision(source, is_minor=True)
    )


def draft(source):
    make_revision(source, kind="draft")


def end(source):
    Article.objects.filter(pk=source.pk).update(unpublish_at=timezone.now() - timedelta(minutes=1))


# What the source has after it was covered, and the state and number of versions behind.
BOTH = [
    ([], "current", 0),
    ([minor], "minor", 0),
    ([minor, minor], "minor", 0),
    ([major], "outdated", 1),
    ([major, minor, major], "outdated", 2),
    ([error], "corrected", 1),
    ([error, major], "corrected", 2),
    ([forget], "unverified", 0),
    ([major, forget], "unverified", 0),
    ([withdraw], "withdrawn", 0),
    ([error, withdraw], "withdrawn", 1),
    ([forget, withdraw], "withdrawn", 0),
]
OWN = [
    ([of_kind("retraction")], "corrected", 1),
    ([of_kind("clarification")], "outdated", 1),
    ([of_kind("update")], "outdated", 1),
    ([minor_of_kind("update")], "minor", 0),
    ([minor_of_kind("correction")], "corrected", 1),
    ([end], "current", 0),
    ([draft], "current", 0),
    ([draft, minor, draft], "minor", 0),
    ([major, draft], "outdated", 1),
]
ELSEWHERE = [
    ([make_long_unchecked], "unverified", 0),
    ([minor, make_long_unchecked], "unverified", 0),
    ([major, make_long_unchecked], "outdated", 1),
    ([error, make_long_unchecked], "corrected", 1),
]


def drift_after(source, events) -> Drift:
    article = make_translation(source).article
    for event in events:
        event(source)
    return drift_of([article])[article.pk]


@pytest.mark.parametrize(("events", "state", "behind"), BOTH + OWN)
def test_drift_from_a_source_of_our_own(events, state, behind):
    source = make_article()
    make_correction(source, revision=make_revision(source))
    drift = drift_after(source, events)
    assert (drift.state, drift.behind, drift.is_upstream) == (state, behind, False)


@pytest.mark.parametrize(("events", "state", "behind"), BOTH + ELSEWHERE)
def test_drift_from_a_source_elsewhere(events, state, behind):
    drift = drift_after(make_covered_work(), events)
    assert (drift.state, drift.behind, drift.is_upstream) == (state, behind, False)


@pytest.mark.parametrize("origin", ["adaptation", "translation"])
@pytest.mark.parametrize("treatment", ["full", "abridged", "adapted", "excerpt"])
def test_adaptations_and_excerpts_drift_as_translations_do(origin, treatment):
    source = make_article()
    make_revision(source)
    credit = make_translation(source, origin=origin, treatment=treatment)
    make_revision(source)
    assert drift_of([credit.article])[credit.article_id].state == "outdated"


def test_republication_drifts():
    work = make_covered_work(language="en")
    credit = make_attribution(article=make_article(), origin="republication", source_work=work)
    make_source_text(work)
    assert drift_of([credit.article_id])[credit.article_id].state == "outdated"


@pytest.mark.parametrize("is_credited", [True, False])
def test_original_is_always_current(is_credited):
    article = make_article()
    make_revision(article)
    if is_credited:
        make_attribution(article=article, origin="original")
    make_correction(article)
    assert drift_of([article]) == {article.pk: Drift()}


def test_source_without_a_text_or_revision_is_not_verified():
    work, article = make_source_work(), make_article()
    credits = [make_translation(work), make_translation(article)]
    states = drift_of(credit.article_id for credit in credits)
    assert {drift.state for drift in states.values()} == {DriftState.UNVERIFIED}


def test_day_of_the_last_comparison_is_asked_of_the_given_moment():
    article, now = make_translation(make_covered_work()).article, timezone.now()
    for days, state in ((89, "current"), (91, "unverified")):
        drift = drift_of([article], now=now + timedelta(days=days))[article.pk]
        assert drift.state == state


# Of en → de → tr: what befalls the original, then what befalls the German, and what becomes of tr.
CHAINS = [
    ([], [], "current", False),
    ([major], [], "outdated", True),
    ([error], [], "corrected", True),
    ([withdraw], [], "withdrawn", True),
    ([minor], [], "current", False),
    ([major], [minor], "outdated", True),
    ([minor], [minor], "minor", False),
    ([major], [major], "outdated", False),
    ([error], [major], "corrected", True),
    ([major], [error], "corrected", False),
    ([error], [withdraw], "withdrawn", False),
]


@pytest.mark.parametrize(("above", "own", "state", "is_upstream"), CHAINS)
def test_drift_comes_down_from_further_up(above, own, state, is_upstream):
    original = make_article()
    make_revision(original)
    german = make_translation(original, language="de").article
    make_revision(german)
    article = make_translation(german).article
    for source, events in ((original, above), (german, own)):
        for event in events:
            event(source)
    drift = drift_of([article])[article.pk]
    assert (drift.state, drift.is_upstream) == (state, is_upstream)
    if state != "current":
        assert drift.source == (original if is_upstream else german)


def test_not_verified_upstream_stays_there():
    german = make_translation(make_source_work(language="en"), language="de").article
    make_revision(german)
    article = make_translation(german).article
    states = drift_of([german, article])
    assert (states[german.pk].state, states[article.pk].state) == ("unverified", "current")


def test_drift_says_which_versions_and_where():
    source = make_article(slug="ferry")
    first = make_revision(source)
    article = make_translation(source).article
    last = make_revision(source)
    drift = drift_of([article])[article.pk]
    assert (drift.covered.number, drift.covered.at) == (1, first.created_at)
    assert (drift.newest.id, drift.newest.at) == (last.pk, last.created_at)
    assert drift.source.get_absolute_url() == "/articles/ferry/"
    assert drift.tags == (f"story:{source.story_id}",)


def test_drift_of_five_hundred_articles_is_one_query():
    sources = [make_article() for _story in range(50)]
    for source in sources:
        make_revision(source)
        make_revision(source)
    languages = ["de", "tr", "ru", "ar", "fr", "es", "it", "pt", "pl", "nl"]
    ids = [make_translation(s, language=code).article_id for s in sources for code in languages]
    major(sources[0])
    with CaptureQueriesContext(connection) as captured:
        states = drift_of(ids)
    assert len(captured) == 1 and len(states) == 500
    assert sum(drift.state == "outdated" for drift in states.values()) == 10


def test_drift_of_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert drift_of([]) == {}
