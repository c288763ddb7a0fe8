"""A row that is inserted is the one that Django's own `save()` would write."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from comments.models import Comment, Discussion
from operations.composed import Along, insert, prepared_cursor, receive, send
from operations.models import Heartbeat
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db
OWN = ("id", "tree_id")  # what two rows never have in common


def new(article, **fields):
    discussion = Discussion.objects.get_or_create(story=article.story)[0]
    comment = Comment(article=article, language="en", discussion=discussion, text="Fog. 100 %",
                      html="<p>Fog. 100 %</p>", created_at=timezone.now(), public_at=timezone.now(),
                      status="public", **fields)  # fmt: skip
    return Comment.objects.insert_node(comment, None)


@pytest.mark.parametrize("is_member", [True, False])
def test_inserted_row_is_the_saved_one(is_member, django_assert_num_queries):
    article = make_article()
    who = {"author": make_user()} if is_member else {"guest_name": "Ines 'Fog' Halloran"}
    inserted, saved = new(article, **who), new(article, **who)
    inserted.created_at = inserted.public_at = saved.created_at = saved.public_at
    with django_assert_num_queries(1):
        insert(inserted)
    saved.save()
    first, second = (
        Comment.objects.filter(pk=comment.pk).values().get() for comment in (inserted, saved)
    )
    assert {k: v for k, v in first.items() if k not in OWN} == {
        k: v for k, v in second.items() if k not in OWN
    }


def test_inserted_row_knows_its_key_and_what_the_database_made():
    comment = new(make_article(), guest_name="Ines")
    insert(comment)
    assert comment.pk and comment.score == 0 and not comment._state.adding
    comment.text = "Clear."
    comment.save(update_fields=["text"])
    assert Comment.objects.get(pk=comment.pk).text == "Clear."


def test_constraint_refuses_an_inserted_row():
    comment = new(make_article(), guest_name="Ines")
    comment.status = "odd"
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(comment)
    assert not Comment.objects.exists()


def test_what_stands_beside_knows_the_row_and_is_written_with_it(django_assert_num_queries):
    comment = new(make_article(), guest_name="Ines")
    sql = """INSERT INTO operations_heartbeat (worker_id, beat_at)
        SELECT %(who)s || id, now() FROM added"""
    with django_assert_num_queries(1), prepared_cursor() as cursor:
        send(comment, Along(sql, {"who": "of "}), by=cursor)
        receive(comment, by=cursor)
    assert Heartbeat.objects.get().worker_id == f"of {comment.pk}"


def test_row_is_not_written_where_what_stands_beside_is_refused():
    comment = new(make_article(), guest_name="Ines")
    along = Along(
        "UPDATE operations_heartbeat SET worker_id = NULL RETURNING 1 / %(by)s", {"by": 0}
    )
    Heartbeat.objects.create(worker_id="first", beat_at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic(), prepared_cursor() as cursor:
        send(comment, along, by=cursor)
    assert not Comment.objects.exists()
