"""How often is exactly how often."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from throttling.limits import beyond, forget_old, hit, seconds_left
from throttling.models import Counter

A_DAY = 24 * 3600  # the window hardly ends while a test runs


@pytest.mark.django_db
def test_limit_lets_so_many_through_and_no_more():
    allowed = [hit({"gate": 3}, seconds=A_DAY) for _time in range(5)]
    assert allowed == [True, True, True, False, False]
    assert hit({"another gate": 3}, seconds=A_DAY)


@pytest.mark.django_db
def test_each_key_counts_and_one_beyond_its_limit_refuses():
    allowed = [hit({"votes": 9, f"votes on {pk}": 2}, seconds=A_DAY) for pk in (1, 1, 1, 2)]
    assert allowed == [True, True, False, True]
    assert sorted(Counter.objects.values_list("hits", flat=True)) == [1, 3, 4]


@pytest.mark.django_db
def test_keys_beyond_their_limits_are_named_and_have_windows_of_their_own():
    limits, windows = {"story": 9, "network": 1}, {"network": 2 * A_DAY}
    assert beyond(limits, seconds=A_DAY, windows=windows) == []
    assert beyond(limits, seconds=A_DAY, windows=windows) == ["network"]
    assert list(Counter.objects.values_list("hits", flat=True)) == [2, 2]
    ends = [int(each.ends_at.timestamp()) for each in Counter.objects.order_by("ends_at")]
    assert ends[0] % A_DAY == 0 and ends[1] % (2 * A_DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_several_keys_are_exact_for_many_at_once():
    def vote(number: int) -> bool:
        try:
            return hit({"votes": 1000, f"votes on {number % 3}": 1000}, seconds=A_DAY)
        finally:
            connections.close_all()

    connection.close()
    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(vote, range(200)))
    assert sorted(Counter.objects.values_list("hits", flat=True)) == [66, 67, 67, 200]


@pytest.mark.django_db(transaction=True)
def test_limit_is_exact_for_many_at_once():
    def once(_number: int) -> bool:
        try:
            return hit({"gate": 25}, seconds=A_DAY)
        finally:
            connections.close_all()

    connection.close()
    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(once, range(100))) == 25


@pytest.mark.django_db
def test_now_and_then_a_hit_forgets_what_is_old(monkeypatch):
    hit({"gate": 1}, seconds=A_DAY)
    Counter.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(secrets, "randbelow", lambda _number: 0)
    hit({"door": 1}, seconds=A_DAY)
    assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_new_window_starts_afresh_and_old_ones_are_forgotten():
    hit({"gate": 1}, seconds=A_DAY)
    Counter.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert hit({"gate": 1}, seconds=A_DAY)
    assert forget_old() == 1
    assert Counter.objects.count() == 1


@pytest.mark.django_db
def test_no_address_is_stored_and_nothing_is_logged():
    hit({"comments:203.0.113.0/24": 1}, seconds=A_DAY)
    assert "203.0.113" not in Counter.objects.get().key
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'throttling_counter'")
        assert cursor.fetchone()[0] in ("u", b"u")


@pytest.mark.django_db
def test_window_ends_when_retry_after_says():
    hit({"gate": 1}, seconds=600)
    left = (Counter.objects.get().ends_at - timezone.now()).total_seconds()
    assert abs(left - seconds_left(600)) < 5
