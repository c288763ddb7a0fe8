"""A cache that all processes share and that is exact: Django's interface over one table.

Allauth keeps in it how often somebody tried, the locks around that, and which codes of second
factors were used. In each process's own memory four processes would grant four times as many
tries, and take a code four times. Of the site itself only numbers are kept here that cost much and
may be a day old; pages are in `pagecache`.
"""

import json
import secrets
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

FOREVER = 365 * 24 * 3600  # seconds
SET = """
INSERT INTO throttling_kept AS kept (key, value, ends_at)
VALUES (%(key)s, %(value)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
"""
# Of several at once one gets a row: the others wait for it, and find it not yet over.
ADD = f"{SET} WHERE kept.ends_at <= clock_timestamp() RETURNING key"
GET = "SELECT value FROM throttling_kept WHERE key = %(key)s AND ends_at > clock_timestamp()"
DELETE = """
DELETE FROM throttling_kept WHERE key = %(key)s RETURNING ends_at > clock_timestamp()
"""
FORGET = """
DELETE FROM throttling_kept WHERE key IN (
    SELECT key FROM throttling_kept WHERE ends_at < clock_timestamp()
    LIMIT 10000 FOR UPDATE SKIP LOCKED
)
"""


class SharedCache(BaseCache):
    """Values are what JSON takes. One query each; keys are kept as keyed hashes, as in `limits`.

    `add` is exact for any number of callers at once, outside of transactions.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        if secrets.randbelow(100) == 0:
            _run(FORGET)
        return bool(_run(ADD, self._row(key, value, timeout, version)))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        rows = _run(GET, {"key": self._digest(key, version)})
        return json.loads(rows[0][0]) if rows else default

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        _run(SET, self._row(key, value, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        rows = _run(DELETE, {"key": self._digest(key, version)})
        return bool(rows and rows[0][0])

    def clear(self) -> None:
        _run("DELETE FROM throttling_kept")

    def _row(self, key: Any, value: Any, timeout: Any, version: Any) -> dict[str, Any]:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return {
            "key": self._digest(key, version),
            "value": json.dumps(value),
            "seconds": FOREVER if seconds is None else max(seconds, 0),
        }

    def _digest(self, key: Any, version: Any) -> str:
        made = self.make_key(key, version=version)
        return salted_hmac("throttling.shared_cache", made, algorithm="sha256").hexdigest()[:32]


def _run(sql: str, values: dict[str, Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []
