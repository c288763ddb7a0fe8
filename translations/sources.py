"""The verbs that follow a source: its text taken over anew, compared, withdrawn, restored."""

from hashlib import sha256

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, story_tag
from articles.publishing import PERMISSION
from operations.clock import database_now
from pagecache.drops import drop
from richtext.plain import plain_text, visible_text
from translations.models import Attribution, Change, SourceText, SourceWork

TAKE = "translations.add_sourcetext"
LONGEST = 200_000  # characters


@transaction.atomic
def record_text(work: SourceWork, *, text: str, change: str, by: User) -> SourceText:
    """Takes over the source's text as it is now; the text that is its newest then.

    The same text as the newest one only renews `checked_at`. Raises PermissionDenied, or
    ValidationError for fields `text` and `change`. Locks the source.
    """
    _lock(work, by=by, right=TAKE)
    text = readable_text(text)
    if change not in Change.values:
        raise ValidationError({"change": _("Say how the text has changed.")})
    newest = work.texts.order_by("-number").first()
    work.checked_at = database_now()
    work.save(update_fields=["checked_at"])
    drop(*_tags(work))
    if newest and newest.sha256 == sha256(text.encode()).hexdigest():
        _log(work, by=by, message="Compared: the text is the same.")
        return newest
    number = newest.number + 1 if newest else 1
    _log(work, by=by, message=f"Took over text {number}.")
    return SourceText.objects.create(
        source_work=work, number=number, text=text, change=change, taken_by=by
    )


@transaction.atomic
def mark_checked(work: SourceWork, *, by: User) -> None:
    """Notes that somebody compared the source and found its text the same. Locks the source."""
    _lock(work, by=by, right=TAKE)
    work.checked_at = database_now()
    work.save(update_fields=["checked_at"])
    drop(*_tags(work))
    _log(work, by=by, message="Compared: the text is the same.")


@transaction.atomic
def withdraw_source(work: SourceWork, *, by: User) -> None:
    """Notes that the publication took the piece back: nothing new is published from it.

    Again: nothing happens. Raises PermissionDenied. Locks the source.
    """
    _lock(work, by=by, right=PERMISSION)
    if work.withdrawn_at is None:
        work.withdrawn_at = database_now()
        _write_withdrawn(work, by=by, message="Withdrawn by its publication.")


@transaction.atomic
def restore_source(work: SourceWork, *, by: User) -> None:
    """Takes that back. Again: nothing happens. Raises PermissionDenied. Locks the source."""
    _lock(work, by=by, right=PERMISSION)
    if work.withdrawn_at is not None:
        work.withdrawn_at = None
        _write_withdrawn(work, by=by, message="Restored.")


def readable_text(text: str) -> str:
    """The text with one kind of line break and no blank ends. Raises ValidationError for `text`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > LONGEST:
        raise ValidationError({"text": _("This text is too long: at most 200,000 characters.")})
    try:
        plain_text(text)
        visible_text(text)
    except ValidationError as refused:
        raise ValidationError({"text": refused.messages})
    return text


def _lock(work: SourceWork, *, by: User, right: str) -> None:
    """Locks the source and reads it as it is stored; unsaved changes are lost."""
    if not by.has_perm(right):
        raise PermissionDenied
    work.refresh_from_db(from_queryset=SourceWork.objects.select_for_update(no_key=True))


def _tags(work: SourceWork) -> list[str]:
    """Of the pages that show what was made from the source, and say whether that still holds."""
    credits = Attribution.objects.filter(source_work=work)
    stories = Article.objects.filter(pk__in=credits.values("article")).values_list("story_id")
    return ["lists", *(story_tag(story) for (story,) in stories.distinct())]


def _write_withdrawn(work: SourceWork, *, by: User, message: str) -> None:
    work.save(update_fields=["withdrawn_at"])
    drop(*_tags(work))
    _log(work, by=by, message=message)


def _log(work: SourceWork, *, by: User, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [work], CHANGE, change_message=message)
