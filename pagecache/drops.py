"""Saying that what pages show has changed. Every process hears it through the database."""

from itertools import batched

from django.db import connection, transaction

from pagecache import running

CHANNEL = "page_drops"
HARD, SOFT = "hard", "soft"
MOST_TAGS = 100  # in one message, which PostgreSQL takes up to 8000 bytes
SAY = "SELECT pg_notify(%s, message) FROM unnest(%s::text[]) message"


def drop(*tags: str) -> None:
    """Forgets the pages with one of these tags everywhere, once the transaction commits.

    For what must not be seen any more. The database tells the others with the commit itself; this
    process forgets before it answers. One query. Transactions that notify commit one after the
    other, which is why mere news uses `drop_soon`.
    """
    notify(HARD, tags)
    transaction.on_commit(lambda: running.drop(tags))


def drop_soon(*tags: str) -> None:
    """Has the pages made anew after the commit; others may see the old ones for up to a second.

    Whoever wrote sees the new ones: the wrapper gives them a cookie that asks for nothing kept.
    Where pages are served, a thread tells the others; else it takes a query.
    """

    def tell() -> None:
        running.soften(tags)
        if running.tell is None:
            notify(SOFT, tags)
        else:
            running.tell(tags)

    transaction.on_commit(tell, robust=True)  # what was written is written, whoever hears of it


def notify(kind: str, tags: tuple[str, ...]) -> None:
    """Says it to every process, this one included. One query, in as many messages as it takes."""
    messages = [f"{kind} {' '.join(some)}" for some in batched(tags, MOST_TAGS)]
    with connection.cursor() as cursor:
        cursor.execute(SAY, [CHANNEL, messages])


def read(payload: str) -> tuple[str, list[str]]:
    """(HARD or SOFT, the tags) of what was notified."""
    kind, *tags = payload.split(" ")
    return kind, tags
