"""The verbs that put an article before its readers and take it away again."""

from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from articles import checklist
from articles.completeness import byline_problem, text_problems
from articles.models import Article, Revision, Status, Story
from articles.slugs import slug_for
from operations.clock import database_now
from pagecache.drops import drop

PERMISSION = "articles.publish_article"


class NotPublishable(ValidationError):  # noqa: N818  the word of the newsroom
    """The article lacks something. `message_dict` maps its fields to messages.

    The key `byline` stands for the contributions, `__all__` for the registered checks.
    """


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User,
    publish_at: datetime | None = None,
    unpublish_at: datetime | None = None,
    is_minor: bool = False,
) -> Revision:
    """Publishes the stored article, or its stored changes, and returns the new revision.

    `publish_at` is, unless given, what the article has, else now. A later `publish_at` makes it
    scheduled. `is_minor` leaves the date of the last change that readers see.

    Raises PermissionDenied, or NotPublishable, with nothing changed. Locks the article and its
    story until the transaction ends; `article` is read again, so unsaved changes are lost.
    """
    _lock(article, by=by)
    now = database_now()
    was_live = article.is_live(now)
    begins = article.publish_at = publish_at or article.publish_at or now
    article.unpublish_at = unpublish_at or article.unpublish_at
    if problems := _problems(article, begins=begins, now=now):
        article.refresh_from_db()
        raise NotPublishable(problems)
    article.slug = article.slug or slug_for(article)
    article.status = Status.PUBLISHED
    if was_live and not is_minor:
        article.updated_at = now
    article.save(update_fields=["slug", "status", "publish_at", "unpublish_at", "updated_at"])
    return _write_revision(article, by=by, is_minor=is_minor)


@transaction.atomic
def withdraw(article: Article, *, by: User) -> None:
    """Takes a published article away: readers get 410. Again: nothing happens.

    One that has not begun becomes a draft again: a 410 would tell of it. Raises
    PermissionDenied, or ValidationError for a draft. Locks like `publish`.
    """
    _lock(article, by=by)
    if article.status == Status.WITHDRAWN:
        return
    if article.status != Status.PUBLISHED:
        raise ValidationError(_("Only a published article can be withdrawn."))
    has_begun = article.publish_at is not None and article.publish_at <= database_now()
    article.status = Status.WITHDRAWN if has_begun else Status.DRAFT
    article.save(update_fields=["status"])
    _log(article, by=by, message="Withdrawn.")
    drop(f"story:{article.story_id}", "lists")


def _lock(article: Article, *, by: User) -> None:
    """Locks the article and its story, and reads the article as it is stored."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(no_key=True))
    Story.objects.select_for_update(no_key=True).get(pk=article.story_id)


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
    if others := checklist.problems(article):
        found[NON_FIELD_ERRORS] = others
    return found


def _write_revision(article: Article, *, by: User, is_minor: bool) -> Revision:
    """The next revision; its number is safe because the article is locked."""
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        snapshot=snapshot(article),
        is_minor=is_minor and last > 0,
        created_by=by,
    )
    _log(article, by=by, message=f"Published as revision {revision.number}.")
    drop(f"story:{article.story_id}", "lists")
    return revision


def snapshot(article: Article) -> dict[str, Any]:
    """The whole of the article as JSON, by names rather than keys where there are names."""
    return {
        "language": article.language,
        "slug": article.slug,
        "kicker": article.kicker,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "body": article.body,
        "section": article.section.slug if article.section else None,
        "topics": list(article.topics.order_by("slug").values_list("slug", flat=True)),
        "byline": [
            {"contributor": slug, "role": role}
            for slug, role in article.contributions.values_list("contributor__slug", "role")
        ],
        "lead_image": {"id": article.lead_image_id, "caption": article.lead_caption}
        if article.lead_image_id
        else None,
    }


def _log(article: Article, *, by: User, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=message)
