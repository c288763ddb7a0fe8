"""A conversation as its page shows it: one query, and text that the template only joins."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.core import signing
from django.db import connection, models
from django.utils import formats, timezone
from django.utils.dateformat import DateFormat
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comments.models import Discussion, Status
from richtext.comments import stored_comment_html

THREADS = 50
COMMENTS = 1000
HUES = 12


class Sort(models.TextChoices):
    """How threads are ordered; replies always stand in the order of the talk."""

    NEWEST = "newest", _("Newest")
    OLDEST = "oldest", _("Oldest")
    MOST_VOTED = "most-voted", _("Most Voted")


# How each sort orders threads, and which come at or after the cursor's. `lft` goes on inside
# the cursor's own thread.
ORDERS = {
    Sort.NEWEST: ("id DESC", "id <= %(id)s"),
    Sort.OLDEST: ("id", "id >= %(id)s"),
    Sort.MOST_VOTED: ("score DESC, id DESC", "(score, id) <= (%(score)s, %(id)s)"),
}
# Whatever is not public is read only where something answers it, to stand as a placeholder.
QUERY = """
SELECT comment.id, comment.lft, comment.level, comment.status, comment.parent_id,
    comment.in_reply_to_id, comment.language, comment.html, comment.created_at, comment.score,
    comment.guest_name, comment.author_id, member.first_name, member.last_name, member.username,
    thread.id AS thread_id, thread.score AS thread_score
FROM (
    SELECT id, tree_id, score FROM comments_comment
    WHERE discussion_id = %(discussion)s AND parent_id IS NULL
        AND (status = 'public' OR reply_count > 0) AND {keyset}
    ORDER BY {order} LIMIT %(threads)s
) thread
CROSS JOIN LATERAL (
    SELECT * FROM comments_comment inner_comment
    WHERE tree_id = thread.tree_id
        AND lft > CASE WHEN thread.id = %(id)s THEN %(lft)s ELSE 0 END
        AND (status = 'public' OR EXISTS (
            SELECT FROM comments_comment WHERE in_reply_to_id = inner_comment.id))
    ORDER BY lft LIMIT %(comments)s
) comment
LEFT JOIN accounts_user member ON member.id = comment.author_id
ORDER BY {outer_order}, comment.lft LIMIT %(comments)s
"""


class Row(NamedTuple):
    id: int
    lft: int
    level: int
    status: str
    parent_id: int | None
    in_reply_to_id: int | None
    language: str
    html: str
    created_at: datetime
    score: int
    guest_name: str
    author_id: int | None
    first_name: str
    last_name: str
    username: str
    thread_id: int
    thread_score: int

    @property
    def name(self) -> str:
        """As `Comment.name`, without loading models."""
        if self.author_id is None:
            return self.guest_name
        return f"{self.first_name} {self.last_name}".strip() or self.username


class Cursor(NamedTuple):
    """Where a page ended: the thread by its sort's key, and the last comment read of it."""

    score: int
    id: int
    lft: int

    def sign(self, sort: Sort) -> str:
        return _signer(sort).sign_object(list(self))

    @classmethod
    def read(cls, signed: str, sort: Sort) -> "Cursor":
        """Raises BadSignature for anything that `sign` did not make for this sort."""
        return cls(*_signer(sort).unsign_object(signed))


def _signer(sort: Sort) -> signing.Signer:
    return signing.Signer(salt=f"comments.reading.{sort.value}")


@dataclass(frozen=True)
class Page:
    """Lines for the template, and the signed cursor of the next page, '' on the last one."""

    lines: list[dict[str, Any]]
    after: str


