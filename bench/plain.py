"""Tables with the columns of another one, for whatever is compared with writing plain rows."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from newsroom.seeding.copying import INDEXES

KEYS = """
SELECT pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('p', 'u', 'f') ORDER BY contype DESC
"""
# Of those that fire for INSERT (4 in tgtype): the trigger, and its function.
TRIGGERS = """
SELECT pg_get_triggerdef(oid), pg_get_functiondef(tgfoid) FROM pg_trigger
WHERE tgrelid = %s::regclass AND tgtype & 4 = 4 AND NOT tgisinternal
"""


@contextmanager
def plain_table(table: str) -> Iterator[str]:
    """An empty table with the same columns and checks, but no index and no key."""
    name = f"plain_{table}"
    run(
        f"DROP TABLE IF EXISTS {name} CASCADE",
        f"CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY"
        " INCLUDING GENERATED INCLUDING CONSTRAINTS)",
    )
    yield name
    run(f"DROP TABLE {name}")


def add_keys(plain: str, table: str, about: Sequence[str] = ()) -> None:
    """Gives it every index and key that the other has; those to tables `about`, to plain ones."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [table])
        indexes = [definition for _name, definition in cursor.fetchall()]
        cursor.execute(KEYS, [table])
        keys = [_plain(key, about) for (key,) in cursor.fetchall()]
    own = [re.sub(r"INDEX \S+ ON \S+", f"INDEX ON {plain}", each) for each in indexes]
    added = [f"ALTER TABLE {plain} ADD {key}" for key in keys]
    run("SET maintenance_work_mem = '256MB'", *own, *added, "RESET maintenance_work_mem")


def add_triggers(table: str, about: Sequence[str]) -> None:
    """Gives the table's plain form its triggers for new rows; tables `about` are plain in them."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [table])
        definitions = [each for found in cursor.fetchall() for each in reversed(found)]
    name = re.compile(r"(FUNCTION (?:\w+\.)?)(\w+\()")
    run(*(name.sub(r"\1plain_\2", _plain(each, about)) for each in definitions))


def _plain(definition: str, about: Sequence[str]) -> str:
    names = "|".join(about) or "$^"
    return re.sub(rf"\b({names})\b", r"plain_\1", definition)


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
