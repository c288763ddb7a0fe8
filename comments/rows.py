"""Comments as plain rows: what is read of each, and which of them are there for readers."""

from datetime import datetime
from typing import Any, NamedTuple

from accounts.names import shown_name
from operations.composed import prepared_cursor

# Looked up only where the place in the tree does not say whom it answers; as a subquery, which is
# planned apart: as a join it would cost each page more planning than its rows take to find.
ANSWERED_NAME = """
CASE WHEN comment.in_reply_to_id <> comment.parent_id THEN coalesce((
    SELECT coalesce(nullif(answered.guest_name, ''),
        nullif(btrim(concat_ws(' ', writer.first_name, writer.last_name)), ''), writer.username)
    FROM comments_comment answered LEFT JOIN accounts_user writer ON writer.id = answered.author_id
    WHERE answered.id = comment.in_reply_to_id AND answered.status = 'public'
), '') ELSE '' END
"""
COLUMNS = f"""
    comment.id, comment.lft, comment.level, comment.status, comment.reason, comment.parent_id,
    comment.in_reply_to_id, comment.language, comment.html, comment.created_at, comment.score,
    comment.edited_at, comment.has_history, comment.public_at, comment.pick_note,
    comment.pinned_at, comment.closed_at, comment.article_id,
    comment.passage_id, passage.exact, passage.question, comment.guest_name, comment.author_id,
    member.first_name, member.last_name, member.username, member.is_staff,
    {ANSWERED_NAME} AS answered_name
"""
PEOPLE = """
LEFT JOIN comments_passage passage ON passage.id = comment.passage_id
LEFT JOIN accounts_user member ON member.id = comment.author_id
"""
PUBLIC = "{name}.status = 'public'"
# Whatever else is read only where something wanted stands below it or answers it: as a
# placeholder where it is not public, as context where it merely was not asked for. With OFFSET 0 it
# is looked up for each such comment: else PostgreSQL, where one conversation holds most of the
# table, reads all answers of the site into a hash, for one placeholder.
VISIBLE = """
({comment_wanted} OR EXISTS (
    SELECT FROM comments_comment below WHERE below.tree_id = comment.tree_id
        AND below.lft > comment.lft AND below.lft < comment.rght AND {below_wanted} OFFSET 0
) OR EXISTS (
    SELECT FROM comments_comment answer WHERE answer.in_reply_to_id = comment.id
        AND {answer_wanted} OFFSET 0
))
"""


class Row(NamedTuple):
    id: int
    lft: int
    level: int
    status: str
    reason: str
    parent_id: int | None
    in_reply_to_id: int | None
    language: str
    html: str
    created_at: datetime
    score: int
    edited_at: datetime | None
    has_history: bool
    public_at: datetime | None
    pick_note: str | None
    pinned_at: datetime | None
    closed_at: datetime | None
    article_id: int
    passage_id: int | None
    quote: str
    question: str
    guest_name: str
    author_id: int | None
    first_name: str
    last_name: str
    username: str
    is_staff: bool | None
    answered_name: str

    @property
    def name(self) -> str:
        """As `Comment.name`, without loading models."""
        if self.author_id is None:
            return self.guest_name
        return shown_name(self.first_name, self.last_name, self.username)


def visible(wanted: str = PUBLIC) -> str:
    """The condition for a `comment` that readers who asked for the `wanted` ones have to see."""
    names = ("comment", "below", "answer")
    return VISIBLE.format(**{f"{name}_wanted": wanted.format(name=name) for name in names})


def fetch(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as db:
        db.execute(sql, parameters)
        return db.fetchall()


def ancestors(row: Row) -> list[Row]:
    """Those that the row stands below, from the first of its thread on. One query."""
    return _chain("parent_id", row.parent_id, 5)


def answered_chain(comment_id: int | None, *, limit: int) -> list[Row]:
    """The comment, what it answers, what that one answers …: the earliest first. One query."""
    return _chain("in_reply_to_id", comment_id, limit)


CHAIN = """
WITH RECURSIVE chain (id, step) AS (
    SELECT %(id)s::bigint, 1
    UNION ALL
    SELECT comment.{link}, step + 1 FROM chain JOIN comments_comment comment USING (id)
    WHERE comment.{link} IS NOT NULL AND step < %(limit)s
)
SELECT {columns} FROM chain JOIN comments_comment comment USING (id) {people}
ORDER BY step DESC
"""


def _chain(link: str, start: int | None, limit: int) -> list[Row]:
    if start is None:
        return []
    sql = CHAIN.format(link=link, columns=COLUMNS, people=PEOPLE)
    return [Row(*row) for row in fetch(sql, {"id": start, "limit": limit})]