def read(
    discussion: Discussion, *, sort: Sort, after: str = "", badges: dict[int, str] | None = None
) -> Page:
    """At most 50 threads and 1,000 comments of the conversation. One query.

    `badges` are labels by member id. Raises BadSignature for a cursor that is not ours.
    """
    cursor = Cursor.read(after, sort) if after else None
    if discussion.pk is None:
        return Page([], "")
    rows = _rows(discussion, sort, cursor)
    shown, rest = _cut(rows)
    lines = list(_lines(_answered(shown), badges or {}))
    last = shown[-1] if shown and rest else None
    end = Cursor(last.thread_score, last.thread_id, last.lft).sign(sort) if last else ""
    return Page(lines, end)


def _rows(discussion: Discussion, sort: Sort, cursor: Cursor | None) -> list[Row]:
    order, keyset = ORDERS[sort]
    outer_order = ", ".join(f"thread.{column}" for column in order.split(", "))
    sql = QUERY.format(order=order, outer_order=outer_order, keyset=keyset if cursor else "true")
    start = cursor or Cursor(0, 0, 0)
    # One thread more tells whether there is a next page; the cursor's own may be read to its end.
    limits = {"threads": THREADS + 2, "comments": COMMENTS + 1}
    with connection.cursor() as db:
        db.execute(sql, {"discussion": discussion.pk, **limits, **start._asdict()})
        return [Row(*row) for row in db.fetchall()]


def _cut(rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows of one page, and whether more follow."""
    threads = list(dict.fromkeys(row.thread_id for row in rows))
    kept = set(threads[:THREADS])
    shown = [row for row in rows if row.thread_id in kept][:COMMENTS]
    return shown, len(shown) < len(rows)


def _answered(rows: list[Row]) -> list[Row]:
    """Without those hidden ones below which, and as answers to which, nothing is shown."""
    needed: set[int | None] = set()
    for row in sorted(rows, key=lambda row: row.id, reverse=True):  # answers come after
        if row.status == Status.PUBLIC or row.id in needed:
            needed |= {row.id, row.parent_id, row.in_reply_to_id}
    return [row for row in rows if row.id in needed]


def _lines(rows: Sequence[Row], badges: dict[int, str]) -> Iterator[dict[str, Any]]:
    """What the template writes for each row, everything escaped and formatted already."""
    public = [row for row in rows if row.status == Status.PUBLIC]
    names = {row.id: conditional_escape(row.name) for row in public}
    date_format = formats.get_format("DATETIME_FORMAT")
    for row, tail in zip(rows, _tails(rows), strict=True):
        line: dict[str, Any] = {"id": SafeString(row.id), "tail": tail}
        if row.status != Status.PUBLIC:
            yield line | {"hidden": row.status}
            continue
        written = timezone.localtime(row.created_at)
        line |= {
            "name": names[row.id],
            "initials": conditional_escape(initials(row.name)),
            "hue": SafeString(zlib.crc32(row.name.casefold().encode()) % HUES),
            "written": SafeString(written.isoformat(timespec="seconds")),
            "written_text": conditional_escape(DateFormat(written).format(date_format)),
            "language": SafeString(row.language),
            "html": stored_comment_html(row.html),
            "score": SafeString(row.score),
        }
        if row.author_id in badges:
            line["badge"] = badges[row.author_id]
        if row.in_reply_to_id and row.in_reply_to_id != row.parent_id:
            line["answered"] = SafeString(row.in_reply_to_id)
            line["answered_name"] = names.get(row.in_reply_to_id, "")
        yield line


def _tails(rows: Sequence[Row]) -> Iterator[SafeString]:
    """What closes each comment's element, or opens its replies, by the depth of the next one.

    A page may begin inside a thread: what hangs from nothing on the page stands as a root.
    """
    open_levels: list[int] = []
    places = [*((row.thread_id, row.level) for row in rows), (0, 0)]
    for (thread, level), (next_thread, next_level) in pairwise(places):
        if next_thread == thread and next_level > level:
            open_levels.append(level)
            yield SafeString('<div class="replies">')
            continue
        tail = "</article>"
        floor = next_level if next_thread == thread else 0
        while open_levels and open_levels[-1] >= floor:
            open_levels.pop()
            tail += "</div></article>"
        yield SafeString(tail)


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()
