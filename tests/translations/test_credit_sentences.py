"""The exact sentence for every possible credit, in every language: credit_sentences.tsv."""

import re

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from operations.clock import database_now
from tests.translations.credit_table import REVIEWER, Kind, World, every_kind, read_table
from translations.credit import END_OF_ISOLATE, ISOLATE, credit_of
from translations.models import Attribution, Origin

pytestmark = pytest.mark.django_db

LANGUAGES = list(dict(settings.LANGUAGES))


def is_possible(credit: Attribution) -> bool:
    """Whether the database lets it through to a commit."""
    try:
        with transaction.atomic():
            credit.save()
            connection.check_constraints()  # what waits for the commit
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def test_table_and_form_hold_every_credit_that_the_database_allows():
    world = World("en")
    kinds = [kind for kind in every_kind() if kind.is_worth_a_row]
    possible = {kind for kind in kinds if is_possible(world.credit(kind))}
    assert possible == {kind for kind in kinds if not world.credit(kind).problems()}
    in_table = {kind for language, kind in read_table() if language == "en"}
    assert in_table < possible
    assert {kind.origin for kind in possible - in_table} == {Origin.ORIGINAL}


def test_table_has_the_same_credits_in_every_language():
    table = read_table()
    english = {kind for language, kind in table if language == "en"}
    assert len(english) > 300
    assert table.keys() == {(language, kind) for language in LANGUAGES for kind in english}


def said(world: World, kind: Kind) -> str:
    return credit_of(world.keep(kind).article, now=database_now()).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_credit_yields_its_sentence(language):
    table = {kind: text for (code, kind), text in read_table().items() if code == language}
    world = World(language)
    assert {kind: said(world, kind) for kind in table} == table


def names(credit: Attribution) -> list[str]:
    """All that the sentence has to name."""
    source = credit.source_article or credit.source_work.publication
    named = [str(source), credit.exclusive_for, credit.tool, REVIEWER if credit.reviewer else ""]
    byline = credit.article.contributions.all()
    return [name for name in [*named, *(line.contributor.name for line in byline)] if name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_changed_by_its_sentence(language):
    """Neither a letter nor an apostrophe follows: no ending of a case, no suffix."""
    world = World(language)
    for (code, kind), sentence in read_table().items():
        for name in names(world.credit(kind)) if code == language else ():
            assert re.search(rf"(?<![\w'’]){re.escape(name)}(?![\w'’])", sentence), sentence


def test_arabic_sentence_isolates_every_latin_name():
    bare = re.compile(rf"{ISOLATE}[^{END_OF_ISOLATE}]*{END_OF_ISOLATE}")
    arabic = [text for (language, _kind), text in read_table().items() if language == "ar"]
    assert all(text[0].isalpha() and text[0] > "\u0600" for text in arabic)
    assert not [text for text in arabic if re.search("[A-Za-z]", bare.sub("", text))]
    assert any(ISOLATE in text for text in arabic)


@pytest.mark.parametrize("language", ["en", "de", "tr", "ru"])
def test_names_in_the_sentences_direction_stand_as_they_are(language):
    assert not [
        text for (code, _k), text in read_table().items() if code == language and ISOLATE in text
    ]
