"""How the tables become empty again after a test that commits.

Django truncates every table, full or not, and lets `post_migrate` write content types, permissions
and roles anew: a second for each test. This deletes the rows that there are, and keeps those.
"""

from typing import Any

from django.db import OperationalError, connection, transaction
from django.test import TransactionTestCase

from accounts.roles import write_roles

WRITTEN_BY_MIGRATE = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}


END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""
PATIENCE = "20s"  # then whoever still has a transaction open is a test's forgotten thread


def empty_tables(_case: Any = None) -> None:
    """Waits for whoever is still writing. Needs a superuser: no trigger or key is to object."""
    try:
        delete_rows()
    except OperationalError:
        with connection.cursor() as cursor:
            cursor.execute(END_OTHERS)
        delete_rows()
    write_roles()  # a test may have changed them


def delete_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        names = set(connection.introspection.table_names(cursor)) - WRITTEN_BY_MIGRATE
        tables = [connection.ops.quote_name(name) for name in sorted(names)]
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
        questions = (f"SELECT '{each}' WHERE EXISTS (SELECT FROM {each})" for each in tables)
        cursor.execute(" UNION ALL ".join(questions))
        filled = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")


def use() -> None:
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[method-assign]
