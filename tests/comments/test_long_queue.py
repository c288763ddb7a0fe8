"""A queue of ten thousand comments asks, and reads, no more than a short one."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import queues
from comments.models import Comment
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator
from tests.comments.rows import make_long_conversation

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
QUEUE = "/admin/comments/comment/queue/unreviewed/"


def queries_of(client, **asked) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(QUEUE, asked).status_code == 200
    return len(captured)


def rows_read(before: int) -> int:
    """How many comments the database looks at for a page that begins there."""
    found = Comment.objects.filter(queues.QUEUES["unreviewed"].condition, pk__lt=before)
    sql, values = found.order_by("-pk")[: queues.A_PAGE + 1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
        told = cursor.fetchone()[0]
    scan = (told if isinstance(told, list) else json.loads(told))[0]["Plan"]
    while "Plans" in scan:
        [scan] = scan["Plans"]
    return scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0)


def test_ten_thousand_cost_what_fifty_do(client):
    make_site()
    client.force_login(make_moderator())
    make_long_conversation(make_article(), threads=10, replies=4)
    client.get(QUEUE)
    few = queries_of(client)
    make_long_conversation(make_article(), threads=2000, replies=4)
    middle = Comment.objects.order_by("pk")[5000].pk
    assert queries_of(client) == queries_of(client, before=middle) == few
    assert queues.counts()["unreviewed"] == 10_050
    assert '<span class="queue-count">10050</span>' in client.get(QUEUE).text
    assert rows_read(middle) == rows_read(10**12) == queues.A_PAGE + 1
