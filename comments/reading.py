"""A conversation as its pages show it: threads in an order, or what follows in one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from comments.lines import Line, Shown, lines
from comments.models import Discussion, Status
from comments.rows import COLUMNS, PEOPLE, Row, ancestors, fetch, visible
from comments.wanted import Cursor, Sort, ThreadCursor, Wanted


class Size(NamedTuple):
    """How much a page holds: threads, comments in all, and of one thread with its first one."""

    threads: int
    comments: int
    thread: int


FIRST_REPLIES = Size(threads=20, comments=220, thread=11)
WHOLE_THREADS = Size(threads=200, comments=2000, thread=2000)
REST = 50  # what one page shows of a single thread

HIGHEST, LOWEST = (inf, "infinity"), (-inf, "-infinity")  # keys of sorts, and times

# What each sort orders threads by, and how those compare that come after a page's last one.
ORDERS = {
    Sort.NEWEST: (("public_at", "id"), "<"),
    Sort.OLDEST: (("public_at", "id"), ">"),
    Sort.MOST_VOTED: (("score", "public_at", "id"), "<"),
    Sort.BEST: (("best", "public_at", "id"), "<"),
}
# Threads in which something is that was asked for.
ASKED = """
tree_id IN (SELECT tree_id FROM comments_comment inside
    WHERE discussion_id = %(discussion)s AND {wanted})
"""
# How many is written into it: a plan for any number would be thought dear, and never kept.
# The thread that the page before has not read to its end stands first. Of whole threads those
# that begin only after the page is full are not read at all. The pinned one stands before all
# others of the first page, whatever the order, and on no other.
THREADS = """
WITH candidate AS (
    SELECT id, tree_id, public_at, reply_count, {key} AS sort_key,
        row_number() OVER ({order}) AS place,
        sum(reply_count + 1) OVER ({order}) - reply_count - 1 AS before
    FROM comments_comment
    WHERE discussion_id = %(discussion)s AND parent_id IS NULL AND public_at IS NOT NULL
        AND (status = 'public' OR reply_count > 0) AND {threads} AND {keyset} AND {asked}
        AND NOT (pinned_at IS NOT NULL AND status = 'public')
    {order} LIMIT {most_threads}
), thread AS (
    SELECT id, tree_id, public_at, reply_count, {key} AS sort_key, 0 AS place,
        %(lft)s::bigint AS start, false AS is_pinned
    FROM comments_comment
    WHERE id = %(continued)s AND discussion_id = %(discussion)s AND parent_id IS NULL
    UNION ALL
    SELECT id, tree_id, public_at, reply_count, {key}, -1, 0, true
    FROM comments_comment
    WHERE discussion_id = %(discussion)s AND pinned_at IS NOT NULL AND status = 'public'
        AND {threads} AND {asked} AND {is_first}
    UNION ALL
    SELECT id, tree_id, public_at, reply_count, sort_key, place, 0, false
    FROM candidate WHERE {fits}
)
SELECT {columns}, thread.id, thread.sort_key, thread.public_at, thread.reply_count,
    thread.is_pinned
FROM thread CROSS JOIN LATERAL (
    SELECT * FROM comments_comment comment
    WHERE tree_id = thread.tree_id AND lft > thread.start AND {visible}
    ORDER BY lft LIMIT {most_of_one}
) comment {people}
ORDER BY thread.place, comment.lft LIMIT {most}
"""
ONE_THREAD = """
SELECT {columns}, root.id, 0, root.public_at, root.reply_count, false
FROM comments_comment root JOIN comments_comment comment ON comment.tree_id = root.tree_id
{people}
WHERE root.id = %(root)s AND root.discussion_id = %(discussion)s AND root.parent_id IS NULL
    AND comment.lft > %(lft)s AND {visible}
