"""Articles whose text stands somewhere in its review."""

from typing import Any

from accounts.models import User
from articles import drafts
from articles.models import Article, ReviewState, Revision, Role, Status
from articles.publishing import publish
from articles.reviewing import approve, request_changes, submit
from tests.builders import make_article, make_colleague, make_contributor

STATES = [str(state) for state in ReviewState.values]


def make_saved(*, by: User | None = None, **fields: Any) -> Article:
    """A draft with its first revision."""
    article = make_article(status=Status.DRAFT, **fields)
    drafts.save_draft(article, by=by or make_colleague("reporter"), based_on=None)
    return article


def newest(article: Article) -> Revision | None:
    return drafts.newest(article)


def save(article: Article, *, by: User, **changes: Any) -> Revision:
    """One more draft, like the newest but for these keys."""
    base = newest(article)
    content = (base.snapshot if base else {}) | changes
    return drafts.save_draft(article, content, by=by, based_on=base)


def bring_to(
    state: str,
    *,
    is_live: bool = False,
    by: User | None = None,
    helper: User | None = None,
    **fields: Any,
) -> Article:
    """An article in this state of review, or with a draft in it over what readers see.

    `helper` saves one more draft before it is submitted.
    """
    writer, editor = by or make_colleague("reporter"), make_colleague("editor")
    if is_live:
        fields.setdefault("byline", [(make_contributor(), Role.REPORTER)])
    article = make_saved(by=writer, **fields)
    if is_live:
        publish(article, by=editor)
        save(article, by=writer, headline="Eight minutes, or nine")
    if helper:
        save(article, by=helper, standfirst="The board agreed.")
    if state != "draft":
        submit(article, by=writer)
    if state == "changes_requested":
        request_changes(article, by=editor, text="Whose eight minutes?")
    if state == "approved":
        approve(article, by=editor, seen=newest(article))
    return article
