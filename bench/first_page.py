"""The first page of a conversation of 100,000: the SQL that reads it, against SELECT 1.

Times are the client's: a statement sent on the same connection, and all its rows fetched. All
statements count that `comments` sends for the fragment, taken from a real request. What the server
itself says of the one that reads the comments (EXPLAIN ANALYZE) stands beside it.
"""

from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from articles.models import Article
from bench.measuring import Row, database_time, fact, figure, milliseconds, ratio, turns
from bench.world import Scale, conversation
from comments.fragment import conversation_context
from operations.clock import request_now
from operations.models import SiteSettings

Statement = tuple[str, Any]


def measure(scale: Scale) -> list[Row]:
    sent = statements(conversation(scale.rows(100_000)))
    reading = [each for each in sent if "CROSS JOIN LATERAL" in each[0]]
    page, one = turns(
        lambda: milliseconds(lambda: fetch(reading)),
        lambda: milliseconds(lambda: fetch([("SELECT 1", None)])),
        rounds=scale.rounds(200),
    )
    planned, executed = zip(
        *(explained(reading[0]) for _round in range(scale.rounds(20))), strict=True
    )
    return [
        ratio("first page of 100,000: SQL of its comments, by SELECT 1", page, one, at_most=10),
        fact("the conversation takes at most three queries", len(sent) <= 3, f"{len(sent)}"),
        figure("… the server's own time to plan it", planned, "ms"),
        figure("… the server's own time to execute it", executed, "ms"),
    ]


def statements(article: Article) -> list[Statement]:
    """What one request for the conversation below the article sends."""
    request = RequestFactory().get(article.get_absolute_url())
    vars(request)["site_settings"] = SimpleLazyObject(SiteSettings.load)
    request_now(request), SiteSettings.of(request).name  # the page has asked for them before
    people = "contributions__contributor"
    article = Article.objects.prefetch_related(people).get(pk=article.pk)
    sent: list[Statement] = []
    with database_time([], sent):
        conversation_context(request, article)
    return sent


def fetch(sent: list[Statement]) -> None:
    with connection.cursor() as cursor:
        for sql, parameters in sent:
            cursor.execute(sql, parameters)
            cursor.fetchall()


def explained(statement: Statement) -> tuple[float, float]:
    """Milliseconds of planning and of executing."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement[0]}", statement[1])
        [told] = cursor.fetchone()[0]
    return told["Planning Time"], told["Execution Time"]
