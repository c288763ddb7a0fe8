"""A million comments seeded, against a bare COPY of the same rows; and the check of all of them.

Seeding is everything that `manage.py seed` does: inventing the rows, COPY, counters, votes of
none, indexes, keys. The bare form takes the comments as COPY has written them to a file, and writes
them by COPY into an empty table, to which it then gives the same indexes and keys, and the words by
which they are found. In turns, from empty tables each time. Then `check_comment_trees` reads
everything.
"""

import time
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from bench.measuring import Row, fact, figure, milliseconds, ratio
from bench.plain import add_keys, plain_table, run
from bench.world import Scale, settle
from comments.checking import check_trees
from comments.models import Comment
from newsroom.seeding.sowing import sow

TABLE, WORDS = "comments_comment", "comments_searchtext"
TABLES = "comments_comment, comments_discussion, comments_participant, comments_vote"
A_CHUNK = 1 << 20


def measure(scale: Scale) -> list[Row]:
    comments = scale.rows(1_000_000)
    file = Path(settings.DATA_DIR) / "comments"
    ours, bare, alone = [], [], []
    for _round in range(2):
        run(f"TRUNCATE {TABLES} CASCADE")
        ours.append(milliseconds(lambda: seeded(comments)) / 1000)
        dump(file)
        copied, whole = bare_copy(file)
        bare.append(whole)
        alone.append(copied)
    file.unlink()
    settle()
    checks = [milliseconds(check_trees) / 1000 for _round in range(1 if scale.is_quick else 3)]
    found = check_trees()
    run(f"TRUNCATE {TABLES} CASCADE")
    speed = [1 / each for each in ours], [1 / each for each in bare]
    return [
        _speed(ours, bare, *speed),
        figure("… of the bare form COPY alone, without an index", alone, "s"),
        figure("full check of a million comments", checks, "s", at_most=10),
        fact("the check finds nothing", not found, "checked"),
    ]


def _speed(
    ours: list[float], bare: list[float], our_speed: list[float], bare_speed: list[float]
) -> Row:
    row = ratio("a million comments seeded, by bare COPY", our_speed, bare_speed, at_least=0.5)
    measured = f"{row.measured.partition(';')[0]}; {min(ours):.1f} against {min(bare):.1f} s"
    return Row(row.what, measured, row.bound, row.holds, row.value)


def seeded(comments: int) -> None:
    sow(articles=comments // 200 + 2, comments=comments,
        stories_with_comments=comments // 400 + 1, votes=0)  # fmt: skip


def columns() -> str:
    fields = [field.column for field in Comment._meta.concrete_fields if not field.generated]
    return ", ".join(fields)


def dump(file: Path) -> None:
    statement = f"COPY {TABLE} ({columns()}) TO STDOUT (FORMAT BINARY)"
    with file.open("wb") as target, connection.cursor() as cursor, cursor.copy(statement) as rows:
        for chunk in rows:
            target.write(chunk)


def bare_copy(file: Path) -> tuple[float, float]:
    """Seconds of COPY, and with the indexes and keys."""
    with plain_table(TABLE) as plain, file.open("rb") as source:
        begun = time.perf_counter()
        with transaction.atomic():
            statement = f"COPY {plain} ({columns()}) FROM STDIN (FORMAT BINARY)"
            with connection.cursor() as cursor, cursor.copy(statement) as rows:
                while chunk := source.read(A_CHUNK):
                    rows.write(chunk)
            copied = time.perf_counter() - begun
            add_keys(plain, TABLE)
            write_words(plain)
        return copied, time.perf_counter() - begun


def write_words(plain: str) -> None:
    """What the comments are found by, as seeding leaves it too."""
    with plain_table(WORDS) as words:
        run(
            f"INSERT INTO {words} SELECT id, text, articles_search_vector(language, text)"
            f" FROM (SELECT id, language, comments_search_text(html) AS text FROM {plain}"
            " WHERE status = 'public') AS comment"
        )
        add_keys(words, WORDS)
