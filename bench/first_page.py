"""The first page of a conversation of 100,000: the SQL that reads its comments, against SELECT 1.

The bound is for what the server says that it took to execute it (EXPLAIN ANALYZE, planning apart),
against the client's time for SELECT 1 on the same connection. Beside it stands the client's time
for both: sent, planned, executed, and all rows fetched. In turns, each of which is the median of
five. The statements are those of a real request.
"""

from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from articles.models import Article
from bench.measuring import Row, database_time, fact, figure, middle, milliseconds, ratio, turns
from bench.world import Scale, conversation
from comments.fragment import conversation_context
from operations.clock import request_now
from operations.composed import prepared_cursor
from operations.models import SiteSettings

Statement = tuple[str, Any]


def measure(scale: Scale) -> list[Row]:
    sent = statements(conversation(scale.rows(100_000)))
    [reading] = [each for each in sent if "CROSS JOIN LATERAL" in each[0]]
    page, one, executed = turns(
        middle(lambda: milliseconds(lambda: fetch(reading))),
        middle(lambda: milliseconds(lambda: fetch(("SELECT 1", None)))),
        middle(lambda: explained(reading, "Execution Time")),
        rounds=scale.rounds(50),
    )
    planned = [explained(reading, "Planning Time") for _round in range(scale.rounds(20))]
    return [
        ratio(
            "first page of 100,000: execution of its SQL, by SELECT 1", executed, one, at_most=10
        ),
        ratio("… the client's time for both", page, one),
        figure("… the server's time to plan it", planned, "ms"),
        fact("the conversation takes at most three queries", len(sent) <= 3, f"{len(sent)}"),
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


def fetch(sent: Statement) -> None:
    with prepared_cursor() as cursor:  # as the page does
        cursor.execute(*sent)
        cursor.fetchall()


def explained(sent: Statement, what: str) -> float:
    """Milliseconds, as the server says."""
    sql, parameters = sent
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", parameters)
        [told] = cursor.fetchone()[0]
    return told[what]
