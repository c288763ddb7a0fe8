"""What is written almost as somebody typed it: by the share of three letters in a row."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import TrigramWordDistance
from django.db import connection, transaction

from articles.found import found_articles
from articles.marking import LOWERED
from articles.models import Article
from articles.searching import A_PAGE, Asked, articles_within

TERM = re.compile(r"[^\W\d_]{3,}")
MOST_TERMS = 8
ALIKE = 0.4  # the share that both have

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


def lowered(asked: Asked) -> str:
    """The words in small letters, which in Turkish are others."""
    first, *others = {code.partition("-")[0] for code in asked.languages}
    letters = {} if others else LOWERED.get(first, {})
    return asked.words.translate(letters).lower()


def terms_of(asked: Asked) -> list[str]:
    """What of the words can be compared, in small letters."""
    return list(dict.fromkeys(TERM.findall(lowered(asked))))[:MOST_TERMS]


def similar_words(
    terms: Sequence[str], *, languages: Sequence[str], now: datetime
) -> dict[str, str]:
    """{word: the one most like it in the headlines that readers see, else itself}. Two queries."""
    values: dict[str, Any] = {"terms": list(terms), "languages": list(languages), "now": now,
                              "alike": ALIKE}  # fmt: skip
    with _threshold(), connection.cursor() as cursor:
        cursor.execute(SIMILAR, values)
        return dict(cursor.fetchall())


def articles_alike(asked: Asked, *, now: datetime) -> list[Article]:
    """Live articles with a headline like the words, or like a part of one. Five queries.

    For compounds and for languages whose forms PostgreSQL does not know.
    """
    if not (words := " ".join(terms_of(asked))):
        return []
    likest = (
        articles_within(asked, now=now)
        .filter(language__in=asked.languages, headline__trigram_word_similar=words)
        .order_by(TrigramWordDistance(words, "headline"), "-publish_at", "-pk")
    )
    with _threshold():
        keys = list(likest.values_list("pk", flat=True)[:A_PAGE])
    articles = found_articles(keys)
    return [articles[key] for key in keys if key in articles]


@contextmanager
def _threshold() -> Iterator[None]:
    """Within it the operators of trigrams ask for `ALIKE`, which their index looks for."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {ALIKE}")
        yield
