"""Who translates, from which into which languages: what the credits of live articles say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, to_locale

from articles.models import Article, Contributor, Role
from translations.models import Attribution, Origin

TRANSLATED = (Origin.TRANSLATION, Origin.ADAPTATION)


@dataclass(frozen=True)
class Pair:
    """From which language into which, as codes, and how many live pieces."""

    source: str
    target: str
    pieces: int

    @property
    def source_name(self) -> str:
        return name_of(self.source)

    @property
    def target_name(self) -> str:
        return name_of(self.target)


@dataclass(frozen=True)
class Translator:
    contributor: Contributor
    pairs: list[Pair]

    @property
    def pieces(self) -> int:
        return sum(pair.pieces for pair in self.pairs)


def pairs_of(contributor: Contributor, *, editions: Collection[str], now: datetime) -> list[Pair]:
    """What the person translates, the most first. One query."""
    rows = _counted(editions, now, article__contributions__contributor=contributor)
    return [Pair(source, target, pieces) for _person, source, target, pieces in rows]


def all_translators(*, editions: Collection[str], now: datetime) -> list[Translator]:
    """Everybody with a live translation, by name in the active language. Two queries."""
    pairs: dict[int, list[Pair]] = {}
    for person, source, target, pieces in _counted(editions, now):
        pairs.setdefault(person, []).append(Pair(source, target, pieces))
    people = Contributor.objects.filter(pk__in=pairs).select_related("portrait")
    found = [Translator(contributor, pairs[contributor.pk]) for contributor in people]
    return sorted(found, key=lambda one: (one.contributor.name.casefold(), one.contributor.slug))


def name_of(code: str) -> str:
    """The language's name in the active language; the code itself where it has none."""
    try:
        name = Locale.parse(code, sep="-").get_display_name(to_locale(get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def _counted(
    editions: Collection[str], now: datetime, **of: Any
) -> QuerySet[Any, tuple[int, str, str, int]]:
    """(contributor, from, into, number of live pieces under their own name), the most first."""
    live = Article.objects.live(now).filter(language__in=list(editions))
    person = "article__contributions__contributor"
    credits = Attribution.objects.filter(
        origin__in=TRANSLATED,
        article__in=live.values("pk"),
        article__contributions__role=Role.TRANSLATOR,
        article__contributions__credited_as="",
        **of,
    )
    source = Coalesce("source_work__language", "source_article__language")
    counted = credits.annotate(from_language=source).values_list(
        person, "from_language", "article__language"
    )
    return counted.annotate(pieces=Count("pk")).order_by(
        "-pieces", "from_language", "article__language"
    )
