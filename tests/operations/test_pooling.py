"""A kept connection whose server has ended it is noticed before it is used, without a question."""

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from operations.pooling import check_connection
from tests.operations.launching import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept():
    """A connection of its own, as a pool keeps them."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
        own.execute("SELECT 1")
        yield own


def is_alive(kept):
    try:
        check_connection(kept)
    except psycopg.OperationalError:
        return False
    return True


def test_connection_that_works_passes_and_goes_on_working(kept):
    assert is_alive(kept) and is_alive(kept)
    assert kept.execute("SELECT 2").fetchone() == (2,)


def test_connection_that_the_server_ended_is_refused(kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [kept.info.backend_pid])
    wait_until(lambda: not is_alive(kept))


def test_what_the_server_says_by_the_way_ends_nothing(kept):
    kept.execute("LISTEN by_the_way")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('by_the_way', '')")
    assert is_alive(kept)
    assert kept.execute("SELECT 2").fetchone() == (2,)


def test_check_asks_the_server_nothing(kept):
    with connection.cursor() as cursor:
        seen = "SELECT query_start FROM pg_stat_activity WHERE pid = %s"
        cursor.execute(seen, [kept.info.backend_pid])
        before = cursor.fetchone()
        check_connection(kept)
        cursor.execute(seen, [kept.info.backend_pid])
        assert cursor.fetchone() == before


def test_pool_of_the_site_checks_this_way():
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["check"] is check_connection
