"""Every address of the conversation, from the URL configuration, and comments in every state."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Status
from comments import personal_urls, urls
from comments.editing import edit, erase
from comments.marking import close_branch
from comments.models import Comment, Discussion, StoryPolicy
from comments.moderating import hold, reject_spam, remove
from comments.queues import cases
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_user
from tests.comments.builders import make_question, typed, write

ROLES = ("guest", "member", "author", "moderator", "editor", "fundraiser")
STATES = (
    "visible",
    "held",
    "spam",
    "removed",
    "erased",
    "draft story",
    "embargoed story",
    "withdrawn story",
    "closed conversation",
    "closed branch",
    "another story",
    "the moderator's own",
)
OF_A_STORY, OF_A_COMMENT, OVERLAY = "<slug:slug>", "<int:pk>", "me/overlay/"
AT_THE_DESK, NOTICE = "admin/comments/comment/", "moderation/notice/"
SENT = typed(value="1", exact="agreed on Tuesday", notify="", reason="abuse", act="remove",
             mark="close", why="It is a lie.", is_in_good_faith="on")  # fmt: skip


class Case(NamedTuple):
    """A comment in a state: its article, where it is asked for, and the question asked there."""

    article: int
    slug: str
    comment: int
    question: int


class Address(NamedTuple):
    """`route` as it is configured."""

    route: str

    @property
    def has_states(self) -> bool:
        """Whether it names a story, a comment or a passage."""
        named = (OF_A_STORY, OF_A_COMMENT, OVERLAY)
        return self.route == NOTICE or any(each in self.route for each in named)

    def filled(self, case: Case) -> str:
        number = case.question if self.route.startswith("passages/") else case.comment
        route = self.route.replace(OF_A_STORY, case.slug).replace(OF_A_COMMENT, str(number))
        for other in ("<str:token>", "<slug:reference>"):
            route = route.replace(other, "nothing")
        asked = f"?thread={case.comment}" if route.endswith("/comments/") and case.slug else ""
        return f"/{route}?article={case.article}" if route == OVERLAY else f"/{route}{asked}"


def addresses() -> list[Address]:
    """All of the conversation's, one's own below /me/ included, and the desk's of one comment."""
    public = [str(each.pattern) for each in urls.urlpatterns]
    own = [f"me/{each.pattern}" for each in personal_urls.urlpatterns]
    return [Address(route) for route in [*public, *own, *_at_the_desk()]]


def _at_the_desk() -> Iterator[str]:
    for route, _view in _routes(get_resolver().url_patterns, ""):
        named = route.replace("<path:object_id>", OF_A_COMMENT)
        if route.startswith(AT_THE_DESK) and OF_A_COMMENT in named:
            yield named


def sent(case: Case) -> dict[str, str]:
    """What is filled in, at the desk by who sees the comment as it is."""
    [seen] = cases([Comment.objects.get(pk=case.comment)])
    return SENT | {"chosen": seen.token, "address": f"/comments/{case.comment}/"}


def configured() -> set[str]:
    """The same as the whole site's configuration has them, to prove that none is left out."""
    return {
        route
        for route, view in _routes(get_resolver().url_patterns, "")
        if view.__module__.startswith("comments.") and not route.startswith("admin/")
    }


def _routes(patterns: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for each in patterns:
        route = prefix + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from _routes(each.url_patterns, route)
        else:
            yield route, each.callback


def make_people() -> dict[str, User | None]:
    staff = {role: make_colleague(role) for role in ROLES[3:]}
    return {"guest": None, "member": make_user(), "author": make_user(), **staff}


def make_cases(author: User, judge: User) -> dict[str, Case]:
    """A story of its own for each state, with a comment by `author` that was once changed.

    One is by `judge`, a moderator.
    """
    moderator = make_colleague("moderator")
    made = {
        state: _written(state, judge if state == "the moderator's own" else author)
        for state in STATES
    }
    comments = Comment.objects.select_related("discussion").in_bulk()
    its = {state: comments[case.comment] for state, case in made.items()}
    hold(its["held"], by=moderator)
    reject_spam(its["spam"], by=moderator)
    remove(its["removed"], by=moderator)
    erase(its["erased"], by=Voter(author))
    close_branch(its["closed branch"], by=moderator)
    closed = Discussion.objects.filter(pk=its["closed conversation"].discussion_id)
    closed.update(policy=StoryPolicy.CLOSED)
    _change(its["draft story"], status=Status.DRAFT, publish_at=None)
    _change(its["embargoed story"], publish_at=timezone.now() + timedelta(days=1))
    _change(its["withdrawn story"], status=Status.WITHDRAWN)
    return made


def _written(state: str, author: User) -> Case:
    """Another story's comment is asked for below this edition's other story."""
    is_elsewhere = state == "another story"
    slug = f"in-{state.replace(' ', '-').replace("'", '')}"
    article = make_article(slug=slug, language="de" if is_elsewhere else "en")
    comment = write(article, author=author)
    write(article, in_reply_to=comment)
    edit(comment, text="It was otherwise.", by=Voter(author), now=database_now())
    question = make_question(article).pk
    return Case(article.pk, "in-visible" if is_elsewhere else slug, comment.pk, question)


def _change(comment: Comment, **columns: Any) -> None:
    Article.objects.filter(pk=comment.article_id).update(**columns)


def answers(client: Client, address: Address, case: Case) -> str:
    """What GET and a filled-in POST are answered with, as `200 302`; nothing stays of either."""
    asked = [(client.get, {}), (client.post, sent(case))]
    return " ".join(str(_answer(client, do, address.filled(case), data)) for do, data in asked)


def _answer(client: Client, method: Any, address: str, data: dict[str, str]) -> int:
    cookies = client.cookies.copy()
    with transaction.atomic():
        headers = {"Sec-Fetch-Site": "same-origin"}
        status = method(address, data, headers=headers).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status
