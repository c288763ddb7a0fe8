"""Drafts over articles that readers may see already: saved, shown, discarded, and copied over.

The row of an article is what was published last; what is written after that waits in the newest
`Revision` (docs/decisions/0015). An article that is no longer or not yet public is its own draft:
its row is saved as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Revision, RevisionKind, Section, Status
from articles.models.standing import SAYS_PUBLISHED, waits
from articles.remits import holds_at, refuse_outside
from articles.snapshots import SAVED, Part, own_parts, record

CHANGE_PERMISSION, ADD_PERMISSION = "articles.change_article", "articles.add_article"

_parts: list[Part] = own_parts()


def register(part: Part) -> Part:
    """Adds another app's part of a draft, from its `AppConfig.ready()`."""
    if part.key not in {each.key for each in _parts}:
        _parts.append(part)
    return part


def parts() -> list[Part]:
    """All that a draft holds, in its order."""
    return [*_parts]


class StaleDraft(ValidationError):  # noqa: N818  the word of the newsroom
    """Somebody saved or published since the text was opened: `newest` is what they saved."""

    def __init__(self, newest: Revision) -> None:
        self.newest = newest
        moment = localtime(newest.created_at)
        super().__init__(
            _("%(person)s saved revision %(number)d on %(date)s at %(time)s, after you had begun.")
            % {
                "person": newest.created_by,
                "number": newest.number,
                "date": date_format(moment, "DATE_FORMAT"),
                "time": date_format(moment, "TIME_FORMAT"),
            },
            code="stale",
        )


# Reading


def snapshot(article: Article) -> dict[str, Any]:
    """The whole of the article as its rows have it."""
    return record(article) | {part.key: part.read(article) for part in _parts}


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What has changed between two snapshots, in plain sentences."""
    return [
        sentence
        for part in _parts
        for sentence in part.changes(old.get(part.key), new.get(part.key))
    ]


def says_the_same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return old.get("language") == new.get("language") and not differences(old, new)


def section_of(revision: Revision) -> Section | None:
    """The section in which the revision stands, if it still exists. One query."""
    key = _section_id(revision.snapshot)
    return Section.objects.filter(pk=key).first() if key else None


def newest(article: Article) -> Revision | None:
    """What was saved or published last. One query."""
    return article.revisions.select_related("created_by").first()


def pending(article: Article) -> Revision | None:
    """The draft that waits over a published article, or None. One query at most.

    A discarded one is a draft like what is published: see `changes`.
    """
    if article.status == Status.DRAFT:
        return None
    last = newest(article)
    return last if last and last.kind == RevisionKind.DRAFT else None


def unwritten(article: Article, revision: Revision | None) -> Revision | None:
    """The revision, unless it is what the article's rows say anyway. Two queries at most."""
    is_own_draft = article.status == Status.DRAFT
    row = newest(article) if is_own_draft else article.published_revision
    return None if revision == row else revision


def changes(article: Article) -> list[str]:
    """How the waiting draft differs from what is published, in plain sentences."""
    draft = pending(article) if has_unpublished_changes(article) else None
    return differences(snapshot(article), draft.snapshot) if draft else []


def has_unpublished_changes(article: Article) -> bool:
    """Whether a draft waits over what readers see or saw. One query at most."""
    return article.status != Status.DRAFT and waits(article)


# Writing


def write(article: Article, content: dict[str, Any]) -> None:
    """Copies a snapshot to the rows: only the parts that differ, and that the snapshot knows."""
    before = {name: getattr(article, name) for name in SAVED}
    for part in _parts:
        if part.key in content and part.read(article) != content[part.key]:
            part.write(article, content[part.key])
    changed = [name for name, value in before.items() if getattr(article, name) != value]
    if changed:
        article.save(update_fields=changed)


class Applied:
    """A draft as rows: `keep()` lets them stay."""

    is_kept = False

    def keep(self) -> None:
        self.is_kept = True


