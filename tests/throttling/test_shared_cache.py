import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection

from throttling.models import Kept


@pytest.mark.django_db
def test_what_is_kept_is_found_until_its_time_is_over():
    cache.set("lamp", [1, 2.5], 60)
    assert cache.get("lamp") == [1, 2.5]
    cache.set("lamp", [1], 0)
    assert cache.get("lamp", "dark") == "dark"


@pytest.mark.django_db
def test_only_what_is_not_there_is_added():
    assert cache.add("lamp", 1, 60)
    assert not cache.add("lamp", 2, 60)
    assert cache.get("lamp") == 1
    cache.set("lamp", 1, 0)
    assert cache.add("lamp", 3, 60)


@pytest.mark.django_db
def test_what_is_deleted_is_gone():
    cache.set("lamp", 1)
    assert cache.delete("lamp")
    assert not cache.delete("lamp")
    assert cache.get("lamp") is None


@pytest.mark.django_db
def test_table_holds_no_addresses():
    cache.set("allauth:rl:203.0.113.7:wilma@readers.example", 1)
    assert re.fullmatch("[0-9a-f]{32}", Kept.objects.get().key)  # a hash may hold 203, but no more


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_over", [False, True])
def test_of_many_at_once_one_adds(is_over):
    if is_over:
        cache.set("lamp", 0, 0)

    def add(number):
        try:
            return cache.add("lamp", number, 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(24))) == 1


@pytest.mark.django_db
def test_table_writes_no_log():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'throttling_kept'")
        assert cursor.fetchone() == ("u",)
