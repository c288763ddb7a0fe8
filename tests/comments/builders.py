"""Comments for tests, written through the verbs."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Permission
from django.db.models import F

from accounts.models import User
from articles.models import Article
from comments.appealing import appeal
from comments.asking import ask
from comments.flagging import flag
from comments.models import (
    Appeal,
    Comment,
    Erasure,
    ErrorReport,
    Flag,
    Notice,
    Participant,
    Passage,
    Sanction,
)
from comments.moderating import remove
from comments.noticing import receive
from comments.passages import passage_of
from comments.posting import Guest, post
from comments.sanctioning import sanction
from comments.voting import Voter
from operations.clock import database_now
from richtext.passages import Selector
from tests.builders import make_colleague, make_user

_numbers = count(1)


def make_guest(*, name: str = "Ines Halloran", guest_id: UUID | None = None) -> Guest:
    return Guest(name, "ines@readers.example", guest_id or uuid4())


def write(
    article: Article,
    *,
    text: str = "",
    author: User | None = None,
    guest: Guest | None = None,
    in_reply_to: Comment | None = None,
    passage: Passage | None = None,
    carried: UUID | None = None,
    network: str = "",
) -> Comment:
    """A comment by a guest, unless an author is given."""
    return post(
        article,
        text=text or f"The bakery opens at five, number {next(_numbers)}.",
        author=author,
        guest=guest or (None if author else make_guest()),
        in_reply_to=in_reply_to,
        passage=passage,
        now=database_now(),
        carried=carried,
        network=network,
    )


def make_question(
    article: Article,
    *,
    exact: str = "harbour board",
    prefix: str = "",
    suffix: str = "",
    question: str = "Were you there when it met?",
    is_closed: bool = False,
    by: User | None = None,
) -> Passage:
    """What an editor asks readers about words of the article's text."""
    passage = passage_of(article, Selector(exact, prefix, suffix))
    passage.question, passage.is_closed = question, is_closed
    ask(passage, by=by or make_colleague("editor"))
    return passage


def make_quote(article: Article, *, exact: str = "agreed on Tuesday", **fields: Any) -> Comment:
    """A comment that quotes words of the article's text."""
    return write(article, passage=passage_of(article, Selector(exact)), **fields)


def make_error_report(
    article: Article, *, exact: str = "on Tuesday", text: str = "It was a Monday."
) -> ErrorReport:
    """As a reader sends it, its mails aside."""
    passage = passage_of(article, Selector(exact))
    passage.save()
    return ErrorReport.objects.create(passage=passage, text=text)


def make_sanction(comment: Comment, *, measure: str = "ban", by: User | None = None) -> Sanction:
    """Against whoever wrote the comment, by somebody who may."""
    return sanction(comment, measure, by=by or make_colleague("moderator"), reason="abuse")


def make_flag(comment: Comment, *, reason: str = "abuse") -> Flag:
    """By somebody new."""
    return flag(comment, by=Voter(guest_id=make_guest().id), reason=reason)


def make_appeal(comment: Comment, *, by: User | None = None) -> Appeal:
    """By the comment's writer, once somebody has removed it."""
    remove(comment, by=by or make_moderator(), reason="abuse")
    writer = Voter(comment.author, comment.guest_id)
    return appeal(comment, by=writer, text="It was a joke.", language="en")


def make_notice(comment: Comment) -> Notice:
    """Somebody's word that the comment is against the law."""
    address = f"/comments/{comment.pk}/"
    return receive(Notice(address=address, why="It is an insult.", language="en"))


def hours_pass(hours: float) -> None:
    """All that was written and visited was so much earlier."""
    by = timedelta(hours=hours)
    for comment in Comment.objects.all():
        public_at = comment.public_at and comment.public_at - by
        times = {"created_at": comment.created_at - by, "public_at": public_at}
        Comment.objects.filter(pk=comment.pk).update(**times)
    for person in Participant.objects.exclude(visited_at=None):
        left_at = person.left_at and person.left_at - by
        times = {"visited_at": person.visited_at - by, "left_at": left_at}
        Participant.objects.filter(pk=person.pk).update(**times)
    Erasure.objects.update(written_at=F("written_at") - by)


def make_moderator() -> User:
    """Somebody who may decide about comments, and nothing else."""
    moderator = make_user(is_staff=True)
    names = ["view_comment", "change_comment"]
    names += ["view_discussion", "add_discussion", "change_discussion"]
    moderator.user_permissions.set(Permission.objects.filter(codename__in=names))
    return moderator


def typed(**fields: Any) -> dict[str, Any]:
    """What a guest fills in."""
    return {
        "name": "Ines Halloran",
        "email": "ines@readers.example",
        "text": "The bakery opens at five.",
        **fields,
    }
