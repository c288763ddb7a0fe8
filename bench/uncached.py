"""An article with 90 comments that no cache holds, as a whole request over HTTP.

Against the same page with the usual conversation: model instances and a template that calls itself
(usual.py). Both are asked for by one client; each turn is the median of five requests. All else on
the page is the same: the article, its credits, the goal bar, the forms. What the comments cost is
told by the same pages without one.
"""

import statistics
from collections.abc import Sequence

from bench.clients import FRESH, Reader
from bench.measuring import Row, figure, middle, ratio, turns
from bench.serving import site
from bench.world import Scale, short_threads, stories

A_TURN = 5


def measure(scale: Scale) -> list[Row]:
    article, reader = short_threads(18, 4), Reader(site().port)
    [silent] = stories(1)
    paths = [article.get_absolute_url(), f"/usual/{article.slug}/",
             silent.get_absolute_url(), f"/usual/{silent.slug}/"]  # fmt: skip
    pages = [middle(lambda path=path: asked(reader, path), A_TURN) for path in paths]
    ours, usual, our_silent, usual_silent = turns(*pages, rounds=scale.rounds(20))
    return [
        ratio("uncached article with 90 comments: usual form, by ours", usual, ours, at_least=5),
        ratio("… what the 90 comments add to the page: usual form, by ours",
              added(usual, usual_silent), added(ours, our_silent)),
        figure("… our page without a comment", our_silent, "ms"),
    ]  # fmt: skip


def added(full: Sequence[float], silent: Sequence[float]) -> list[float]:
    """By how much each page is slower than the middle one of those without comments."""
    least = statistics.median(silent)
    return [max(each - least, 0.1) for each in full]


def asked(reader: Reader, path: str) -> float:
    answer = reader.get(path, FRESH)
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer.whole
