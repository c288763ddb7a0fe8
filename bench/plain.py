"""Tables with the columns of another one, for whatever is compared with writing plain rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from newsroom.seeding.copying import INDEXES

KEYS = """
SELECT pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f') ORDER BY contype DESC
"""


@contextmanager
def plain_table(table: str) -> Iterator[str]:
    """An empty table with the same columns and checks, but no index and no key."""
    name = f"plain_{table}"
    run(
        f"DROP TABLE IF EXISTS {name}",
        f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY"
        " INCLUDING GENERATED INCLUDING CONSTRAINTS)",
    )
    yield name
    run(f"DROP TABLE {name}")


def add_keys(plain: str, table: str) -> None:
    """Gives it every index and key that the other has."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [table])
        indexes = [definition for _name, definition in cursor.fetchall()]
        cursor.execute(KEYS, [table])
        keys = [f"ALTER TABLE {plain} ADD {definition}" for (definition,) in cursor.fetchall()]
    own = [re.sub(r"INDEX \S+ ON \S+", f"INDEX ON {plain}", each) for each in indexes]
    run("SET maintenance_work_mem = '256MB'", *own, *keys, "RESET maintenance_work_mem")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