@contextmanager
def applied(article: Article, revision: Revision | None) -> Iterator[Applied]:
    """Within it the article's rows say what `revision` says, for this connection alone.

    At its end all that was written is rolled back, `NOTIFY` and what waits for the commit
    included, unless `keep()` was called. Locks the article meanwhile. Read it anew inside.
    """
    with transaction.atomic():
        scope = Applied()
        # another object than the caller's, which says afterwards what it said before
        row = locked(article)
        if revision is not None:
            write(row, revision.snapshot)
        yield scope
        if not scope.is_kept:
            transaction.set_rollback(True)


def locked(article: Article) -> Article:
    """The article as it is stored, locked until the transaction ends."""
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def refuse_stale(article: Article, *, seen: Revision | None) -> None:
    """Raises StaleDraft if `seen` is not the newest revision. Lock the article first."""
    last = newest(article)
    if last is not None and last != seen:
        raise StaleDraft(last)


@transaction.atomic
def save_draft(
    article: Article,
    content: dict[str, Any] | None = None,
    *,
    by: User,
    based_on: Revision | None,
    seen: Revision | None = None,
    is_minor: bool = False,
) -> Revision:
    """Writes a draft and returns it; no reader sees it before it is published.

    `content` is a snapshot; None takes the rows as they are. Where the row itself is the draft it
    is written there as well. `based_on` is the revision whose text this began from, and `seen`
    the newest that the writer knows of, unless it is the same one.

    Raises PermissionDenied, also outside of the writer's remit, or StaleDraft where somebody saved
    another one since. Locks the article.
    """
    row = locked(article)
    _refuse_without_right(by, row, is_first=based_on is None)
    refuse_stale(row, seen=seen or based_on)
    if content is None:
        content = snapshot(row)
    elif not holds_at(by, section_id=_section_id(content), language=row.language):
        raise PermissionDenied
    elif row.status == Status.DRAFT:
        write(row, content)
    return _write_draft(row, content, by=by, based_on=based_on, is_minor=is_minor)


@transaction.atomic
def discard_draft(article: Article, *, by: User, seen: Revision | None) -> Revision | None:
    """Goes back to what is published, as a new draft: what is discarded stays among the revisions.

    Returns the newest revision; again, or without a draft, nothing happens. Raises
    PermissionDenied, StaleDraft, or ValidationError where nothing is published. Locks the article.
    """
    row = locked(article)
    _refuse_without_right(by, row)
    if row.status == Status.DRAFT:
        raise ValidationError(_("Nothing of this article is published yet."))
    refuse_stale(row, seen=seen)
    if not has_unpublished_changes(row):
        return newest(row)
    public = row.published_revision
    return _write_draft(row, snapshot(row), by=by, based_on=public, is_minor=False)


def _refuse_without_right(by: User, article: Article, *, is_first: bool = False) -> None:
    if not by.has_perm(CHANGE_PERMISSION) and not (is_first and by.has_perm(ADD_PERMISSION)):
        raise PermissionDenied
    refuse_outside(by, article)


def _section_id(content: dict[str, Any]) -> int | None:
    """None also where an old revision names its section by slug; publishing asks again then."""
    told = content.get("section")
    return told.get("id") if isinstance(told, dict) else None


def _write_draft(
    article: Article,
    content: dict[str, Any],
    *,
    by: User,
    based_on: Revision | None,
    is_minor: bool,
) -> Revision:
    """The next revision; its number is safe because the article is locked."""
    is_over_public = article.status != Status.DRAFT
    is_same = is_over_public and not differences(snapshot(article), content)
    revision = Revision.objects.create(
        article=article,
        number=next_number(article),
        kind=RevisionKind.DRAFT,
        based_on=based_on,
        snapshot=content | {SAYS_PUBLISHED: is_same},
        is_minor=is_minor,
        created_by=by,
    )
    message = f"Saved as draft, revision {revision.number}."
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=message)
    return revision


def next_number(article: Article) -> int:
    """Lock the article first. One query."""
    last = article.revisions.values_list("number", flat=True).first()
    return (last or 0) + 1
