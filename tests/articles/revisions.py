"""Live articles and drafts over them, for the tests of revisions."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles import drafts
from articles.models import Article, Revision, Role
from articles.publishing import publish
from tests.builders import make_article, make_contributor
from tests.newsroom.desk_world import FormReader, form_of

LIVE = "The ferry leaves eight minutes later"


def make_live(*, by: User, **fields: Any) -> Article:
    byline = [(make_contributor(name="Maren Okafor"), Role.REPORTER)]
    article = make_article(byline=byline, **fields)
    publish(article, by=by)
    return article


def save(article: Article, *, by: User, **changes: Any) -> Revision:
    """A draft of what was saved last but for these keys of its snapshot."""
    newest = drafts.newest(article)
    content = (newest.snapshot if newest else drafts.snapshot(article)) | changes
    return drafts.save_draft(article, content, by=by, based_on=newest)


def address(article: Article, page: str, query: str = "") -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk]) + query


def opened(desk: Client, article: Article, **changes: Any) -> dict[str, Any]:
    """The form as somebody opened it, with what they typed since."""
    return form_of(desk, address(article, "change")) | {"_continue": "1"} | changes


def sent(desk: Client, article: Article, form: dict[str, Any]) -> Any:
    return desk.post(address(article, "change"), form)


def again(page: Any, **changes: Any) -> dict[str, Any]:
    """What the page's form sends, with these changes."""
    reader = FormReader()
    reader.feed(page.text)
    fields = {name: [value.lstrip("\n") for value in values]  # browsers drop a first empty line
              for name, values in reader.fields.items()}  # fmt: skip
    return fields | {"_continue": "1"} | changes


def newest(article: Article) -> dict[str, Any]:
    revision = drafts.newest(article)
    assert revision is not None
    return revision.snapshot


def conflict(page: Any) -> dict[str, list[str]]:
    """The parts of the screen by who changed them."""
    return {side: [each.key for each in page.context["conflict"].merges if each.side == side]
            for side in ("mine", "theirs", "both")}  # fmt: skip
