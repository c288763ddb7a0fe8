"""A comment that is answered, reported or voted for is read with what that asks, and no more."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from comments.screening.learning import send_turn
from operations.composed import prepared_cursor
from tests.builders import make_article, make_user
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db
# How Django reads a row again for what was left out.
LEFT_OUT = re.compile(r'FROM "(comments_comment|comments_discussion|articles_article)" .*LIMIT 21$')


@pytest.mark.parametrize("who", ["a guest", "a member", "its writer"])
@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("reply", None),
        ("reply", typed(text="")),
        ("reply", typed(text="We were there at five.")),
        ("reply", typed(text="We *were* there.", preview="1")),
        ("vote", {"value": "1"}),
        ("vote", {"value": "7"}),
        ("flag", None),
        ("flag", {"reason": "spam"}),
        ("flag", {}),
    ],
)
def test_nothing_that_was_left_out_is_asked_for(client, who, deed, fields):
    writer, other = make_user(), make_user()
    comment = write(make_article(slug="ferry"), author=writer)
    if who != "a guest":
        client.force_login(writer if who == "its writer" else other)
    address = f"/comments/{comment.pk}/{deed}/"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address) if fields is None else client.post(address, fields)
    assert answer.status_code < 500
    assert [each["sql"] for each in asked if LEFT_OUT.search(each["sql"])] == []


def test_removed_after_it_was_read_it_takes_no_answer():
    """What is asked when its row is locked is as it is then."""
    comment = write(make_article())
    before = Comment.objects.select_related("discussion").get(pk=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(status="removed", reason="spam")
    Comment.objects.insert_node(Comment(), before)
    assert not before.is_public


def test_who_writes_asks_by_indexes_however_small_a_table_was():
    with prepared_cursor() as cursor:
        send_turn("guest:1", by=cursor)
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("off",)
