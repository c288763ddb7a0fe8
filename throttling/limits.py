"""How often somebody may do something."""

import secrets
import time

from django.db import connection
from django.utils.crypto import salted_hmac

HIT = """
INSERT INTO throttling_counter AS counter (key, ends_at, hits)
VALUES (%(key)s, to_timestamp((floor(extract(epoch FROM clock_timestamp()) / %(seconds)s) + 1)
    * %(seconds)s), 1)
ON CONFLICT (key, ends_at) DO UPDATE SET hits = counter.hits + 1
RETURNING hits
"""
FORGET = """
DELETE FROM throttling_counter WHERE id IN (
    SELECT id FROM throttling_counter WHERE ends_at < clock_timestamp()
    LIMIT 10000 FOR UPDATE SKIP LOCKED
)
"""


def hit(key: str, *, limit: int, seconds: int) -> bool:
    """Counts one more for `key` and says whether it is within `limit` in this window.

    Windows are `seconds` long and begin at whole multiples of that. Exact for any number of
    callers at once. Call it outside of a transaction: inside one, everybody with the same key
    would wait for its end, and a rollback would take the count back. One query; the key is
    stored as a keyed hash, so that the table holds no addresses.
    """
    digest = salted_hmac("throttling.limits", key, algorithm="sha256").hexdigest()[:32]
    with connection.cursor() as cursor:
        cursor.execute(HIT, {"key": digest, "seconds": seconds})
        hits = cursor.fetchone()[0]
    if hits == 1 and secrets.randbelow(100) == 0:
        forget_old()
    return hits <= limit


def seconds_left(seconds: int) -> int:
    """How long the present window of this length still lasts, for Retry-After."""
    return seconds - int(time.time()) % seconds


def forget_old() -> int:
    """Deletes counters whose window is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        return cursor.rowcount
