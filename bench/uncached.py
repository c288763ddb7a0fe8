"""An article with 90 comments that no cache holds, as a whole request over HTTP.

Against the same page with the usual conversation: model instances and a template that calls itself
(usual.py). Both are asked for by one client; each turn is the median of five requests. Ours is
asked for as by somebody who has just commented, when what stands around the conversation is kept,
and with nothing kept at all: then all but the conversation is the same, the article, its credits,
the goal bar, the forms. What the comments cost is told by the same pages without one.
"""

import statistics
from collections.abc import Sequence

from bench.clients import FRESH, SPOKEN, Reader
from bench.measuring import Row, figure, middle, ratio, turns
from bench.serving import WARM_UP, site
from bench.world import Scale, short_threads, stories

A_TURN = 5


def measure(scale: Scale) -> list[Row]:
    article, reader = short_threads(18, 4), Reader(site().port)
    [silent] = stories(1)
    pages = [(article.get_absolute_url(), SPOKEN), (article.get_absolute_url(), FRESH),
             (f"/usual/{article.slug}/", FRESH), (silent.get_absolute_url(), FRESH),
             (f"/usual/{silent.slug}/", FRESH)]  # fmt: skip
    for page in pages * scale.rounds(WARM_UP):
        asked(reader, *page)
    works = [middle(lambda page=page: asked(reader, *page), A_TURN) for page in pages]
    spoken, anew, usual, our_silent, usual_silent = turns(*works, rounds=scale.rounds(20))
    what = "uncached article with 90 comments"
    return [
        ratio(f"{what}, after one more: usual form, by ours", usual, spoken, at_least=5),
        ratio("… with nothing kept at all: usual form, by ours", usual, anew, at_least=5),
        ratio("… what the 90 comments add to the page: usual form, by ours",
              added(usual, usual_silent), added(anew, our_silent)),
        figure("… our page without a comment, nothing kept", our_silent, "ms"),
    ]  # fmt: skip


def added(full: Sequence[float], silent: Sequence[float]) -> list[float]:
    """By how much each page is slower than the middle one of those without comments."""
    least = statistics.median(silent)
    return [max(each - least, 0.1) for each in full]


def asked(reader: Reader, path: str, who: dict[str, str]) -> float:
    answer = reader.get(path, who)
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer.whole
