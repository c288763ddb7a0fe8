"""Finding live articles by their words, and what stands around these."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.core import signing
from django.db import OperationalError, connection, transaction
from django.db.models import (
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString
from psycopg.errors import QueryCanceled

from articles.marking import FRAGMENTS, WHOLE, marked_sql, shown
from articles.models import Article, ArticleQuerySet, Contribution
from operations.clock import end_of_day
from operations.composed import prepared_cursor

A_PAGE = 20
RANKED = 1000  # of the newest that fit: to rank them all would cost whatever there is
LONGEST = 2000  # milliseconds for one statement: some words cost whatever there is
LOOKED_THROUGH = 20_000  # letters of a text, for an excerpt
type End = tuple[float, datetime, int]  # rank, moment and key of a row

# '' of a query that finds nothing, T of one for which everything would have to be read.
SEARCHABLE = """
SELECT code FROM unnest(%(languages)s::text[]) WITH ORDINALITY AS asked (code, place)
WHERE querytree(articles_search_query(code, %(words)s)) NOT IN ('', 'T') ORDER BY place
"""
# The words of none but the newest are read: those of all would cost whatever there is. The rank in
# all its digits: the next page compares with it.
BEST = f"""
SELECT rank, at, id FROM (
    SELECT id, at, (CASE language {{ranks}} END)::double precision AS rank
    FROM ({{newest}}) newest (id, at, language, words)
) ranked {{after}} ORDER BY rank DESC, at DESC, id DESC LIMIT {A_PAGE + 1}
"""  # noqa: S608 - of no values
RANK = "WHEN %s THEN ts_rank(words, articles_search_query(%s, %s))"
AFTER = "WHERE (rank, at, id) < (%s, %s::timestamptz, %s)"
EXCERPTS = f"""
SELECT id, language, headline, {marked_sql("headline", "language", options=WHOLE)},
    text, {marked_sql("text", "language", options=FRAGMENTS)}
FROM (
    SELECT id, language, articles_search_visible(headline) AS headline,
        left(text, {LOOKED_THROUGH}) AS text
    FROM articles_article JOIN articles_searchtext ON article_id = id
    WHERE id = ANY (%(ids)s::bigint[]) OFFSET 0  -- each of them made once
) found
"""  # noqa: S608 - of no values


class TakesTooLong(Exception):  # noqa: N818  the word of the search
    """Words for which more would have to be read than a search may cost."""


class Words(SearchQuery):
    """What a reader typed, as a query in the words of a language: `"two words" or -not`."""

    def __init__(self, words: str, language: str | F) -> None:
        super().__init__(words, search_type="websearch")
        self.function = "articles_search_query"
        code = language if isinstance(language, F) else Value(language)
        self.set_source_expressions([code, Value(words)])


class AnyOf(Func):
    """In SQL, the first of texts by their languages, as `operations.names` takes it."""

    template = "(SELECT value FROM jsonb_each_text(%(expressions)s) LIMIT 1)"
    output_field = TextField()


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


@contextmanager
def in_time() -> Iterator[None]:
    """Within it, a transaction, no statement takes longer than `LONGEST`, or TakesTooLong is
    raised. One query."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {LONGEST}")
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TakesTooLong
        raise


def searchable(words: str, languages: Iterable[str]) -> list[str]:
    """The languages in which the words say what to look for. One query.

    None of them, of words that are all too common, or only say what is not wanted.
    """
    with connection.cursor() as cursor:
        cursor.execute(SEARCHABLE, {"words": words, "languages": list(languages)})
        return [row[0] for row in cursor.fetchall()]


def articles_saying(asked: Asked, *, now: datetime) -> ArticleQuerySet:
    """The live articles that fit."""
    return articles_within(asked, now=now).filter(asked.said())


def articles_within(asked: Asked, *, now: datetime) -> ArticleQuerySet:
    """The live articles of any language that fit but for the words."""
    found = Article.objects.live(now).filter(asked.between("publish_at"))
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
    shown = lines.annotate(shown=Coalesce(own, other, AnyOf(names), output_field=TextField()))
    return Exists(
        shown.filter(Q(credited_as__icontains=name) | Q(credited_as="", shown__icontains=name))
    )


def page_of[Kind: Model](
    found: QuerySet[Kind],
    asked: Asked,
    *,
    load: Callable[[Iterable[int]], dict[int, Kind]],
    moment: str,
    now: datetime,
    place: Place | None,
) -> tuple[list[Kind], str]:
    """A page of the rows `found`, loaded by their keys, and the signed place where the next one
    begins, '' after the last. One query more than `load`.

    The best of the newest `RANKED` come first, or just the newest by their `moment`.
    """
    as_of = place.as_of if place else now.isoformat()
    found = found.filter(**{f"{moment}__lte": as_of})
    find = _newest if asked.is_by_time else _best
    ends = find(found, asked, moment, place)
    rows = load([pk for _rank, _at, pk in ends[:A_PAGE]]) if ends else {}
    page = [rows[pk] for _rank, _at, pk in ends[:A_PAGE] if pk in rows]
    if len(ends) <= A_PAGE:
        return page, ""
    rank, at, pk = ends[A_PAGE - 1]
    return page, Place(as_of, rank, at.isoformat(), pk).sign()


def _newest(found: QuerySet, asked: Asked, moment: str, place: Place | None) -> list[End]:
    if place:
        before = Q(**{f"{moment}__lt": place.at})
        found = found.filter(before | Q(**{moment: place.at, "pk__lt": place.id}))
    rows = found.order_by(f"-{moment}", "-pk").values_list(moment, "pk")[: A_PAGE + 1]
    return [(0, at, pk) for at, pk in rows]


def _best(found: QuerySet, asked: Asked, moment: str, place: Place | None) -> list[End]:
    """Only the newest are ranked, in a statement of its own: Django's would join them anew."""
    columns = ("pk", moment, "language", "search_text__words")
    newest: Any = found.order_by(f"-{moment}", "-pk").values_list(*columns)[:RANKED]
    sql, values = newest.query.sql_with_params()
    ranks = " ".join([RANK] * len(asked.languages))
    values = [each for code in asked.languages for each in (code, code, asked.words)] + [*values]
    after = ""
    if place:
        after, values = AFTER, [*values, place.rank, place.at, place.id]
    with connection.cursor() as cursor:
        cursor.execute(BEST.format(ranks=ranks, newest=sql, after=after), values)
        return cursor.fetchall()


def excerpts(found: Iterable[Article], words: str) -> dict[int, tuple[SafeString, SafeString]]:
    """{id: (headline, what of the text stands around the words)}, the words marked. One query."""
    with prepared_cursor() as cursor:
        cursor.execute(EXCERPTS, {"words": words, "ids": [article.pk for article in found]})
        rows = cursor.fetchall()
    return {
        pk: (
            shown(marked_headline, text=headline, language=language),
            shown(marked_text, text=text, language=language),
        )
        for pk, language, headline, marked_headline, text, marked_text in rows
    }
