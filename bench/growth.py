"""What a reply, the first page's SQL and an uncached page cost as the conversation grows.

Conversations of 1,000, 10,000, 100,000 and 1,000,000 comments in one table, measured as reply.py,
first_page.py and uncached.py do, in turns; cost.svg shows the medians.
"""

import statistics
from pathlib import Path

from bench.clients import FRESH, SPOKEN, Reader
from bench.drawing import chart
from bench.first_page import fetch, statements
from bench.measuring import Row, figure, middle, milliseconds, turns
from bench.reply import places_in, written
from bench.serving import site
from bench.uncached import asked
from bench.world import Scale, conversation
from comments.models import Comment

SIZES = (1_000, 10_000, 100_000, 1_000_000)
LABELS = {"reply": "reply, in the database", "sql": "first page, its SQL",
          "spoken": "first page, uncached, after a comment",
          "page": "first page, uncached, nothing kept"}  # fmt: skip
FILE = Path(__file__).with_name("cost.svg")


def measure(scale: Scale) -> list[Row]:
    sizes = [scale.rows(size) for size in SIZES]
    rows, medians = [], {name: [] for name in LABELS}
    for size, shown in zip(sizes, SIZES, strict=True):
        for name, times in costs(size, scale.rounds(25)).items():
            medians[name].append(statistics.median(times))
            rows.append(figure(f"{LABELS[name]}: {shown:,} comments", times, "ms"))
    if not scale.is_quick:
        FILE.write_text(chart(SIZES, {LABELS[name]: each for name, each in medians.items()}))
    return sorted(rows, key=lambda row: list(LABELS.values()).index(row.what.partition(":")[0]))


def costs(size: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each, in the conversation of that size."""
    article, reader = conversation(size), Reader(site().port)
    root = Comment.objects.of_article(article).filter(parent=None).order_by("-reply_count")[0]
    answered = iter(list(places_in(root, (rounds + 1) * 5)))
    [reading] = [each for each in statements(article) if "CROSS JOIN LATERAL" in each[0]]
    found = turns(
        middle(lambda: written(next(answered))[0]),
        middle(lambda: milliseconds(lambda: fetch(reading))),
        lambda: asked(reader, article.get_absolute_url(), SPOKEN),
        lambda: asked(reader, article.get_absolute_url(), FRESH),
        rounds=rounds,
    )
    return dict(zip(LABELS, found, strict=True))
