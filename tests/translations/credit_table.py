"""Every kind of credit that there can be, and the table of their exact sentences."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from articles.models import Article, Role
from tests.builders import make_article, make_contributor
from tests.translations.builders import make_publication, make_source_work
from translations.models import Attribution, Method, Origin, SourceWork, Treatment

PATH = Path(__file__).with_name("credit_sentences.tsv")
TRANSLATORS = ["Mina Drost", "Deniz Aksu", "Jo Tarrant"]
CLIENT, TOOL, REVIEWER = "The Quillmere Courier", "Tidewords 3", "Imogen Tarrant"
PUBLICATIONS = {
    "en": "The Saltmarsh Gazette",
    "de": "Hafenblatt Nordermoor",
    "tr": "Kıyı Postası",
    "ru": "Береговой вестник",
    "ar": "بريد الميناء",
}
HEADLINES = {
    "en": "Last winter at the lighthouse",
    "de": "Der letzte Winter am Leuchtturm",
    "tr": "Fenerde son kış",
    "ru": "Последняя зима на маяке",
    "ar": "الشتاء الأخير في المنارة",
}
SOURCES = ["none", "elsewhere", "elsewhere, same language", "our own", "our own, same language"]


class Kind(NamedTuple):
    """One combination, as the table's columns spell it."""

    origin: str
    source: str
    treatment: str
    method: str
    translators: str
    exclusive: str

    @property
    def is_worth_a_row(self) -> bool:
        """The number of translators matters only where a sentence names them."""
        is_by_people = self.method in (Method.HUMAN, Method.MACHINE_ASSISTED)
        is_foreign = self.source in ("elsewhere", "our own")
        return self.translators == "0" or (is_by_people and is_foreign)


def every_kind() -> Iterator[Kind]:
    """The possible ones and the impossible."""
    words = (Origin.values, SOURCES, Treatment.values, Method.values, "013", ["yes", "no"])
    return (Kind(*kind) for kind in product(*words))


def read_table() -> dict[tuple[str, Kind], str]:
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {(language, Kind(*kind)): sentence for language, *kind, sentence in rows}


class World:
    """One language's articles with no, one and three translators, and all of their sources."""

    def __init__(self, language: str) -> None:
        foreign = "en" if language == "de" else "de"
        byline = [(make_contributor(name=name), Role.TRANSLATOR) for name in TRANSLATORS]
        self.reviewer = make_contributor(name=REVIEWER)
        made = {n: make_article(language=language, byline=byline[: int(n)]) for n in "013"}
        self.articles = {n: Article.objects.for_reading().get(pk=made[n].pk) for n in made}
        self.kept: dict[str, int] = {}
        self.siblings = {
            n: make_article(language=foreign, headline=HEADLINES[foreign], story=article.story)
            for n, article in self.articles.items()
        }
        other = make_article(language=language, headline=HEADLINES[language])
        self.sources: dict[str, dict[str, Any]] = {
            "none": {},
            "elsewhere": {"source_work": make_work(foreign)},
            "elsewhere, same language": {"source_work": make_work(language)},
            "our own, same language": {"source_article": other},
        }

    def credit(self, kind: Kind) -> Attribution:
        """The credit of this kind on its article, not saved."""
        sources = self.sources | {"our own": {"source_article": self.siblings[kind.translators]}}
        is_reviewed = kind.method == Method.MACHINE_REVIEWED
        return Attribution(
            article=self.articles[kind.translators],
            origin=kind.origin,
            treatment=kind.treatment,
            method=kind.method,
            tool="" if kind.method == Method.HUMAN else TOOL,
            reviewer=self.reviewer if is_reviewed else None,
            reviewed_on=date(2026, 5, 3) if is_reviewed else None,
            exclusive_for=CLIENT if kind.exclusive == "yes" else "",
            **sources[kind.source],
        )

    def keep(self, kind: Kind) -> Attribution:
        """The credit of this kind, in the place of the one that its article had."""
        credit = self.credit(kind)
        credit.pk = self.kept.get(kind.translators)
        credit.save()
        self.kept[kind.translators] = credit.pk
        return credit


def make_work(language: str) -> SourceWork:
    publication = make_publication(name=PUBLICATIONS[language], language=language)
    return make_source_work(publication=publication, language=language)
