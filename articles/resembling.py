"""What is written almost as somebody typed it: by the share of three letters in a row."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.postgres.search import TrigramWordDistance
from django.db import connection, transaction

from articles.found import found_articles
from articles.marking import LOWERED
from articles.models import Article
from articles.searching import A_PAGE, Asked, articles_within

TERM = re.compile(r"[^\W\d_]{3,}")
MOST_TERMS = 3
ALIKE = 0.4  # the share that both have

# The trigram index finds headlines with something like the word; of these the words are compared.
# What a language leaves out as too common would find nearly all of them.
SIMILAR = f"""
SELECT term, coalesce((
    SELECT word FROM (
        SELECT headline FROM ({{live}}) live (id, headline) WHERE term <%% headline
        ORDER BY term <<-> headline, id DESC LIMIT 20
    ) near, regexp_split_to_table(lower(headline), '[^[:alnum:]]+') word
    WHERE similarity(term, word) >= {ALIKE}
    ORDER BY similarity(term, word) DESC, word LIMIT 1
), term)
FROM (
    SELECT * FROM unnest(%s::text[]) WITH ORDINALITY AS asked (term, place)
    WHERE NOT EXISTS (
        SELECT FROM unnest(%s::text[]) code WHERE numnode(articles_search_query(code, term)) = 0
    )
    ORDER BY place LIMIT {MOST_TERMS}
) telling ORDER BY place
"""  # noqa: S608 - of no values


def lowered(asked: Asked) -> str:
    """The words in small letters, which in Turkish are others."""
    first, *others = {code.partition("-")[0] for code in asked.languages}
    letters = {} if others else LOWERED.get(first, {})
    return asked.words.translate(letters).lower()


def similar_words(asked: Asked, *, now: datetime) -> dict[str, str]:
    """{word: the one most like it in the headlines that readers see, else itself}. Two queries.

    Of the first words that say something, in small letters.
    """
    terms, languages = TERM.findall(lowered(asked)), list(asked.languages)
    headlines = Article.objects.live(now).filter(language__in=languages)
    live, values = headlines.values_list("pk", "headline").query.sql_with_params()
    with _threshold(), connection.cursor() as cursor:
        cursor.execute(SIMILAR.format(live=live), [*values, list(dict.fromkeys(terms)), languages])
        return dict(cursor.fetchall())


def articles_alike(asked: Asked, terms: Collection[str], *, now: datetime) -> list[Article]:
    """Live articles with a headline like the terms, or like a part of one. Four queries.

    For compounds and for languages whose forms PostgreSQL does not know.
    """
    if not (words := " ".join(terms)):
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
