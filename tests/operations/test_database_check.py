"""The system check that refuses a database which cannot search in every language."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

from operations import checks

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def database(options: str) -> Iterator[DatabaseWrapper]:
    """Make a database with a locale of its own, and reach it under the alias "other"."""
    ours = connections["default"]
    name = f"{ours.settings_dict['NAME']}_locale"
    with ours._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {options}")
    settings = {**ours.settings_dict, "NAME": name, "OPTIONS": {}}
    connections["other"] = other = type(ours)(settings, alias="other")
    try:
        yield other
    finally:
        other.close()
        del connections["other"]
        with ours._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def problems(other: DatabaseWrapper) -> list[str]:
    return [problem.id for problem in checks.find_problems(other)]


def test_the_database_of_the_tests_is_good() -> None:
    assert checks.check_databases(databases=["default"]) == []


def test_nothing_is_asked_of_databases_that_are_not_named() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert checks.check_databases(databases=None) == []
    assert len(queries) == 0


def test_locale_c_is_refused() -> None:
    with database("LOCALE 'C' LOCALE_PROVIDER libc") as other:
        assert problems(other) == ["operations.E002"]


def test_ctype_c_is_refused_even_where_letters_have_cases() -> None:
    if connection.pg_version < 170_000:
        pytest.skip("PostgreSQL 17 brought the builtin locale")
    with database("LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_CTYPE 'C'") as other:
        assert problems(other) == ["operations.E003"]


def test_utf8_locale_is_accepted_and_left_as_it_was() -> None:
    with database("LOCALE 'C.UTF-8' LOCALE_PROVIDER libc") as other:
        assert problems(other) == []
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'")
            assert cursor.fetchone() == (0,)


def test_old_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_POSTGRESQL", 99)
    assert problems(connection) == ["operations.E001"]
