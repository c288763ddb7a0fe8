"""The exact sentence for every combination, in every language: credit_sentences.tsv."""

import csv
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Article, Role, Story
from operations.clock import database_now
from tests.builders import make_article, make_contributor
from tests.translations.builders import make_attribution, make_publication, make_source_work
from translations.credit import credit_of
from translations.models import Origin

pytestmark = pytest.mark.django_db

LANGUAGES = list(dict(settings.LANGUAGES))
KINDS = ["elsewhere", "our own", "republication"]
TRANSLATORS = ["Mina Drost", "Deniz Aksu", "Jo Tarrant"]
PUBLICATIONS = {
    "en": "The Saltmarsh Gazette",
    "de": "Hafenblatt Nordermoor",
    "tr": "Kıyı Postası",
    "ru": "Береговой вестник",
    "ar": "بريد الميناء",
}
HEADLINES = {"en": "Last winter at the lighthouse", "de": "Der letzte Winter am Leuchtturm"}
COLUMNS = ("language", "kind", "treatment", "translators", "exclusive")


def read_table() -> dict[tuple[str, ...], str]:
    path = Path(__file__).with_name("credit_sentences.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {tuple(row[column] for column in COLUMNS): row["sentence"] for row in rows}


def combinations() -> list[tuple[str, ...]]:
    return list(product(LANGUAGES, KINDS, ["full", "abridged"], "0123", ["yes", "no"]))


def build(language: str, kind: str, treatment: str, translators: str, exclusive: str) -> Article:
    """An article with the credit that the combination asks for."""
    byline = [(make_contributor(name=name), Role.TRANSLATOR) for name in TRANSLATORS]
    story = Story.objects.create()
    article = make_article(story=story, language=language, byline=byline[: int(translators)])
    foreign = "en" if language == "de" else "de"
    terms = {
        "treatment": treatment,
        "exclusive_for": "The Quillmere Courier" if exclusive == "yes" else "",
    }
    if kind == "our own":
        source = make_article(story=story, language=foreign, headline=HEADLINES[foreign])
        make_attribution(article=article, source_article=source, **terms)
        return article
    origin = Origin.REPUBLICATION if kind == "republication" else Origin.TRANSLATION
    source_language = language if kind == "republication" else foreign
    publication = make_publication(name=PUBLICATIONS[source_language], language=source_language)
    work = make_source_work(publication=publication, language=source_language)
    make_attribution(article=article, origin=origin, source_work=work, **terms)
    return article


def test_table_holds_every_combination_once():
    assert sorted(read_table()) == sorted(combinations())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_combination_yields_its_sentence(language, kind):
    table = {key: text for key, text in read_table().items() if key[:2] == (language, kind)}
    said = {key: credit_of(build(*key), now=database_now()).text for key in table}
    assert said == table
    assert len(table) == 16
