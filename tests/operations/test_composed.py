from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import DataError, connection, transaction
from django.utils import timezone

from articles.models import Article
from operations.composed import Composed, all_of, prepared_cursor
from operations.models import Heartbeat
from tests.builders import make_article

by_slug = Composed(
    lambda slug, now: Article.objects.live(now).filter(slug=slug).select_related("section"),
    slug=str,
    now=datetime,
)


@pytest.fixture
def flood(db):
    return make_article(slug="flood")


def times_prepared(sql):
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return sum(sql in statement for (statement,) in cursor.fetchall())


def test_same_query_is_asked_with_other_values(flood):
    other = make_article(slug="other")
    now = timezone.now()
    for _time in range(5):
        assert by_slug(slug="flood", now=now) == [flood]
        assert by_slug(slug="other", now=now) == [other]
        assert by_slug(slug="none", now=now) == []
        assert by_slug(slug="flood", now=now - timedelta(days=9000)) == []
    assert by_slug.first(slug="other", now=now) == other
    assert by_slug.first(slug="none", now=now) is None


def test_rows_are_as_the_query_set_gives_them(flood, django_assert_num_queries):
    found = by_slug.first(slug="flood", now=timezone.now())
    expected = Article.objects.get(pk=flood.pk)
    fields = [field.attname for field in Article._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(expected, name) for name in fields]
    with django_assert_num_queries(0):
        assert found.section.slug


def test_changes_are_seen_at_once(flood):
    now = timezone.now()
    assert by_slug.first(slug="flood", now=now).kicker != "Later"
    Article.objects.filter(pk=flood.pk).update(kicker="Later")
    assert by_slug.first(slug="flood", now=now).kicker == "Later"


def test_tuples_and_unions_stay_tuples(flood):
    of_language = Composed(
        lambda language: (
            Article.objects.filter(language=language)
            .values_list("slug")
            .union(Article.objects.filter(slug="none").values_list("slug"))
        ),
        language=str,
    )
    assert of_language(language="en") == [("flood",)]
    assert of_language(language="tr") == []


def test_hostile_value_is_only_a_value(flood):
    for slug in ("'; DROP TABLE articles_article --", "%(slug)s", "%s", "\ue0000", "\\"):
        assert by_slug(slug=slug, now=timezone.now()) == []
    assert Article.objects.exists()


def test_number_that_no_column_holds_finds_nothing(flood, django_assert_num_queries):
    by_id = Composed(lambda pk: Article.objects.filter(pk=pk), pk=int)
    assert by_id(pk=flood.pk) == [flood]
    assert by_id(pk=2**63 - 1) == []
    with django_assert_num_queries(0):  # it would fit no index
        assert by_id(pk=2**63) == by_id(pk=10**20) == []


def test_wrong_names_are_refused(flood):
    with pytest.raises(TypeError):
        by_slug(slug="flood")
    with pytest.raises(TypeError):
        by_slug(slug="flood", now=timezone.now(), language="en")


def test_value_that_the_query_does_not_ask_for_is_a_mistake(db):
    forgetful = Composed(lambda slug: Article.objects.all(), slug=str)
    with pytest.raises(ValueError, match="slug"):
        forgetful(slug="flood")


@pytest.mark.parametrize("build", [
    lambda asked: Article.objects.filter(publish_at__lte=asked + timedelta(hours=1)),
    lambda asked: Article.objects.filter(publish_at__date=asked.date()),
    lambda asked: Article.objects.filter(publish_at__year=asked.year),
])  # fmt: skip
def test_what_is_made_of_a_value_is_a_mistake(db, build):
    made = Composed(lambda now: Article.objects.live(now) & build(now), now=datetime)
    with pytest.raises(ValueError, match="stand-in"):
        made(now=timezone.now())


