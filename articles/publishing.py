"""The verbs that put an article before its readers and take it away again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import checklist, drafts, endings
from articles.checklist import Finding
from articles.models import Article, Revision, RevisionKind, Status, Story
from articles.remits import refuse_outside
from articles.slugs import slug_for
from articles.tasks import try_links
from operations.clock import database_now
from pagecache.drops import drop
from richtext.plain import is_readable

PERMISSION = "articles.publish_article"


class NotPublishable(ValidationError):  # noqa: N818  the word of the newsroom
    """Something stands in the way. `findings` is all that the checklist says of the article.

    `message_dict` maps its fields to the messages of what blocks; where nothing does, to the
    warnings that want a reason. The key `byline` stands for the contributions.
    """

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        blocks = [each for each in findings if not each.is_warning]
        by_field: dict[str, list[str]] = {}
        for finding in blocks or findings:
            by_field.setdefault(_key(finding), []).append(finding.message)
        super().__init__(by_field)

    @property
    def is_overridable(self) -> bool:
        """Whether a reason is all that is wanted."""
        return all(finding.is_warning for finding in self.findings)


def _key(finding: Finding) -> str:
    own = {"byline", *(each.name for each in Article._meta.get_fields())}
    return finding.field if finding.field in own else NON_FIELD_ERRORS


@dataclass(frozen=True)
class Overridden:
    """What a revision is published in spite of, and why."""

    warnings: list[Finding] = field(default_factory=list)
    reason: str = ""

    def as_fields(self) -> dict[str, Any]:
        """Those of a revision."""
        told = [
            {"code": each.code, "message": str(each.message), "field": each.field}
            for each in self.warnings
        ]
        return {"warnings": told, "warnings_reason": self.reason}

    def __str__(self) -> str:
        if not self.warnings:
            return ""
        codes = ", ".join(sorted({each.code for each in self.warnings}))
        return f" In spite of {codes}: {self.reason}"


def publish(
    article: Article,
    *,
    by: User,
    publish_at: datetime | None = None,
    unpublish_at: datetime | None = None,
    is_minor: bool = False,
    overriding: str = "",
) -> Revision:
    """Publishes the stored article with its newest draft, and returns the new revision.

    `publish_at` is, unless given, what the article has, else the end of its story's embargo, else
    now. A later `publish_at` makes it scheduled. `is_minor` leaves the date of the last change that
    readers see. `overriding` is the reason to publish in spite of warnings.

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
            return _publish_rows(
                article, by=by, based_on=base, is_minor=is_minor, overriding=overriding
            )
    except NotPublishable:
        article.refresh_from_db()
        raise


@transaction.atomic
def publish_as_written(
    article: Article,
    *,
    by: User,
    based_on: Revision | None,
    is_minor: bool = False,
    overriding: str = "",
) -> Revision:
    """Publishes what stands in the rows now, whatever drafts wait: a form has just written it.

    `based_on` is the revision whose text that began from. Otherwise like `publish`.
    """
    lock(article, by=by)
    return _publish_rows(
        article, by=by, based_on=based_on, is_minor=is_minor, overriding=overriding
    )


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
    has_begun = _was_ever_read(article, now=database_now())
    if not has_begun and (draft := drafts.pending(article)):
        drafts.write(article, draft.snapshot)
    article.status = Status.WITHDRAWN if has_begun else Status.DRAFT
    article.save(update_fields=["status"])
    _log(article, by=by, message="Withdrawn.")
    drop(*article.tags)


def lock(article: Article, *, by: User) -> None:
    """Locks the article and its story, and reads the article as it is stored."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(no_key=True))
    refuse_outside(by, article)
    article.story = Story.objects.select_for_update(no_key=True).get(pk=article.story_id)


def _publish_rows(
    article: Article, *, by: User, based_on: Revision | None, is_minor: bool, overriding: str
) -> Revision:
    """Shows the locked rows to readers. Raises NotPublishable."""
    now = database_now()
    was_live = Article.objects.live(now).filter(pk=article.pk).exists()
    was_read = is_read(article, now=now)
    article.publish_at = article.publish_at or max(now, article.story_embargoed_until or now)
    article.unpublish_at = endings.end_of(article, wanted=article.unpublish_at)
    overridden = refuse_unready(article, overriding=overriding)
    article.slug = article.slug or slug_for(article)
    article.status = Status.PUBLISHED
    if was_live and not is_minor:
        article.updated_at = now
    article.save(update_fields=["slug", "status", "publish_at", "unpublish_at", "updated_at"])
    return write_revision(
        article,
        by=by,
        based_on=based_on,
        is_minor=is_minor,
        replaces_read=was_read,
        overridden=overridden,
    )


def is_read(article: Article, *, now: datetime) -> bool:
    """Whether readers saw what the newest published revision says, and it was not taken back.

    By what that revision says: a form may have given the rows another time already. One query.
    """
    newest = article.published_revision
    begun = newest.snapshot.get("publish_at") if newest else None
    is_public = article.status == Status.PUBLISHED
    return is_public and begun is not None and datetime.fromisoformat(begun) <= now


def _was_ever_read(article: Article, *, now: datetime) -> bool:
    """Whether readers have seen any of it, also where it has got a later time since. One query."""
    told = article.revisions.published().values_list("snapshot__publish_at", flat=True)
    begun = [article.publish_at, *(datetime.fromisoformat(each) for each in told if each)]
    return any(each is not None and each <= now for each in begun)


def refuse_unready(
    article: Article, *, overriding: str, is_published_text: bool = False
) -> Overridden:
    """Raises NotPublishable where something blocks, or warns and `overriding` gives no reason.

    Of a text that readers have already, what would block is a warning: it keeps nothing from them.
    """
    found, reason = checklist.findings(article), overriding.strip()
    if is_published_text:
        found = [each._replace(is_warning=True) for each in found]
    if found and not (is_readable(reason) and all(each.is_warning for each in found)):
        raise NotPublishable(found)
    if not found:
        return Overridden()
    Revision._meta.get_field("warnings_reason").run_validators(reason)
    return Overridden(found, reason)


def write_revision(
    article: Article,
    *,
    by: User,
    based_on: Revision | None,
    is_minor: bool,
    replaces_read: bool,
    overridden: Overridden,
    content: dict[str, Any] | None = None,
) -> Revision:
    """The next published revision, of what the locked rows say; drops the pages that show it.

    With `replaces_read` readers have seen the one before, and may be told how it differs.
    """
    refuse_outside(by, article)  # a draft may have moved it
    number, content = drafts.next_number(article), content or drafts.snapshot(article)
    revision = Revision.objects.create(
        article=article,
        number=number,
        kind=RevisionKind.PUBLISHED,
        based_on=based_on,
        snapshot=content | {"replaces_read": replaces_read},
        is_minor=is_minor and article.published_revision is not None,
        created_by=by,
        **overridden.as_fields(),
    )
    try_links(content.get("body") or "")
    _log(article, by=by, message=f"Published as revision {number}.{overridden}")
    drop(*article.tags)
    return revision


def _log(article: Article, *, by: User, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=message)
