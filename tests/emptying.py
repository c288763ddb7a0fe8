"""How the tables become empty again after a test that commits.

Django truncates every table, full or not, and lets `post_migrate` write content types, permissions
and roles anew: a second for each test. This deletes the rows that there are, and keeps those.
"""

from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

from accounts.roles import write_roles

WRITTEN_BY_MIGRATE = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}


def empty_tables(_case: Any = None) -> None:
    """Waits for whoever is still writing. Needs a superuser: no trigger or key is to object."""
    with transaction.atomic(), connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - WRITTEN_BY_MIGRATE
        tables = [connection.ops.quote_name(name) for name in sorted(names)]
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
        questions = (f"SELECT '{each}' WHERE EXISTS (SELECT FROM {each})" for each in tables)
        cursor.execute(" UNION ALL ".join(questions))
        filled = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")
    write_roles()  # a test may have changed them


def use() -> None:
    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[method-assign]
