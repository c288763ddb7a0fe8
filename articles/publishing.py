"""The verbs that put an article before its readers and take it away again."""

from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import checklist, drafts, endings
from articles.completeness import byline_problem, text_problems
from articles.models import Article, Revision, RevisionKind, Status, Story
from articles.remits import refuse_outside
from articles.slugs import slug_for
from operations.clock import database_now
from pagecache.drops import drop

PERMISSION = "articles.publish_article"


class NotPublishable(ValidationError):  # noqa: N818  the word of the newsroom
    """The article lacks something. `message_dict` maps its fields to messages.

    The key `byline` stands for the contributions, `__all__` for the registered checks.
    """


def publish(
    article: Article,
    *,
    by: User,
    publish_at: datetime | None = None,
    unpublish_at: datetime | None = None,
    is_minor: bool = False,
) -> Revision:
    """Publishes the stored article with its newest draft, and returns the new revision.

    `publish_at` is, unless given, what the article has, else now. A later `publish_at` makes it
    scheduled. `is_minor` leaves the date of the last change that readers see.

    Raises PermissionDenied, or NotPublishable, with nothing changed. Locks the article and its
    story until the transaction ends; `article` is read again, so unsaved changes are lost.
    """
    try:
        with transaction.atomic():
            lock(article, by=by)
            if draft := drafts.pending(article):
                drafts.write(article, draft.snapshot)
            article.publish_at = publish_at or article.publish_at
            article.unpublish_at = unpublish_at or article.unpublish_at
            base = drafts.newest(article)
            return _publish_rows(article, by=by, based_on=base, is_minor=is_minor)
    except NotPublishable:
        article.refresh_from_db()
        raise


@transaction.atomic
def publish_as_written(
    article: Article, *, by: User, based_on: Revision | None, is_minor: bool = False
) -> Revision:
    """Publishes what stands in the rows now, whatever drafts wait: a form has just written it.

    `based_on` is the revision whose text that began from. Otherwise like `publish`.
    """
    lock(article, by=by)
    return _publish_rows(article, by=by, based_on=based_on, is_minor=is_minor)


@transaction.atomic
def withdraw(article: Article, *, by: User) -> None:
    """Takes a published article away: readers get 410. Again: nothing happens.

    One that has not begun becomes a draft again, its newest: a 410 would tell of it. Raises
    PermissionDenied, or ValidationError for a draft. Locks like `publish`.
    """
    lock(article, by=by)
    if article.status == Status.WITHDRAWN:
        return
    if article.status != Status.PUBLISHED:
        raise ValidationError(_("Only a published article can be withdrawn."))
    has_begun = article.publish_at is not None and article.publish_at <= database_now()
    if not has_begun and (draft := drafts.pending(article)):
        drafts.write(article, draft.snapshot)
    article.status = Status.WITHDRAWN if has_begun else Status.DRAFT
    article.save(update_fields=["status"])
    _log(article, by=by, message="Withdrawn.")
    drop(f"story:{article.story_id}", "lists")


def lock(article: Article, *, by: User) -> None:
    """Locks the article and its story, and reads the article as it is stored."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(no_key=True))
    refuse_outside(by, article)
    Story.objects.select_for_update(no_key=True).get(pk=article.story_id)


def _publish_rows(
    article: Article, *, by: User, based_on: Revision | None, is_minor: bool
) -> Revision:
    """Shows the locked rows to readers. Raises NotPublishable."""
    now = database_now()
    was_live = Article.objects.live(now).filter(pk=article.pk).exists()
    was_read = is_read(article, now=now)
    article.publish_at = article.publish_at or now
    article.unpublish_at = endings.end_of(article, wanted=article.unpublish_at)
    refuse_incomplete(article, now=now)
    article.slug = article.slug or slug_for(article)
    article.status = Status.PUBLISHED
    if was_live and not is_minor:
        article.updated_at = now
    article.save(update_fields=["slug", "status", "publish_at", "unpublish_at", "updated_at"])
    return write_revision(
        article, by=by, based_on=based_on, is_minor=is_minor, replaces_read=was_read
    )


def is_read(article: Article, *, now: datetime) -> bool:
    """Whether readers saw what the newest published revision says, and it was not taken back.

    By what that revision says: a form may have given the rows another time already. One query.
    """
    newest = article.published_revision
    begun = newest.snapshot.get("publish_at") if newest else None
    is_public = article.status == Status.PUBLISHED
    return is_public and begun is not None and datetime.fromisoformat(begun) <= now


def refuse_incomplete(article: Article, *, now: datetime) -> None:
    """Raises NotPublishable with all that stands in the way of publishing."""
    if problems := _problems(article, begins=article.publish_at or now, now=now):
        raise NotPublishable(problems)


def _problems(article: Article, *, begins: datetime, now: datetime) -> dict[str, Any]:
    """Field to message, or to a list of them, for all that stands in the way of publishing."""
    found: dict[str, Any] = dict(text_problems(article))
    if not article.contributions.exists():
        found["byline"] = byline_problem()
    if article.unpublish_at is not None:
        if article.unpublish_at <= begins:
            found["unpublish_at"] = _("The article would end before it begins.")
        elif article.status != Status.PUBLISHED and article.unpublish_at <= now:
            found["unpublish_at"] = _("This time has already passed.")
    twins = Article.objects.filter(story=article.story_id, language=article.language)
    if twins.exclude(pk=article.pk).exclude(status=Status.WITHDRAWN).exists():
        found["language"] = _("The story already has an article in this language.")
    if blocks := [each.message for each in checklist.findings(article) if not each.is_warning]:
        found[NON_FIELD_ERRORS] = blocks
    return found


def write_revision(
    article: Article,
    *,
    by: User,
    based_on: Revision | None,
    is_minor: bool,
    replaces_read: bool,
    content: dict[str, Any] | None = None,
) -> Revision:
    """The next published revision, of what the locked rows say; drops the pages that show it.

    With `replaces_read` readers have seen the one before, and may be told how it differs.
    """
    refuse_outside(by, article)  # a draft may have moved it
    number = drafts.next_number(article)
    revision = Revision.objects.create(
        article=article,
        number=number,
        kind=RevisionKind.PUBLISHED,
        based_on=based_on,
        snapshot=(content or drafts.snapshot(article)) | {"replaces_read": replaces_read},
        is_minor=is_minor and article.published_revision is not None,
        created_by=by,
    )
    _log(article, by=by, message=f"Published as revision {number}.")
    drop(f"story:{article.story_id}", "lists")
    return revision


def _log(article: Article, *, by: User, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=message)
