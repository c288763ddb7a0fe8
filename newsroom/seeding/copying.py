"""Writing very many rows at once: COPY in its binary form, numbers of sequences, late indexes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model

STEP = 2000  # rows between two words about how far it is
# All but the primary key: what other tables' keys point to stays.
CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT indisprimary
    AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype = 'u')
"""


def copy(
    model: type[Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    say: Callable[[int], None] = lambda count: None,
) -> int:
    """Writes `rows`, whose values are of the fields `names`; returns how many.

    `say` is told now and then how many there are by then.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    types = [field.db_type(connection).partition("(")[0] for field in fields]  # varchar(7): varchar
    count = 0
    with connection.cursor() as cursor:
        statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN (FORMAT BINARY)'
        with cursor.copy(statement) as target:
            target.set_types(types)
            write = target.write_row
            for count, row in enumerate(rows, 1):
                write(row)
                if count % STEP == 0:
                    say(count)
    if count % STEP:
        say(count)
    return count


def take(sequence: str, number: int) -> Iterator[int]:
    """So many next numbers of a sequence, whoever else takes some meanwhile. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, number])
        return iter([row[0] for row in cursor.fetchall()])


def take_ids(model: type[Model], number: int) -> Iterator[int]:
    return take(f"{model._meta.db_table}_id_seq", number)


@contextmanager
def indexes_afterwards(coming: dict[type[Model], int]) -> Iterator[None]:
    """Takes the tables' indexes and keys away and makes them again, by their own definitions.

    Only of tables in which more rows are `coming` than there are, where it is several times as
    fast. In a transaction: nobody reads these tables before its end, and if it fails nothing has
    changed.
    """
    with connection.cursor() as cursor:
        _settle(cursor)
        growing = [model for model, rows in coming.items() if rows > model._base_manager.count()]
        rebuild = [line for model in growing for line in _take_away(cursor, model._meta.db_table)]
        yield
        _settle(cursor)
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for line in rebuild:
            cursor.execute(line)


def _settle(cursor: Any) -> None:
    """Checks what is to be checked at the end: as long as it is pending, no table can change."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _take_away(cursor: Any, table: str) -> list[str]:
    """Drops them; what makes them again, keys last."""
    cursor.execute(CONSTRAINTS, [table])
    constraints = cursor.fetchall()
    cursor.execute(INDEXES, [table])
    indexes = cursor.fetchall()
    for name, _definition in constraints:
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in indexes] + [
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}'
        for name, definition in constraints
    ]
