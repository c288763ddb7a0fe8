"""A comment on a page of its own, amid what it answers, what answers it and what stands beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from articles.models import Article
from comments.lines import Line, Shown, lines
from comments.models import Comment
from comments.rows import COLUMNS, PEOPLE, Row, answered_chain, fetch, visible
from comments.wanted import ThreadCursor

ANSWERED = 50
REPLIES = 20
BESIDE = 2  # before and after

NEAR = """
WITH near (id, part) AS (
    (SELECT id, 'itself' FROM comments_comment comment
        WHERE id = %(id)s AND public_at IS NOT NULL
            AND (status IN ('removed', 'spam', 'erased') OR {visible}))
    UNION ALL
    (SELECT id, 'root' FROM comments_comment WHERE tree_id = %(tree)s AND lft = 1)
    UNION ALL
    (SELECT id, 'reply' FROM comments_comment comment
        WHERE in_reply_to_id = %(id)s AND {visible} ORDER BY id LIMIT %(replies)s)
    UNION ALL
    (SELECT id, 'before' FROM comments_comment
        WHERE {siblings} AND status = 'public' AND (public_at, id) < (%(public_at)s, %(id)s)
        ORDER BY public_at DESC, id DESC LIMIT %(beside)s)
    UNION ALL
    (SELECT id, 'after' FROM comments_comment
        WHERE {siblings} AND status = 'public' AND (public_at, id) > (%(public_at)s, %(id)s)
        ORDER BY public_at, id LIMIT %(beside)s)
)
SELECT near.part, {columns} FROM near JOIN comments_comment comment USING (id) {people}
ORDER BY comment.public_at, comment.id
"""
OF_THREADS = "discussion_id = %(discussion)s AND parent_id IS NULL"
OF_REPLIES = "in_reply_to_id = %(answered)s"


@dataclass(frozen=True)
class Surroundings:
    """Lines for the template: those answered, the comment with its replies, those beside it.

    `thread` is the number of the thread and `place` the cursor just before the comment, '' for
    the first one of a thread.
    """

    answered: list[Line]
    itself: list[Line]
    beside: list[Line]
    has_more_replies: bool
    thread: int
    place: str


def edition_of(comment: Comment, live: Iterable[Article]) -> Article | None:
    """Through which of its story's live articles the comment is read: its own language's, else the
    active one's, else the first."""
    by_language = {article.language: article for article in live}
    first = next(iter(by_language.values()), None)
    return by_language.get(comment.language) or by_language.get(get_language() or "") or first


def look_around(comment: Comment, *, shown: Shown) -> Surroundings | None:
    """None for a comment that readers may not know of. Two queries, one for a thread's first."""
    parts: dict[str, list[Row]] = {}
    for part, *columns in _near(comment):
        parts.setdefault(part, []).append(Row(*columns))
    if "itself" not in parts:
        return None
    answered = answered_chain(comment.in_reply_to_id, limit=ANSWERED)
    replies = parts.get("reply", [])
    beside = parts.get("before", []) + parts.get("after", [])
    itself = [*parts["itself"], *replies[:REPLIES]]
    depths = [0] + [1] * (len(itself) - 1)
    itself_lines = lines(itself, [(comment.pk, depth) for depth in depths], shown=shown)
    itself_lines[0]["focus"] = True
    root = parts["root"][0].id
    return Surroundings(
        answered=_flat(answered, shown),
        itself=itself_lines,
        beside=_flat(beside, shown),
        has_more_replies=len(replies) > REPLIES,
        thread=root,
        place="" if comment.pk == root else ThreadCursor(root, comment.lft - 1, None).sign(),
    )


def _near(comment: Comment) -> list[tuple]:
    siblings = OF_REPLIES if comment.in_reply_to_id else OF_THREADS
    sql = NEAR.format(visible=visible(), siblings=siblings, columns=COLUMNS, people=PEOPLE)
    return fetch(
        sql,
        {
            "id": comment.pk,
            "tree": comment.tree_id,
            "discussion": comment.discussion_id,
            "answered": comment.in_reply_to_id,
            "public_at": comment.public_at,
            "replies": REPLIES + 1,
            "beside": BESIDE,
        },
    )


def _flat(rows: list[Row], shown: Shown) -> list[Line]:
    """One below the other, whatever they answer."""
    return lines(rows, [(row.id, 0) for row in rows], shown=shown)
