"""Finding live articles by their words, what stands around these, and words like them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core import signing
from django.db import connection, transaction
from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.safestring import SafeString

from articles.models import Article, ArticleQuerySet, Contribution, SearchText
from operations.clock import end_of_day
from richtext.highlights import BEGIN, END, highlighted

A_PAGE = 20
RANKED = 1000  # of the newest that fit: to rank them all would cost whatever there is
ALIKE = 0.4  # the share of three letters in a row that both words have
MARKS = f'StartSel="{BEGIN}", StopSel="{END}"'
FRAGMENTS = (
    f'{MARKS}, MaxFragments=2, MaxWords=28, MinWords=12, ShortWord=0, FragmentDelimiter=" … "'
)

# '' of a query that finds nothing, T of one for which everything would have to be read.
SEARCHABLE = """
SELECT code FROM unnest(%(languages)s::text[]) WITH ORDINALITY AS asked (code, place)
WHERE querytree(articles_search_query(code, %(words)s)) NOT IN ('', 'T') ORDER BY place
"""
# The trigram index finds headlines with something like the word; of these the words are compared.
SIMILAR = """
SELECT term, coalesce((
    SELECT word FROM (
        SELECT headline FROM articles_article
        WHERE status = 'published' AND publish_at <= %(now)s
            AND (unpublish_at IS NULL OR unpublish_at > %(now)s)
            AND language = ANY (%(languages)s::text[]) AND term <%% headline
        ORDER BY term <<-> headline, id DESC LIMIT 20
    ) near, regexp_split_to_table(lower(headline), '[^[:alnum:]]+') word
    WHERE similarity(term, word) >= %(alike)s
    ORDER BY similarity(term, word) DESC, word LIMIT 1
), term)
FROM unnest(%(terms)s::text[]) WITH ORDINALITY AS asked (term, place) ORDER BY place
"""


class Words(SearchQuery):
    """What a reader typed, as a query in the words of a language: `"two words" or -not`."""

    def __init__(self, words: str, language: str | F) -> None:
        super().__init__(words, search_type="websearch")
        self.function = "articles_search_query"
        code = language if isinstance(language, F) else Value(language)
        self.set_source_expressions([code, Value(words)])


@dataclass(frozen=True)
class Asked:
    """What a reader looks for; `languages` are those in which the words can be searched."""

    words: str
    languages: Sequence[str]
    section: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None
    is_by_time: bool = False

    def said(self) -> Q:
        """That it has the words, each language's in its own forms."""
        said = Q(pk__in=[])
        for code in self.languages:
            said |= Q(language=code, search_text__words=Words(self.words, code))
        return said

    def rank(self) -> Any:
        """By weight: once in the headline counts more than any number of times in the text."""
        ranks = (
            When(language=code, then=SearchRank(F("search_text__words"), Words(self.words, code)))
            for code in self.languages
        )
        # in all its digits: the next page compares with it
        return Cast(Case(*ranks, output_field=FloatField()), FloatField())

    def between(self, moment: str) -> Q:
        """That the field `moment` is within the days, as the site has them."""
        within = Q()
        if self.since:
            within &= Q(**{f"{moment}__gte": end_of_day(self.since - timedelta(days=1))})
        if self.until:
            within &= Q(**{f"{moment}__lt": end_of_day(self.until)})
        return within


class Place(NamedTuple):
    """Where a page ended, and when the first one was asked for: what is newer shifts nothing."""

    as_of: str
    rank: float
    at: str
    id: int

    def sign(self) -> str:
        return _signer.sign_object(list(self))

    @classmethod
    def read(cls, signed: str) -> "Place":
        """Raises BadSignature for anything that `sign` did not make."""
        return cls(*_signer.unsign_object(signed))


_signer = signing.Signer(salt="articles.searching")


def searchable(words: str, languages: Iterable[str]) -> list[str]:
    """The languages in which the words say what to look for. One query.

    None of them, of words that are all too common, or only say what is not wanted.
    """
    with connection.cursor() as cursor:
        cursor.execute(SEARCHABLE, {"words": words, "languages": list(languages)})
        return [row[0] for row in cursor.fetchall()]


