"""Posting and voting over HTTP, as one person and as a crowd, in a conversation of 10,000.

Once the workers are warm, one client posts and votes, one request after the other. Then eight of
them post fifty replies each under one comment. Then a reply, and at once the page for the next
reader, of another browser: the old copy, for less than a second, while the new one is made. The
lines below tell how long until it shows the reply, and how long the page takes then for whoever has
just commented as well, and for whoever asks for nothing kept.
"""

import random
import time

from bench.clients import FRESH, NAME, SPOKEN, Reader, at_once
from bench.measuring import Row, fact, figure
from bench.serving import WARM_UP, site
from bench.world import Scale, clean_up, conversation
from comments.models import Comment

WRITERS = 8


def measure(scale: Scale) -> list[Row]:
    article = conversation(scale.rows(10_000))
    public = Comment.objects.of_article(article).public()
    ids = list(public.values_list("pk", flat=True))
    hottest = public.filter(parent=None).order_by("-reply_count")[0].pk
    chance, reader, number = random.Random(5), Reader(site().port), scale.rounds(200)
    clean_up()
    for _request in range(scale.rounds(WARM_UP)):
        reader.write(f"/comments/{chance.choice(ids)}/reply/")
        voted(reader, chance.choice(ids))
    replies = [reader.write(f"/comments/{chance.choice(ids)}/reply/").whole for _n in range(number)]
    votes = [voted(reader, pk) for pk in chance.sample(ids, min(number, len(ids)))]
    crowd = [
        under_one_parent(hottest, scale.rounds(50)) for _round in range(1 if scale.is_quick else 5)
    ]
    path, rounds = article.get_absolute_url(), range(scale.rounds(60))
    following = [after_a_reply(path, ids) for _round in rounds]
    spoken = [after_a_reply(path, ids, SPOKEN)[0] for _round in rounds]
    anew = [after_a_reply(path, ids, FRESH)[0] for _round in rounds]
    held = Comment.objects.filter(guest_name=NAME).exclude(pk__in=Comment.objects.public())
    told = {"percentiles": (50, 95)}
    return [
        figure("reply into 10,000, one client", replies, "ms", at_most=6, **told),
        figure("vote in 10,000, one client", votes, "ms", at_most=3, **told),
        figure("8 × 50 replies under one parent", crowd, "/s", at_least=200),
        figure(
            "the next reader's page after a reply",
            [first for first, _seen in following],
            "ms",
            at_most=15,
            **told,
        ),
        figure(
            "… until it shows the reply",
            [seen for _first, seen in following],
            "ms",
            at_most=1000,
            **told,
        ),
        figure("… made anew for whoever has just commented", spoken, "ms", **told),
        figure("… made anew for whoever asks for nothing kept", anew, "ms", **told),
        fact("every comment of these was published", not held.exists(), "checked"),
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


def after_a_reply(
    path: str, ids: list[int], headers: dict[str, str] | None = None
) -> tuple[float, float]:
    """Milliseconds: of the next reader's first answer, and until one shows the reply."""
    writer, reader = Reader(site().port), Reader(site().port)
    before = reader.get(path)
    time.sleep(0.15)  # a page is not made anew more often than that
    writer.write(f"/comments/{random.choice(ids)}/reply/")
    begun = time.perf_counter()
    answer = reader.get(path, headers)
    seen = answer
    while seen.body == before.body:  # which counts the comments
        time.sleep(0.001)
        seen = reader.get(path)
    return answer.whole, (time.perf_counter() - begun) * 1000
