"""What the demo's moderator has decided, and what waits for one."""

from typing import Any

from accounts.models import User
from comments.appealing import appeal
from comments.flagging import flag
from comments.marking import close_branch, pick, pin
from comments.models import Comment, Notice
from comments.moderating import hold, remove
from comments.noticing import receive
from comments.voting import Voter
from newsroom.demo.conversations import guest_of

DECISIONS = {"picked": pick, "pinned": pin, "closed": close_branch, "held": hold, "removed": remove}


def load_moderation(
    rows: dict[str, list[dict[str, Any]]], comments: dict[str, Comment], *, by: User
) -> None:
    """`rows` by what was done; `comments` by `<conversation>/<id>`."""
    for name, decide in DECISIONS.items():
        for row in rows[name]:
            words = {key: text for key, text in row.items() if key != "comment"}
            decide(comments[row["comment"]], by=by, **words)
    for row in rows["reports"]:
        reader = Voter(guest_id=guest_of(row["by"]).id)
        flag(comments[row["comment"]], by=reader, reason=row["reason"], text=row["text"])
    for row in rows["appeals"]:
        comment = comments[row["comment"]]
        writer = Voter(guest_id=comment.guest_id)
        appeal(comment, by=writer, text=row["text"], language=comment.language)
    for row in rows["notices"]:
        receive(Notice(**row))
