"""Live articles and drafts over them, for the tests of revisions."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from articles import drafts
from articles.models import Article, Revision, Role
from articles.publishing import publish
from tests.builders import make_article, make_contributor

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
