"""What single pages cost: CPU time of web server and database together, and their size.

The pages are asked for as by somebody who has just commented or published, so that none comes from
the cache: after a comment what stands around the conversation is kept (pagecache/shells.py), after
anything else all is made anew. CPU time is what all processes of both servers took, from /proc,
divided by the requests, once the workers are warm. A newsroom of 10,000 articles; an article with
10,000 comments, of which its page shows the first threads.
"""

from bench.clients import FRESH, SPOKEN, Reader
from bench.machine import cpu_milliseconds, family
from bench.measuring import Row, figure
from bench.running_database import postmaster
from bench.serving import WARM_UP, site
from bench.world import Scale, clean_up, conversation, paper


def measure(scale: Scale) -> list[Row]:
    paper(scale.rows(10_000))
    article = conversation(scale.rows(10_000)).get_absolute_url()
    clean_up()
    spoken, size = cost(article, scale, SPOKEN)
    anew, _size = cost(article, scale, FRESH)
    front, front_size = cost("/", scale, FRESH)
    return [
        figure(
            "uncached article with 10,000 comments, after one more: CPU a request",
            spoken,
            "ms",
            at_most=12,
        ),
        figure("… with nothing kept at all", anew, "ms", at_most=12),
        figure("… its HTML", [size / 1000], "kB", at_most=300),
        figure("uncached front page of 10,000 articles: CPU a request", front, "ms"),
        figure("… its HTML", [front_size / 1000], "kB"),
    ]


def cost(path: str, scale: Scale, who: dict[str, str]) -> tuple[list[float], int]:
    """Milliseconds of CPU of a request in several rounds, and the bytes of the page."""
    reader, number, figures = Reader(site().port), scale.rounds(40), []
    for _request in range(scale.rounds(WARM_UP)):
        answer = reader.get(path, who)
    for _round in range(5):
        pids = site().pids + family(postmaster())
        before = cpu_milliseconds(pids)
        for _request in range(number):
            answer = reader.get(path, who)
        figures.append((cpu_milliseconds(pids) - before) / number)
    return figures, len(answer.body)
