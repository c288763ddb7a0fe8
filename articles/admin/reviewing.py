"""The review of a text at the desk: its buttons, and what was said of it beside the form.

The buttons stand in the article's own form, so that what was typed is saved before it is judged.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles import drafts, reviewing
from articles.admin.restoring import NOTE, typed_of
from articles.models import Article, ReviewEntry, ReviewState, Revision, RevisionKind, Status
from articles.models.standing import newest_decision, review_state, standing
from articles.publishing import publish
from operations.clock import request_now

READ = "articles.view_reviewentry"


def approve_newest(article: Article, *, by: User, text: str = "") -> ReviewEntry:
    """Approves what is newest now: lock the article first, or know that nobody writes."""
    return reviewing.approve(article, by=by, text=text, seen=drafts.newest(article))


def approve_submitted(article: Article, *, by: User) -> ReviewEntry:
    """Approves what was submitted; StaleDraft where somebody saved since: it wants to be read."""
    decision = newest_decision(article)
    seen = decision.revision if decision else drafts.newest(article)
    return reviewing.approve(article, by=by, seen=seen)


@transaction.atomic
def publish_approved(article: Article, *, by: User) -> Revision:
    """Publishes what readers do not see yet; over what they see, the approved change alone.

    Raises like `publish`, and ValidationError where a change is not approved or somebody saved
    since. Locks the article.
    """
    row = drafts.locked(article)
    if row.status == Status.PUBLISHED and review_state(row) != ReviewState.APPROVED:
        raise ValidationError(_("Its changes are not approved as they are: open it to publish."))
    return publish(article, by=by)


class Button(NamedTuple):
    verb: Callable[..., ReviewEntry]
    told: Promise | str


BUTTONS = {
    "_submit": Button(reviewing.submit, _("Submitted for review.")),
    "_request_changes": Button(reviewing.request_changes, _("Changes are requested.")),
    "_approve": Button(approve_newest, _("Approved: it may be published.")),
    "_note": Button(reviewing.note, _("Your note is kept.")),
}


def pressed(request: HttpRequest) -> Button | None:
    """The button of the review by which the form was sent."""
    return next((button for name, button in BUTTONS.items() if name in request.POST), None)


def has_this_draft(article: Article, content: dict[str, Any]) -> bool:
    """Whether the newest revision is a draft that says this, so that no other one is needed."""
    newest = drafts.newest(article)
    is_draft = newest is not None and newest.kind == RevisionKind.DRAFT
    return is_draft and drafts.says_the_same(newest.snapshot, content)  # type: ignore[union-attr]


def act(request: HttpRequest, article: Article) -> None:
    """Does what the pressed button says; beside any other button, keeps the note that was typed.

    Lock the article and refuse a stale form first.
    """
    button, text = pressed(request), request.POST.get(NOTE, "").strip()
    if button is None and not text:
        return
    verb = button.verb if button else reviewing.note
    try:
        verb(article, by=cast(User, request.user), text=text)
    except ValidationError as refused:
        raise ValidationError({NOTE: refused.messages}) from refused


def offers(request: HttpRequest, article: Article | None) -> dict[str, bool]:
    """Which buttons make sense in the article's state, for the person. Two queries."""
    by = cast(User, request.user)
    if article is None:
        return {"can_submit": by.has_perm(reviewing.SUBMIT)}
    state = review_state(article)
    may_review = reviewing.may_review(article, by=by) and state != ReviewState.DRAFT
    is_open = state in (ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED)
    return {
        "can_submit": is_open and reviewing.may_submit(article, by=by),
        "can_approve": may_review and state != ReviewState.APPROVED,
        "can_request_changes": may_review and state != ReviewState.CHANGES_REQUESTED,
        "can_note": reviewing.may_note(article, by=by),
    }


def about(request: HttpRequest, article: Article) -> dict[str, Any] | None:
    """What the panel shows: the one word, and what was said, the newest first."""
    if not request.user.has_perm(READ):
        return None
    problems, typed = getattr(request, "publishing_problems", {}), typed_of(request)
    sent = typed.fields if typed.is_shown else request.POST
    return {
        "standing": standing(article, request_now(request)),
        "entries": article.review.select_related("created_by", "revision").order_by("-id"),
        "text": sent.get(NOTE, ""),
        "problems": problems.get(NOTE, []),
    }
