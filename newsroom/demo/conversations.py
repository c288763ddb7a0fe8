"""The demo's conversations: comments and their votes, as guests and members would leave them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from accounts.models import User
from articles.models import Article, Story
from comments.asking import ask, find_passage
from comments.models import Comment, Passage
from comments.posting import Guest, post
from comments.voting import Voter, vote
from newsroom.demo.content import FIXTURES, table
from operations.clock import database_now
from richtext.passages import Selector

READERS = UUID("5f1d7a0e-6c1b-4a53-9d0b-3d2f9a8c7e61")  # what the demo's guests' ids come from


def load_conversation(name: str, story: Story, users: dict[str, User]) -> dict[str, Comment]:
    """What fixtures/threads/<name>.toml holds, where there is one, in the order of its writing.

    Returns the comments by `<name>/<id>`.
    """
    if not (FIXTURES / "threads" / f"{name}.toml").exists():
        return {}
    articles = {article.language: article for article in story.articles.all()}
    thread = table(f"threads/{name}")
    asked = {
        row["id"]: _ask(row, articles[row.get("language", "en")], users)
        for row in thread.get("questions", [])
    }
    posted: dict[str, Comment] = {}
    for row in thread["comments"]:
        article = articles[row.get("language", "en")]
        passage = asked.get(row.get("question", "")) or _quoted(row, article)
        answered = posted.get(row.get("reply_to", ""))
        comment = _post(row, article, answered, passage, users)
        posted[row["id"]] = comment
        _vote(comment, row)
    return {f"{name}/{key}": comment for key, comment in posted.items()}


def _ask(row: dict[str, Any], article: Article, users: dict[str, User]) -> Passage:
    passage = find_passage(article, Selector(row["exact"]))
    passage.question = row["question"]
    ask(passage, by=users[row["by"]])
    return passage


def _quoted(row: dict[str, Any], article: Article) -> Passage | None:
    return find_passage(article, Selector(row["quote"])) if "quote" in row else None


def _post(
    row: dict[str, Any],
    article: Article,
    answered: Comment | None,
    passage: Passage | None,
    users: dict[str, User],
) -> Comment:
    published: Any = article.publish_at  # it is live
    at = published + timedelta(minutes=row["after_minutes"])
    member = users.get(row.get("member", ""))
    return post(
        article,
        text=row["text"].strip(),
        now=min(at, database_now()),
        author=member,
        guest=None if member else guest_of(row["name"]),
        in_reply_to=answered,
        passage=passage,
    )


def guest_of(name: str) -> Guest:
    address = f"{uuid5(READERS, name).hex[:12]}@readers.example"
    return Guest(name=name, email=address, id=uuid5(READERS, name))


def _vote(comment: Comment, row: dict[str, Any]) -> None:
    """As many readers as the file says, none of them twice."""
    values = [1] * row.get("up", 0) + [-1] * row.get("down", 0)
    for number, value in enumerate(values):
        vote(comment, voter=Voter(guest_id=uuid5(READERS, f"voter {number}")), value=value)
