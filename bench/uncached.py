"""An article with 90 comments that no cache holds, as a whole request over HTTP.

Against the same page with the usual conversation: model instances and a template that calls itself
(usual.py). Both are asked for by one client, in turns of five requests. Everything else on the page
is the same: the article, its credits, the goal bar, the forms, twelve queries.
"""

from bench.clients import FRESH, Reader
from bench.machine import cpu_milliseconds
from bench.measuring import Row, ratio, turns
from bench.serving import site
from bench.world import Scale, short_threads

A_TURN = 5


def measure(scale: Scale) -> list[Row]:
    article, reader = short_threads(18, 4), Reader(site().port)
    pids = site().pids
    paths = {"ours": article.get_absolute_url(), "usual": f"/usual/{article.slug}/"}
    processor: dict[str, list[float]] = {"ours": [], "usual": []}

    def turn(which: str) -> float:
        before, took = cpu_milliseconds(pids), 0.0
        for _number in range(A_TURN):
            took += asked(reader, paths[which])
        processor[which].append((cpu_milliseconds(pids) - before) / A_TURN)
        return took / A_TURN

    ours, usual = turns(lambda: turn("ours"), lambda: turn("usual"), rounds=scale.rounds(15))
    return [
        ratio("uncached article with 90 comments: usual form, by ours", usual, ours, at_least=5),
        ratio("… the same in CPU time of the web server",
              [max(each, 1) for each in processor["usual"]],
              [max(each, 1) for each in processor["ours"]]),
    ]  # fmt: skip


def asked(reader: Reader, path: str) -> float:
    answer = reader.get(path, FRESH)
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer.whole
