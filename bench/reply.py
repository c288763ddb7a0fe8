"""A reply at any place of a thread of 100,000, against a plain INSERT of the same row.

Both are one transaction on one connection, and what counts is the time spent in its statements,
BEGIN and COMMIT included. The plain table has the same rows, indexes, keys, checks and triggers,
with search words of its own; into it goes the very statement with which the reply was written. Both
take turns, and a round is the median of five. Counters are apart. Half of the replies answer the
thread's first comment, below which half of all stand, the others any comment.
"""

import random
import statistics
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import connection, transaction

from bench.measuring import Row, database_time, fact, milliseconds, ratio
from bench.plain import add_keys, add_triggers, plain_table, run
from bench.world import Scale, settle, thread
from comments.models import Comment
from operations.composed import insert, prepared_cursor

TABLE, SEARCHED = "comments_comment", "comments_searchtext"
A_TURN = 5
PLACES = """
SELECT count(*), coalesce(sum(hashtextextended(concat_ws(',', id, parent_id, tree_id, lft, rght,
    level), 0)::numeric), 0) FROM comments_comment WHERE id <= %s
"""


def measure(scale: Scale) -> list[Row]:
    root = thread(scale.rows(100_000))
    last = Comment.objects.order_by("-id")[0].pk
    before = places(last)
    with plain_table(TABLE) as plain, plain_table(SEARCHED) as searched:
        columns = ", ".join(
            field.column for field in Comment._meta.concrete_fields if not field.generated
        )
        run(f"INSERT INTO {plain} ({columns}) OVERRIDING SYSTEM VALUE"
            f" SELECT {columns} FROM {TABLE} WHERE tree_id = {root.tree_id}")  # fmt: skip
        run(f"SELECT setval(pg_get_serial_sequence('{plain}', 'id'), {last})")
        add_keys(plain, TABLE)
        run(f"INSERT INTO {searched} SELECT found.* FROM {SEARCHED} found"
            f" JOIN {plain} ON id = comment_id")  # fmt: skip
        add_keys(searched, SEARCHED, (TABLE,))
        for each in (TABLE, SEARCHED):
            add_triggers(each, (TABLE, SEARCHED))
        run(f"ANALYZE {plain}")
        settle()
        pairs = [replied(answered, plain) for answered in places_in(root, scale.rounds(250))]
    ours, theirs = zip(*map(middle_pair, batched(pairs[A_TURN:], A_TURN)), strict=True)
    return [
        ratio("reply in a thread of 100,000, by plain INSERT", ours, theirs, at_most=1.5),
        fact("no tree column of another row was written", before == places(last), "checked"),
    ]


def middle_pair(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    ours, theirs = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(theirs)


def places_in(root: Comment, number: int) -> Iterator[Comment]:
    chance = random.Random(3)
    ids = list(Comment.objects.filter(tree_id=root.tree_id).values_list("pk", flat=True))
    for pk in chance.choices(ids, k=number):
        yield Comment.objects.get(pk=root.pk if chance.random() < 0.5 else pk)


def replied(answered: Comment, plain: str) -> tuple[float, float]:
    """Milliseconds of a reply to `answered`, and of the same row written plainly."""
    ours, (sql, parameters) = written(answered)
    sql = sql.replace(f'"{TABLE}"', f'"{plain}"')
    block = transaction.atomic()
    block.__enter__()
    with prepared_cursor() as cursor:
        theirs = milliseconds(lambda: cursor.execute(sql, parameters))
    theirs += milliseconds(lambda: block.__exit__(None, None, None))
    return ours, theirs


def written(answered: Comment) -> tuple[float, tuple[str, Any]]:
    """Milliseconds in the database for a reply to `answered`, and the statement that wrote it."""
    comment, took = like(answered), []
    statements: list[tuple[str, Any]] = []
    block = transaction.atomic()
    block.__enter__()
    # As a whole: what is sent in a pipeline is waited for at its end, and not in a statement.
    took.append(milliseconds(lambda: Comment.objects.insert_node(comment, answered)))
    with database_time(took, statements):
        insert(comment)
    took.append(milliseconds(lambda: block.__exit__(None, None, None)))
    return sum(took), next(each for each in statements if each[0].startswith("INSERT"))


def like(answered: Comment) -> Comment:
    """An unsaved reply to it by the same writer, long as it is."""
    same = ("discussion_id", "article_id", "language", "author_id", "guest_name", "guest_email",
            "guest_id", "text", "html", "created_at")  # fmt: skip
    values = {name: getattr(answered, name) for name in same}
    return Comment(**values, status="public", public_at=answered.created_at, in_reply_to=answered)


def places(last: int) -> Any:
    """A digest of where all comments stand that were there at the beginning."""
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [last])
        return cursor.fetchone()
