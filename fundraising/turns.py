"""One at a time on all machines, without a transaction or a locked row."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

KEY = "hashtextextended(%s, 0)"


@contextmanager
def turn(key: str, *, waits: bool) -> Iterator[bool]:
    """Whether nobody had it. Who `waits` has it then all the same; who does not goes without."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({KEY})", [key])
        is_free = cursor.fetchone()[0]
        if not is_free and not waits:
            yield False
            return
        if not is_free:
            cursor.execute(f"SELECT pg_advisory_lock({KEY})", [key])
        try:
            yield is_free
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({KEY})", [key])
