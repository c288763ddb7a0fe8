"""What the database refuses about credits, each beside what it allows."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Value

from articles.models import Story
from tests.builders import make_article
from tests.translations.builders import make_attribution, make_publication, make_source_work
from translations.models import Attribution, Origin, Publication, SourceWork, Treatment

pytestmark = pytest.mark.django_db

ORIGINAL, TRANSLATION, REPUBLICATION = Origin.ORIGINAL, Origin.TRANSLATION, Origin.REPUBLICATION


def is_allowed(change) -> bool:
    """Whether the database lets `change()` through to its commit."""
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()  # what waits for the commit
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize(
    ("origin", "elsewhere", "ours", "allowed"),
    [
        (ORIGINAL, False, False, True),
        (ORIGINAL, True, False, False),
        (ORIGINAL, False, True, False),
        (ORIGINAL, True, True, False),
        (TRANSLATION, False, False, False),
        (TRANSLATION, True, False, True),
        (TRANSLATION, False, True, True),
        (TRANSLATION, True, True, False),
        (REPUBLICATION, False, False, False),
        (REPUBLICATION, True, False, True),
        (REPUBLICATION, False, True, False),
        (REPUBLICATION, True, True, False),
    ],
)
def test_credit_has_the_one_source_that_its_origin_asks_for(origin, elsewhere, ours, allowed):
    article = make_article()
    sibling = make_article(story=article.story, language="de")
    language = "en" if origin == REPUBLICATION else "de"
    fields = {
        "source_work": make_source_work(language=language) if elsewhere else None,
        "source_article": sibling if ours else None,
    }
    assert allowed is is_allowed(lambda: make_attribution(article=article, origin=origin, **fields))


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({}, True),
        ({"treatment": Treatment.ABRIDGED}, False),
        ({"exclusive_for": "The Quillmere Courier"}, False),
    ],
)
def test_original_has_no_terms(fields, allowed):
    article = make_article()
    assert allowed is is_allowed(
        lambda: make_attribution(article=article, origin=ORIGINAL, **fields)
    )


@pytest.mark.parametrize("field", ["origin", "treatment"])
def test_unknown_words_are_refused(field):
    credit = make_attribution(article=make_article())
    change = Attribution.objects.filter(pk=credit.pk).update
    assert not is_allowed(lambda: change(**{field: "borrowed"}))
    assert is_allowed(lambda: change(origin=TRANSLATION, treatment=Treatment.ABRIDGED))


def test_article_is_not_its_own_source():
    article = make_article()
    sibling = make_article(story=article.story, language="de")
    assert not is_allowed(lambda: make_attribution(article=article, source_article=article))
    assert is_allowed(lambda: make_attribution(article=article, source_article=sibling))


def test_own_source_belongs_to_the_same_story():
    article, stranger = make_article(), make_article(language="de")
    assert not is_allowed(lambda: make_attribution(article=article, source_article=stranger))


def test_source_cannot_move_to_another_story_or_language():
    article = make_article()
    source = make_article(story=article.story, language="de")
    make_attribution(article=article, source_article=source)
    source.language = "tr"
    assert is_allowed(source.save)
    source.language = "en"
    source.slug = "elsewhere"
    article.status = "withdrawn"
    article.save()
    assert not is_allowed(source.save)
    source.language, source.story = "tr", Story.objects.create()
    assert not is_allowed(source.save)


@pytest.mark.parametrize(
    ("origin", "ours", "theirs", "allowed"),
    [
        (TRANSLATION, "en", "de", True),
        (TRANSLATION, "en", "en", False),
        (TRANSLATION, "en", "en-gb", True),
        (REPUBLICATION, "en", "en", True),
        (REPUBLICATION, "en", "en-gb", True),
        (REPUBLICATION, "en", "de", False),
    ],
)
def test_languages_fit_the_origin(origin, ours, theirs, allowed):
    article, work = make_article(language=ours), make_source_work(language=theirs)
    fields = {"article": article, "origin": origin, "source_work": work}
    assert allowed is (not Attribution(**fields).problems())
    assert allowed is is_allowed(lambda: make_attribution(**fields))


def test_language_of_a_used_source_cannot_contradict_its_credit():
    credit = make_attribution(article=make_article())
    change = SourceWork.objects.filter(pk=credit.source_work_id).update
    assert is_allowed(lambda: change(language="tr"))
    assert not is_allowed(lambda: change(language="en"))


def test_article_and_its_credit_may_change_language_together():
    article, german = make_article(), make_source_work()
    credit = make_attribution(article=article, source_work=german)

    def swap() -> None:
        article.language = "de"
        article.save()
        credit.source_work = make_source_work(language="en")
        credit.save()

    article.language = "de"
    assert not is_allowed(article.save)
    assert is_allowed(swap)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hafenblatt.example/", True),
        ("javascript:alert(1)", False),
        ("https://Hafenblatt.example/", False),
        ("https://hafenblatt.example/#part", False),
        ("https://me@hafenblatt.example/", False),
        ("ftp://hafenblatt.example/", False),
        ("https://hafenblatt.example", False),
    ],
)
def test_database_holds_only_normalised_addresses(url, allowed):
    publication, work = make_publication(), make_source_work()
    for row, model in ((publication, Publication), (work, SourceWork)):
        # An expression passes the field by, as a hand at the database would.
        change = model.objects.filter(pk=row.pk)
        assert allowed is is_allowed(lambda change=change: change.update(url=Value(url)))


@pytest.mark.parametrize(("code", "allowed"), [("pt-br", True), ("DE", False), ("", False)])
def test_database_holds_only_language_codes(code, allowed):
    change = Publication.objects.filter(pk=make_publication().pk)
    assert allowed is is_allowed(lambda: change.update(language=Value(code)))
