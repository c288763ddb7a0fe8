"""What is sent in a pipeline is done in order, or not at all, and waited for once."""

import time

import pytest
from django.db import DataError, connection, transaction

from comments.models import Comment, Discussion
from operations.composed import Composed, all_of, prepared_cursor, receive, send
from operations.models import Heartbeat
from operations.pipelines import pipeline
from tests.builders import make_article
from tests.operations.wires import ways

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "INSERT INTO operations_heartbeat (worker_id, beat_at) VALUES (%s, now())"
COUNT = "SELECT count(*) FROM operations_heartbeat WHERE 1 / (%s::int) > -1"


def test_each_statement_sees_what_the_one_before_has_done():
    with transaction.atomic(), prepared_cursor() as writing, prepared_cursor() as reading:
        with pipeline():
            writing.execute(ADD, ["first"])
            reading.execute(COUNT, [1])
            writing.execute(ADD, ["second"])
        assert reading.fetchone() == (1,)
    assert Heartbeat.objects.count() == 2


def test_statements_are_one_way_to_the_database():
    for _time in range(3):  # prepared from the second time on
        with ways() as went, transaction.atomic(), prepared_cursor() as cursor, pipeline():
            for _statement in range(3):
                cursor.execute(COUNT, [1])
    assert went.number == 2  # BEGIN goes with them, COMMIT behind


def test_error_outside_of_a_transaction_leaves_nothing_behind():
    """psycopg takes what stood behind the error to be prepared on this connection."""
    for divisor in (1, 0, 1, 1, 1):
        try:
            with prepared_cursor() as first, prepared_cursor() as second, pipeline():
                first.execute(COUNT, [divisor])
                second.execute("SELECT 'behind' WHERE %s::int = 1", [1])
        except DataError:
            assert divisor == 0
        else:
            assert divisor == 1


def test_nobody_waits_before_the_end():
    with transaction.atomic(), prepared_cursor() as cursor:
        begun = time.perf_counter()
        with pipeline():
            cursor.execute("SELECT pg_sleep(0.3)")
            cursor.execute("SELECT 1")
            sent = time.perf_counter() - begun
    assert sent < 0.2 < 0.3 <= time.perf_counter() - begun


def test_error_is_django_s_and_what_stands_behind_it_is_not_done():
    with pytest.raises(DataError), transaction.atomic(), prepared_cursor() as cursor, pipeline():
        cursor.execute(ADD, ["first"])
        cursor.execute(COUNT, [0])
        cursor.execute(ADD, ["second"])
    assert not Heartbeat.objects.exists()


def test_error_in_a_savepoint_leaves_the_transaction_usable():
    with transaction.atomic():
        Heartbeat.objects.create(worker_id="first", beat_at="2026-01-01T00:00Z")
        with prepared_cursor() as cursor:
            with pytest.raises(DataError), transaction.atomic(), pipeline():
                cursor.execute(COUNT, [0])
            with pipeline():
                cursor.execute(ADD, ["second"])
    assert Heartbeat.objects.count() == 2


def test_row_and_composed_query_come_in_halves():
    article = make_article()
    row = Comment(article=article, language="en", guest_name="Ines", text="Fog.", status="public",
                  discussion=Discussion.objects.create(story=article.story),
                  created_at=article.publish_at, public_at=article.publish_at)  # fmt: skip
    comments = Composed(lambda: Comment.objects.all())
    with transaction.atomic(), prepared_cursor() as added, prepared_cursor() as asked:
        Comment.objects.insert_node(row, None)
        with pipeline():
            send(row, by=added)
            comments.send(by=asked)
        receive(row, by=added)
        assert comments.receive(by=asked) == [row]
    assert row.pk and row.score == 0


def test_composed_queries_go_on_one_way():
    article = make_article()
    of_story = Composed(lambda story: Discussion.objects.filter(story=story), story=int)
    alive = Composed(lambda name: Heartbeat.objects.filter(worker_id=name), name=str)
    discussion = Discussion.objects.create(story=article.story)
    asked = ((of_story, {"story": article.story_id}), (alive, {"name": "w"}))
    for _time in range(3):  # prepared from the second time on
        with ways() as went:
            found = all_of(*asked)
        assert found == [[discussion], []] and went.number == 1


def test_transaction_that_a_pipeline_began_is_rolled_back_and_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), prepared_cursor() as cursor:
        with pipeline():
            cursor.execute(ADD, ["first"])
        with transaction.atomic(), pipeline():
            cursor.execute(ADD, ["second"])
        raise ZeroDivisionError
    assert not Heartbeat.objects.exists()
    with transaction.atomic(), prepared_cursor() as cursor:
        with pipeline():
            cursor.execute(ADD, ["third"])
        assert not connection.connection.autocommit  # or Django's iterator() would want WITH HOLD
    assert connection.connection.autocommit and Heartbeat.objects.get().worker_id == "third"


def test_transaction_is_begun_once_though_something_is_fetched_within():
    said = []
    connection.ensure_connection()
    connection.connection.add_notice_handler(said.append)
    with transaction.atomic(), prepared_cursor() as cursor, pipeline():
        cursor.execute(COUNT, [1])
        assert cursor.fetchone() == (0,)
        cursor.execute(ADD, ["first"])
    assert not said and Heartbeat.objects.exists()