ORDER BY comment.lft LIMIT {most}
"""


class Thread(NamedTuple):
    """The thread that a row was read of."""

    id: int
    key: float
    public_at: datetime
    reply_count: int
    is_pinned: bool


@dataclass(frozen=True)
class Page:
    """Lines for the template, and the signed cursor of the next page, '' on the last one."""

    lines: list[Line]
    after: str = ""


Found = list[tuple[Row, Thread]]


def read(discussion: Discussion, wanted: Wanted, *, shown_with: Shown) -> Page:
    """A page of the conversation. One query, one more where it begins inside of a thread.

    Raises BadSignature for a cursor that is not ours.
    """
    if wanted.thread:
        return _one_thread(discussion, wanted, shown_with)
    cursor = Cursor.read(wanted.after, wanted.sort) if wanted.after else None
    if discussion.pk is None:
        return Page([])
    size = WHOLE_THREADS if wanted.is_whole else FIRST_REPLIES
    found = _threads(discussion, wanted, cursor, size)
    kept = set(list(dict.fromkeys(thread.id for _row, thread in found))[: size.threads])
    shown = [each for each in found if each[1].id in kept]
    has_more = len(shown) < len(found)
    if wanted.is_whole:
        shown, has_more = shown[: size.comments], len(shown[: size.comments]) < len(found)
        after = _end(found, len(shown), wanted, cursor).sign(wanted.sort) if has_more else ""
        return Page(_lines(shown, shown_with), after)
    shown, rests = _first_replies(shown, size.thread)
    after = _end(shown, len(shown), wanted, cursor).sign(wanted.sort) if has_more else ""
    return Page(_with_rests(_lines(shown, shown_with), shown, rests, wanted), after)


def _threads(discussion: Discussion, wanted: Wanted, cursor: Cursor | None, size: Size) -> Found:
    """Whatever a page may show, and a row more where something follows."""
    columns, comparison = ORDERS[wanted.sort]
    is_descending = comparison == "<"
    order = ", ".join(f"{column} DESC" if is_descending else column for column in columns)
    keys = "%(key)s, %(public_at)s, %(id)s" if len(columns) == 3 else "%(public_at)s, %(id)s"
    most = 1 + (size.comments if wanted.is_whole else (size.threads + 1) * (size.thread + 1))
    sql = THREADS.format(
        key=columns[0] if len(columns) == 3 else "0",
        order=f"ORDER BY {order}",
        keyset=f"({', '.join(columns)}) {comparison} ({keys})" if cursor else "true",
        threads=wanted.threads,
        is_first="false" if cursor else "true",
        asked=ASKED.format(wanted=wanted.condition.format(name="inside"))
        if wanted.is_filtered
        else "true",
        fits=f"before < {most}" if wanted.is_whole and not wanted.is_filtered else "true",
        most_threads=size.threads + 1,
        most_of_one=size.thread + 1,
        most=most,
        visible=visible(wanted.condition),
        columns=COLUMNS,
        people=PEOPLE,
    )
    start = cursor or Cursor(0, "", 0)
    parameters = {
        "discussion": discussion.pk,
        "continued": start.id if start.lft else None,
    }
    return _split(fetch(sql, {**parameters, **start._asdict(), **wanted.parameters}))


def _split(found: list[tuple[Any, ...]]) -> Found:
    width = len(Row._fields)
    return [(Row(*each[:width]), Thread(*each[width:])) for each in found]


def _end(found: Found, length: int, wanted: Wanted, start: Cursor | None) -> Cursor:
    """Where a page ends that began at `start` and shows the first `length` of these rows."""
    row, thread = found[length - 1]
    is_cut = length < len(found) and found[length][1].id == thread.id
    lft = row.lft if is_cut else 0
    if start and start.lft and start.id == thread.id:  # nothing but the rest of a thread
        return start._replace(lft=lft)
    if thread.is_pinned:  # nothing but the pinned one: all others come after it
        is_descending = ORDERS[wanted.sort][1] == "<"
        return Cursor(*(HIGHEST if is_descending else LOWEST), thread.id, lft)
    return Cursor(thread.key, thread.public_at.isoformat(), thread.id, lft)


def _first_replies(found: Found, limit: int) -> tuple[Found, dict[int, ThreadCursor]]:
    """At most `limit` comments of each thread, and how far those are read that go on."""
    of_threads: dict[int, list[Row]] = {}
    shown: Found = []
    rests: dict[int, ThreadCursor] = {}
    for row, thread in found:
        rows = of_threads.setdefault(thread.id, [])
        if len(rows) < limit:
            rows.append(row)
            shown.append((row, thread))
        else:
            rests[thread.id] = ThreadCursor(thread.id, rows[-1].lft, _replies(rows))
    return shown, rests


def _replies(rows: Iterable[Row]) -> int:
    return sum(row.level > 0 and row.status == Status.PUBLIC for row in rows)


def _lines(found: Found, shown_with: Shown) -> list[Line]:
    """With those that the first one stands below, named, where its thread began before."""
    if not found:
        return []
    rows = [row for row, _thread in found]
    above = ancestors(rows[0]) if rows[0].parent_id else []
    groups = [found[0][1].id] * len(above) + [thread.id for _row, thread in found]
    rows = [*above, *rows]
    places = [(group, row.level) for group, row in zip(groups, rows, strict=True)]
    return lines(rows, places, shown=shown_with, context={row.id for row in above})


def _with_rests(
    made: list[Line], shown: Found, rests: dict[int, ThreadCursor], wanted: Wanted
) -> list[Line]:
    """Tells the last line of each thread that goes on where, and how many replies remain."""
    replies = {thread.id: thread.reply_count for _row, thread in shown}
    for line, (_row, thread) in zip(made[-len(shown) :], shown, strict=True):
        if line["end"] and (rest := rests.get(thread.id)):
            line["rest"] = rest.sign()
            line["thread"] = SafeString(thread.id)
            # 0 where it is not known how many remain of those asked for
            is_known = not wanted.is_filtered and rest.replies is not None
            line["rest_count"] = replies[thread.id] - (rest.replies or 0) if is_known else 0
    return made


def _one_thread(discussion: Discussion, wanted: Wanted, shown_with: Shown) -> Page:
    """The only thread asked for, or what follows in it."""
    start = ThreadCursor.read(wanted.after) if wanted.after else ThreadCursor(0, 0, 0)
    sql = ONE_THREAD.format(
        columns=COLUMNS, people=PEOPLE, visible=visible(wanted.condition), most=REST + 1
    )
    parameters = {"discussion": discussion.pk, "root": wanted.thread, "lft": start.lft}
    found = _split(fetch(sql, parameters | wanted.parameters))
    shown, rests = found[:REST], {}
    if len(found) > REST:
        row, thread = shown[-1]
        here = _replies(row for row, _thread in shown)
        replies = None if start.replies is None else start.replies + here
        rests[thread.id] = ThreadCursor(thread.id, row.lft, replies)
    return Page(_with_rests(_lines(shown, shown_with), shown, rests, wanted))
