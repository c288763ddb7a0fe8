"""Eight writers in one story, against the same writers in eight stories, over HTTP.

Each posts replies to first comments and every fifth time a thread of its own, through the whole
site: limits, repeats, counters, drops. Replies a second, in turns. Afterwards every thread and
counter is checked.
"""

import random
from collections.abc import Callable

from articles.models import Article
from bench.clients import Reader, at_once
from bench.measuring import Row, fact, ratio, turns
from bench.serving import site
from bench.world import Scale, short_threads
from comments.checking import check_trees
from comments.models import Comment

WRITERS = 8


def measure(scale: Scale) -> list[Row]:
    before = set(check_trees())  # reply.py leaves the counters of its thread alone
    articles = [short_threads(20 + number, 2) for number in range(WRITERS)]
    each = scale.rounds(25)
    one = writing([articles[0]] * WRITERS, each)
    eight = writing(articles, each)
    ours, theirs = turns(one, eight, rounds=scale.rounds(10))
    what = "8 writers in one story, by the same in 8 stories"
    return [
        ratio(what, ours, theirs, at_least=0.9, unit="/s"),
        fact(
            "no thread and no counter is wrong afterwards", set(check_trees()) <= before, "checked"
        ),
    ]


def writing(articles: list[Article], number: int) -> Callable[[], float]:
    """Has one writer post so many below each article, all at once; posts a second."""
    writers = [(Writer(article)) for article in articles]

    def write() -> float:
        _answers, took = at_once(lambda writer: writer.write(number), writers)
        return len(writers) * number / took

    return write


class Writer:
    def __init__(self, article: Article) -> None:
        roots = Comment.objects.of_article(article).public().filter(parent=None)
        self._roots = list(roots.values_list("pk", flat=True))
        self._new_thread = f"/articles/{article.slug}/comment/"
        self._reader, self._chance = Reader(site().port), random.Random(article.pk)

    def write(self, number: int) -> None:
        for place in range(number):
            if place % 5 == 0:
                self._reader.write(self._new_thread)
            else:
                self._reader.write(f"/comments/{self._chance.choice(self._roots)}/reply/")
