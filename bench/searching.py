"""A search over a hundred thousand articles, against the count of its matches by the same indexes.

For a word that nearly all of them have, one that some have, and one that fills hardly more than a
page, all in turns, each of which is the median of five. Both are composed anew each time, as the
page does it. The search also says whether the words can be searched, ranks, loads a page with
sections and bylines, and marks the words in headlines and texts. Words are as uneven as in a
language (vocabulary.py).
"""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from articles.found import found_articles
from articles.resembling import similar_words
from articles.searching import (
    Asked,
    articles_saying,
    excerpts,
    page_of,
    searchable,
)
from bench.measuring import Row, figure, middle, milliseconds, ratio, turns
from bench.vocabulary import Varied, word_of
from bench.world import Scale, settle
from newsroom.seeding.sowing import Sower
from operations.clock import database_now

RARE = 50  # articles: more than a page
SOWN = 10_000  # in one transaction
MISSPELT = {
    "one that nothing has": "fery",
    "one among all that are too common": "the and for with that this from fery",
}


def measure(scale: Scale) -> list[Row]:
    number = scale.rows(100_000)
    sow(number)
    now = database_now()
    words = {"nearly all": word_of(number, of=number), "some": word_of(number // 30, of=number),
             "hardly any": word_of(min(RARE, number // 30), of=number)}  # fmt: skip
    works: list[Callable[[], float]] = []
    for word in words.values():
        works += [
            timed(lambda word=word: read(word, now)),
            timed(lambda word=word: count(word, now)),
        ]
    figures = turns(*works, rounds=scale.rounds(15))
    rows = []
    for (many, word), ours, theirs in zip(words.items(), figures[::2], figures[1::2], strict=True):
        name = f"a search for what {many} of {number:,} say ({count(word, now):,}), by its count"
        rows.append(ratio(name, ours, theirs, at_most=10))
    for what, asked in MISSPELT.items():
        near = [milliseconds(lambda asked=asked: similar_words(Asked(asked, ["en"]), now=now))
                for _round in range(scale.rounds(15))]  # fmt: skip
        rows.append(figure(f"the word that was meant, for {what}", near, "ms"))
    return rows


def sow(number: int) -> None:
    """So many articles whose words are as uneven as those of a language."""
    for begun in range(0, number, SOWN):
        with transaction.atomic():
            sower = Sower(seed=begun)
            sower.words = Varied(**vars(sower.words))
            sower.sow_stories(min(SOWN, number - begun))
    settle()
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) articles_searchtext, articles_article")


def timed(work: Callable[[], object]) -> Callable[[], float]:
    return middle(lambda: milliseconds(work))


def count(word: str, now: datetime) -> int:
    return articles_saying(Asked(word, ["en"]), now=now).count()


def read(word: str, now: datetime) -> None:
    asked = Asked(word, searchable(word, ["en"]))
    page, _after = page_of(
        articles_saying(asked, now=now),
        asked,
        load=found_articles,
        moment="publish_at",
        now=now,
        place=None,
    )
    excerpts(page, word)