def articles_saying(asked: Asked, *, now: datetime) -> ArticleQuerySet:
    """The live articles that fit."""
    found = Article.objects.live(now).filter(asked.said(), asked.between("publish_at"))
    if asked.section:
        found = found.filter(section__slug=asked.section)
    return found.filter(_named(asked.name)) if asked.name else found


def _named(name: str) -> Exists:
    """That the byline has the name as readers see it: no pseudonym is found by the person's."""
    names: Any = F("contributor__names")
    own = Func(names, OuterRef("language"), template="(%(expressions)s)", arg_joiner=" ->> ",
               output_field=TextField())  # fmt: skip
    other = KeyTextTransform(settings.LANGUAGE_CODE, "contributor__names")
    lines = Contribution.objects.filter(article=OuterRef("pk"))
    shown = lines.annotate(shown=Coalesce(own, other, output_field=TextField()))
    return Exists(
        shown.filter(Q(credited_as__icontains=name) | Q(credited_as="", shown__icontains=name))
    )


def page_of[Kind: Model](
    found: QuerySet[Kind],
    asked: Asked,
    *,
    shown: QuerySet[Kind],
    moment: str,
    now: datetime,
    place: Place | None,
) -> tuple[list[Kind], str]:
    """A page of the rows `found`, loaded as `shown` are, and the signed place where the next one
    begins, '' after the last. One query.

    The best of the newest `RANKED` come first, or just the newest by their `moment`.
    """
    as_of = place.as_of if place else now.isoformat()
    found = found.filter(**{f"{moment}__lte": as_of})
    by_time = [moment, "id"]
    names = by_time if asked.is_by_time else ["rank", *by_time]
    later = _after(names, [place.rank, place.at, place.id][-len(names) :]) if place else Q()
    newest = found.filter(later) if asked.is_by_time else found
    most = A_PAGE + 1 if asked.is_by_time else RANKED
    rows: Any = shown.filter(pk__in=newest.order_by(*_falling(by_time)).values("pk")[:most])
    if not asked.is_by_time:
        rows = rows.annotate(rank=asked.rank()).filter(later)
    page = list(rows.order_by(*_falling(names))[: A_PAGE + 1])
    if len(page) <= A_PAGE:
        return page, ""
    last: Any = page[A_PAGE - 1]
    end = Place(as_of, getattr(last, "rank", 0), getattr(last, moment).isoformat(), last.pk)
    return page[:A_PAGE], end.sign()


def _falling(names: Sequence[str]) -> list[str]:
    return [f"-{name}" for name in names]


def _after(names: Sequence[str], values: Sequence[Any]) -> Q:
    """That a row comes after those values, in descending order of the names."""
    first, rest = names[0], names[1:]
    later = Q(**{f"{first}__lt": values[0]})
    if not rest:
        return later
    return later | (Q(**{first: values[0]}) & _after(rest, values[1:]))


def excerpts(found: Iterable[Article], words: str) -> dict[int, tuple[SafeString, SafeString]]:
    """{id: (headline, what of the text stands around the words)}, the words marked. One query."""
    query = Words(words, F("article__language"))
    rows = SearchText.objects.filter(pk__in=[article.pk for article in found]).values_list(
        "pk",
        marked("article__headline", query, F("article__language"), f"{MARKS}, HighlightAll=true"),
        marked("text", query, F("article__language"), FRAGMENTS),
    )
    return {pk: (highlighted(headline), highlighted(text)) for pk, headline, text in rows}


def marked(text: str | Func, query: Words, language: F, options: str) -> Func:
    """The text, or fragments of it, with the words of the query between marks."""
    config = Func(language, function="articles_search_config", output_field=TextField())
    return Func(
        config, text, query, Value(options), function="ts_headline", output_field=TextField()
    )


def similar_words(
    terms: Sequence[str], *, languages: Sequence[str], now: datetime
) -> dict[str, str]:
    """{word: the one most like it in the headlines that readers see, else itself}. Two queries."""
    values: dict[str, Any] = {"terms": list(terms), "languages": list(languages), "now": now,
                              "alike": ALIKE}  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {ALIKE}")
        cursor.execute(SIMILAR, values)
        return dict(cursor.fetchall())
