"""How often somebody may do something."""

import secrets
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

HIT = """
INSERT INTO throttling_counter AS counter (key, ends_at, hits)
SELECT key, to_timestamp((floor(extract(epoch FROM clock_timestamp()) / seconds) + 1) * seconds), 1
FROM unnest(string_to_array(%(keys)s, ' '), string_to_array(%(seconds)s, ' ')::int[])
    WITH ORDINALITY AS asked (key, seconds, place)
ORDER BY place
ON CONFLICT (key, ends_at) DO UPDATE SET hits = counter.hits + 1
RETURNING key, hits
"""
FORGET = """
DELETE FROM throttling_counter WHERE id IN (
    SELECT id FROM throttling_counter WHERE ends_at < clock_timestamp()
    LIMIT 10000 FOR UPDATE SKIP LOCKED
)
"""


def hit(
    limits: dict[str, int],
    *,
    seconds: int,
    open_cursor: Callable[[], Any] = lambda: connection.cursor(),
) -> bool:
    """Counts one more for each key and says whether all are within their limits in this window."""
    return not beyond(limits, seconds=seconds, open_cursor=open_cursor)


def beyond(
    limits: dict[str, int],
    *,
    seconds: int,
    windows: Mapping[str, int] = MappingProxyType({}),
    open_cursor: Callable[[], Any] = lambda: connection.cursor(),
) -> list[str]:
    """Counts one more for each key; those that are beyond their limits in this window.

    Windows are `seconds` long, those of the keys in `windows` as long as it says, and begin at
    whole multiples of that. Exact for any number of callers at once. Call it outside of a
    transaction: inside one, everybody with the same key would wait for its end, and a rollback
    would take the count back. Give the keys that callers share first and in the same order. One
    query, by `open_cursor`; keys are stored as keyed hashes, so that the table holds no addresses.
    """
    digests = {key: _digest(key) for key in limits}
    lengths = [str(windows.get(key, seconds)) for key in limits]
    with open_cursor() as cursor:
        # one text is bound in a fifth of the time that an array takes
        values = {"keys": " ".join(digests.values()), "seconds": " ".join(lengths)}
        cursor.execute(HIT, values)
        hits = dict(cursor.fetchall())
    if 1 in hits.values() and secrets.randbelow(100) == 0:
        forget_old()
    return [key for key, limit in limits.items() if hits[digests[key]] > limit]


def _digest(key: str) -> str:
    return salted_hmac("throttling.limits", key, algorithm="sha256").hexdigest()[:32]


def seconds_left(seconds: int) -> int:
    """How long the present window of this length still lasts, for Retry-After."""
    return seconds - int(time.time()) % seconds


def forget_old() -> int:
    """Deletes counters whose window is over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET)
        return cursor.rowcount
