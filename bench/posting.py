"""Posting and voting over HTTP, as one person and as a crowd, in a conversation of 10,000.

One client posts and votes, one request after the other. Then eight of them post fifty replies each
under one comment. Then a reply, and at once the page for the next reader, of another browser: made
anew, or for a second after the reply the old copy, while somebody else makes it.
"""

import random
import time

from bench.clients import Answer, Reader, at_once
from bench.measuring import Row, figure
from bench.serving import site
from bench.world import Scale, conversation
from comments.models import Comment

WRITERS = 8


def measure(scale: Scale) -> list[Row]:
    article = conversation(scale.rows(10_000))
    public = Comment.objects.of_article(article).public()
    ids = list(public.values_list("pk", flat=True))
    hottest = public.filter(parent=None).order_by("-reply_count")[0].pk
    chance, reader, number = random.Random(5), Reader(site().port), scale.rounds(200)
    replies = [reader.write(f"/comments/{chance.choice(ids)}/reply/").whole for _n in range(number)]
    votes = [voted(reader, pk) for pk in chance.sample(ids, min(number, len(ids)))]
    crowd = [
        under_one_parent(hottest, scale.rounds(50)) for _round in range(1 if scale.is_quick else 5)
    ]
    pages = [after_a_reply(article.get_absolute_url(), ids) for _n in range(scale.rounds(60))]
    anew = [page.whole for page in pages if page.cache == "miss"]
    told = {"percentiles": (50, 95)}
    return [
        figure("reply into 10,000, one client", replies, "ms", at_most=6, **told),
        figure("vote in 10,000, one client", votes, "ms", at_most=3, **told),
        figure("8 × 50 replies under one parent", crowd, "/s", at_least=200),
        figure(
            "the next reader's page after a reply", [page.whole for page in pages], "ms", **told
        ),
        figure("… where it was made anew", anew, "ms", at_most=15, **told),
    ]


def voted(reader: Reader, pk: int) -> float:
    answer = reader.post(f"/comments/{pk}/vote/", value="1")
    if answer.status != 200:
        raise RuntimeError(f"vote: {answer.status} {answer.body[:300]!r}")
    return answer.whole


def under_one_parent(parent: int, number: int) -> float:
    """Replies a second."""

    def write(reader: Reader) -> None:
        for _place in range(number):
            reader.write(f"/comments/{parent}/reply/")

    _done, took = at_once(write, [Reader(site().port) for _writer in range(WRITERS)])
    return WRITERS * number / took


def after_a_reply(path: str, ids: list[int]) -> Answer:
    writer, reader = Reader(site().port), Reader(site().port)
    reader.get(path)
    time.sleep(0.15)  # a page is not made anew more often than that
    writer.write(f"/comments/{random.choice(ids)}/reply/")
    return reader.get(path)
