"""Telling readers of a mistake together with the text in which it is put right."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import drafts, endings
from articles.models import Article, Correction, Revision, Status
from articles.publishing import (
    NotPublishable,
    Overridden,
    is_read,
    lock,
    refuse_unready,
    write_revision,
)
from articles.reviewing import text_is_approved
from articles.snapshots import correction as as_json
from operations.clock import database_now


def may_correct(article: Article) -> bool:
    """Whether readers may have seen the article, so that there is something to tell them."""
    return article.status != Status.DRAFT and (
        article.publish_at is not None and article.publish_at <= database_now()
    )


@transaction.atomic
def correct(
    article: Article,
    *,
    kind: str,
    text: str,
    by: User,
    seen: Revision | None = None,
    overriding: str = "",
) -> Correction:
    """Publishes the newest draft, or the same text again, as a major revision, and says why.

    A withdrawn article stays withdrawn: its correction is there for who translated it. With `seen`
    it is refused where somebody saved another draft since. `overriding` is as in `publish`; where
    the text stays the same it also overrides what blocks, which must not keep a mistake untold.

    Raises PermissionDenied; ValidationError for an article that no reader has seen, and for the
    text; NotPublishable; StaleDraft. Locks the article and its story.
    """
    lock(article, by=by)
    if not may_correct(article):
        raise ValidationError(_("No reader has seen this article yet: change it and publish."))
    base, now = drafts.newest(article), database_now()
    was_read = is_read(article, now=now)
    if seen is not None:
        drafts.refuse_stale(article, seen=seen)
    overridden = _take_newest(article, overriding=overriding)
    written = Correction(article=article, kind=kind, text=text, created_by=by, created_at=now)
    written.full_clean(exclude=["revision"])
    article.updated_at = now
    article.save(update_fields=["updated_at", "unpublish_at"])
    content = drafts.snapshot(article)
    content["corrections"].append(as_json(kind, written.text, now))
    written.revision = write_revision(
        article,
        by=by,
        based_on=base,
        is_minor=False,
        replaces_read=was_read,
        overridden=overridden,
        content=content,
    )
    written.save()
    return written


def _take_newest(article: Article, *, overriding: str) -> Overridden:
    """Copies the waiting draft to the locked rows. Raises NotPublishable where it may not go."""
    is_published_text = not drafts.has_unpublished_changes(article)
    if draft := drafts.pending(article):
        drafts.write(article, draft.snapshot)
    if article.status == Status.PUBLISHED:
        article.unpublish_at = endings.end_of(article, wanted=article.unpublish_at)
        return refuse_unready(article, overriding=overriding, is_published_text=is_published_text)
    if unapproved := list(text_is_approved(article)):  # it may be published again afterwards
        raise NotPublishable(unapproved)
    return Overridden()
