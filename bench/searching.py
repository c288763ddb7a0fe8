"""A search over a hundred thousand articles, against the count of its matches by the same indexes.

Both ask for live articles of one language with a word that many of them have, and one that few
have. The search also ranks them, loads a page of them, and marks the words in their text.
"""

from django.db import connection

from articles.models import Article
from articles.searching import Asked, articles_saying, excerpts, page_of, similar_words
from bench.measuring import Row, figure, middle, milliseconds, ratio, turns
from bench.world import Scale, settle, stories
from operations.clock import database_now

WORDS = """
SELECT word FROM ts_stat($$
    SELECT words FROM articles_searchtext
    JOIN articles_article ON id = article_id WHERE language = 'en'
    ORDER BY id DESC LIMIT 2000
$$) WHERE word ~ '^[a-z]{4,}$' ORDER BY ndoc DESC
"""


def measure(scale: Scale) -> list[Row]:
    missing = scale.rows(100_000) - Article.objects.count()
    if missing > 0:
        stories(missing)
    settle()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) articles_searchtext, articles_article")
        cursor.execute(WORDS)
        words = [row[0] for row in cursor.fetchall()]
    now = database_now()
    rows = []
    for what, word in (("many", words[0]), ("a few", words[-1])):
        asked = Asked(word, ["en"])
        found = articles_saying(asked, now=now)
        ours, theirs = turns(
            middle(lambda asked=asked: milliseconds(lambda: read(asked, now))),
            middle(lambda found=found: milliseconds(found.count)),
            rounds=scale.rounds(15),
        )
        name = f"a search for what {what} of them say ({found.count()}), by the count of these"
        rows.append(ratio(name, ours, theirs, at_most=10))
    near = [milliseconds(lambda: similar_words(["fery"], languages=["en"], now=now))
            for _round in range(scale.rounds(15))]  # fmt: skip
    return [*rows, figure("the word that was meant, for one that nothing has", near, "ms")]


def read(asked: Asked, now) -> None:
    page, _after = page_of(
        articles_saying(asked, now=now), asked, shown=Article.objects.for_listing(),
        moment="publish_at", now=now, place=None,
    )  # fmt: skip
    excerpts(page, asked.words)
