"""How often the database was waited for: what libpq writes down of its conversation."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection


@contextmanager
def ways() -> Iterator[Any]:
    """`number`, afterwards: how often this thread's connection came to an answer's end."""
    connection.ensure_connection()
    libpq: Any = connection.connection.pgconn
    went = SimpleNamespace(number=0)
    with tempfile.TemporaryFile("w+") as heard:
        libpq.trace(heard.fileno())
        try:
            yield went
        finally:
            libpq.untrace()
        heard.seek(0)
        went.number = heard.read().count("ReadyForQuery")
