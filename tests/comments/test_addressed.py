"""A comment that is answered, reported or voted for is read with what that asks, and no more."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from comments.refusals import BranchClosed, NotPublic
from comments.screening.learning import send_turn
from operations.composed import prepared_cursor
from tests.builders import make_article, make_user
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db
# How Django reads a row again for what was left out.
TABLES = "comments_comment|comments_discussion|articles_article|accounts_user"
READ_AGAIN = re.compile(rf'FROM "({TABLES})" .*LIMIT 21$')


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
    again = [each["sql"] for each in asked if READ_AGAIN.search(each["sql"])]
    assert len(again) == (who != "a guest"), again  # who is signed in


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"status": "removed", "reason": "spam"}, NotPublic),
        ({"closed_at": "2026-01-01T00:00Z"}, BranchClosed),
    ],
)
def test_what_happened_after_it_was_read_counts_when_it_is_locked(fields, refusal):
    article = make_article()
    comment = write(article)
    before = Comment.objects.select_related("discussion").get(pk=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(**fields)
    with pytest.raises(refusal):
        write(article, in_reply_to=before)


def test_who_writes_asks_by_indexes_however_small_a_table_was():
    plans = []
    write(make_article(), network="203.0.113.0/24")
    with prepared_cursor() as cursor:
        cursor.execute("ANALYZE comments_trace")
        # the post above was within this transaction
        cursor.execute("SET LOCAL enable_seqscan = on")
        for _time in range(2):
            cursor.execute("EXPLAIN SELECT FROM comments_trace WHERE network = 'x'")
            plans.append(cursor.fetchone()[0])
            send_turn("guest:1", by=cursor)
    assert ["Seq Scan" in plan for plan in plans] == [True, False]