def test_part_of_a_value_or_another_number_is_a_mistake(db):
    part = Composed(lambda slug: Article.objects.filter(slug=slug, kicker=slug[:1]), slug=str)
    number = Composed(lambda pk: Article.objects.filter(pk=pk, story=pk + 1), pk=int)
    for made, value in ((part, {"slug": "flood"}), (number, {"pk": 1})):
        with pytest.raises(ValueError, match="stand-in"):
            made(**value)


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_mix_their_values():
    slugs = [make_article(slug=f"story-{number}").slug for number in range(4)]
    now = timezone.now()

    def ask(slug):
        try:
            return {by_slug.first(slug=slug, now=now).slug for _time in range(50)}
        finally:
            connection.close()

    with ThreadPoolExecutor(len(slugs)) as pool:
        assert list(pool.map(ask, slugs)) == [{slug} for slug in slugs]


def test_connection_prepares_what_it_is_asked_again(db):
    seen = []
    for number in range(4):
        with prepared_cursor() as cursor:
            cursor.execute("SELECT 'again', %s::int + 1", [number])
            assert cursor.fetchone() == ("again", number + 1)
        seen.append(times_prepared("SELECT 'again'"))
    assert (seen[0], seen[-1]) == (0, 1)


def test_what_is_always_the_same_is_planned_with(flood):
    for _time in range(3):
        by_slug(slug="flood", now=timezone.now())
    assert times_prepared("IN ('published')") == 1  # else article_latest would fit no plan


def test_signs_of_parameters_in_what_is_always_the_same_are_only_signs(db):
    odd = make_article(kicker="100 %s 'of' %%")
    by_language = Composed(
        lambda language: Article.objects.filter(kicker=odd.kicker, language=language), language=str
    )
    assert by_language(language="en") == [odd]
    assert by_language(language="de") == []


def test_numbers_of_all_sizes_are_one_statement(flood):
    by_id = Composed(lambda pk: Article.objects.filter(pk=pk, kicker="sizes"), pk=int)
    for pk in (1, 10**6, 10**12) * 3:
        by_id(pk=pk)
    assert times_prepared("'sizes'") == 1


def test_django_s_own_cursors_do_not_prepare(db):
    for _time in range(5):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'never', %s::int", [1])
    assert times_prepared("SELECT 'never'") == 0


@pytest.mark.django_db(transaction=True)
def test_change_of_a_type_below_what_is_prepared_costs_nothing():
    """As a migration does, from another connection, while the site runs."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE below (name varchar(10)); INSERT INTO below VALUES ('old')")
    try:
        for _time in range(3):
            assert named() == "old"
        with other_connection() as other:
            other.execute("ALTER TABLE below ALTER COLUMN name TYPE varchar(20)")
        assert [named() for _time in range(3)] == ["old"] * 3
        with connection.cursor() as cursor:
            cursor.execute("UPDATE below SET name = 'new'")
        assert named() == "new"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE below")
        connection.close_pool()  # no later test gets the connection that prepares nothing


@pytest.mark.django_db(transaction=True)
def test_change_of_a_type_below_a_pipeline_costs_nothing():
    alive = Composed(lambda name: Heartbeat.objects.filter(worker_id=name), name=str)
    asked = ((alive, {"name": "first"}), (alive, {"name": "second"}))
    Heartbeat.objects.create(worker_id="first", beat_at="2026-01-01T00:00Z")
    change = "ALTER TABLE operations_heartbeat ALTER COLUMN worker_id TYPE varchar({})"
    try:
        for _time in range(3):
            assert [len(rows) for rows in all_of(*asked)] == [1, 0]
        with other_connection() as other:
            other.execute(change.format(99))
        assert [[len(rows) for rows in all_of(*asked)] for _time in range(3)] == [[1, 0]] * 3
    finally:
        with connection.cursor() as cursor:
            cursor.execute(change.format(64))
        connection.close_pool()  # no later test gets the connection that prepares nothing


def named():
    with prepared_cursor() as cursor:
        cursor.execute("SELECT name FROM below WHERE %s::int = 1", [1])
        return cursor.fetchone()[0]


def other_connection():
    known = ("dbname", "user", "password", "host", "port")
    where = connection.get_connection_params()
    return psycopg.connect(**{key: where[key] for key in known if where.get(key)}, autocommit=True)


def test_error_inside_leaves_the_connection_usable(flood):
    with pytest.raises(DataError), transaction.atomic():
        by_slug(slug="nul\x00", now=timezone.now())
    assert by_slug(slug="flood", now=timezone.now()) == [flood]
