"""System checks of what a database must be able to do. `migrate` runs them on its database."""

from collections.abc import Iterable
from typing import Any, cast

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import NotSupportedError, ProgrammingError, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

OLDEST_POSTGRESQL = 15
LOCALE_HINT = (
    "Make the database with a UTF-8 locale, for example:"
    " CREATE DATABASE newsroom TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
)


@register(Tags.database)
def check_databases(*, databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Check each PostgreSQL among the aliases in `databases`; connects to it."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = cast(DatabaseWrapper, connections[alias])
        if connection.vendor == "postgresql":
            found += find_problems(connection)
    return found


def find_problems(connection: DatabaseWrapper) -> list[CheckMessage]:
    """Return what is wrong with the version and the locale of one database."""
    try:
        version = connection.pg_version // 10_000
    except NotSupportedError:
        version = 0
    if version < OLDEST_POSTGRESQL:
        return [Error(f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed.", id="operations.E001")]
    if not _lowers_all_letters(connection):
        return [
            Error(
                "The database does not know letters outside of ASCII: it cannot find 'Ж' for 'ж'.",
                hint=LOCALE_HINT,
                id="operations.E002",
            )
        ]
    if _similarity_of_cyrillic(connection) == 0:
        return [
            Error(
                "Search by similarity (pg_trgm) drops every letter outside of ASCII.",
                hint=LOCALE_HINT,
                id="operations.E003",
            )
        ]
    return []


def _lowers_all_letters(connection: DatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('Ж') = 'ж'")
        return cursor.fetchone() == (True,)


def _similarity_of_cyrillic(connection: DatabaseWrapper) -> float | None:
    """Return pg_trgm's similarity of two words, or None where it is not to be had.

    Before the first migration the extension is made for the question and taken back.
    """
    using = connection.alias
    try:
        with transaction.atomic(using=using), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("SELECT similarity('новость', 'новости')")
            answer: float = cursor.fetchone()[0]
            transaction.set_rollback(True, using=using)
            return answer
    except (NotSupportedError, ProgrammingError):  # not available, or not allowed to make it
        return None
