"""The verbs by which a text is agreed upon: submitted, sent back, approved, spoken about.

What they write says what was said; where the review stands is derived from it
(`articles.models.standing`).
"""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles import drafts
from articles.checklist import Finding
from articles.models import (
    Article,
    Contributor,
    ReviewEntry,
    ReviewKind,
    ReviewState,
    Revision,
    RevisionKind,
    Role,
    Status,
)
from articles.models.standing import newest_decision, review_state
from articles.remits import is_within, refuse_outside
from articles.snapshots import found
from articles.tasks import try_links

SUBMIT, REVIEW, NOTE = (
    "articles.change_article",
    "articles.review_article",
    "articles.add_reviewentry",
)


@transaction.atomic
def submit(article: Article, *, by: User, text: str = "") -> ReviewEntry:
    """Hands the newest draft over for review; `text` is for whoever reviews it.

    Again, with no draft saved since: nothing happens. Raises PermissionDenied, or ValidationError
    where there is nothing to review. Locks the article.
    """
    row, newest = _reviewable(article, by=by, right=SUBMIT)
    decision, state = newest_decision(row), review_state(row)
    if state == ReviewState.APPROVED:
        raise ValidationError(_("This text is approved already."))
    is_repeat = state == ReviewState.IN_REVIEW and decision and decision.revision == newest
    if decision and is_repeat and text in ("", decision.text):
        return decision
    return _handed_over(newest, ReviewKind.SUBMITTED, text, by=by)


@transaction.atomic
def request_changes(article: Article, *, by: User, text: str) -> ReviewEntry:
    """Hands a submitted or approved text back to its writers; `text` says what is to be changed.

    The same again: nothing happens. Raises PermissionDenied, or ValidationError where nothing was
    submitted or nothing is said. Locks the article.
    """
    row, newest = _reviewable(article, by=by, right=REVIEW)
    _refuse_unsubmitted(row)
    decision = newest_decision(row)
    told = (ReviewKind.CHANGES_REQUESTED, text, by, newest)
    if decision and told == _of(decision):
        return decision
    return _write(newest, ReviewKind.CHANGES_REQUESTED, text, by=by)


@transaction.atomic
def approve(article: Article, *, by: User, text: str = "", seen: Revision | None) -> ReviewEntry:
    """Says that the newest draft may be published as it is; `seen` is what was read.

    Of an approved text: nothing happens. Raises PermissionDenied; StaleDraft where somebody saved
    since; ValidationError where nothing was submitted, or for who wrote it in a section that wants
    somebody else. Locks the article.
    """
    row, newest = _reviewable(article, by=by, right=REVIEW)
    drafts.refuse_stale(row, seen=seen)
    decision = newest_decision(row)
    if decision and review_state(row) == ReviewState.APPROVED:
        return decision
    _refuse_unsubmitted(row)
    section = row.section if row.status == Status.DRAFT else drafts.section_of(newest)
    wants_another = any(each and each.requires_approval for each in (row.section, section))
    if wants_another and by.pk in writers(row):
        raise ValidationError(_("This section wants approval by somebody who did not write it."))
    return _handed_over(newest, ReviewKind.APPROVED, text, by=by)


@transaction.atomic
def note(article: Article, *, by: User, text: str) -> ReviewEntry:
    """Says something of the newest text, and decides nothing. The same again: nothing happens.

    Raises PermissionDenied, or ValidationError. Locks the article.
    """
    row = _locked(article, by=by, right=NOTE)
    if not text.strip():
        raise ValidationError(_("Write the note first."))
    newest = _newest(row)
    last = row.review.order_by("-id").first()
    if last and (ReviewKind.NOTE, text, by, newest) == _of(last):
        return last
    return _write(newest, ReviewKind.NOTE, text, by=by)


# Who may


def may_submit(article: Article, *, by: User) -> bool:
    return by.has_perm(SUBMIT) and is_within(by, article)


def may_review(article: Article, *, by: User) -> bool:
    return by.has_perm(REVIEW) and is_within(by, article)


def may_note(article: Article, *, by: User) -> bool:
    return by.has_perm(NOTE) and is_within(by, article)


def writers(article: Article) -> set[int]:
    """The accounts of whoever has a part in the text that is under review.

    They submitted it, stand in its byline, or saved a draft of it: before it was submitted, or
    afterwards where the newest one says anything else than what was submitted.
    """
    public = article.published_revision
    since = article.revisions.filter(number__gt=public.number if public else 0)
    submissions = article.review.filter(kind=ReviewKind.SUBMITTED, revision__in=since)
    handed_in = submissions.order_by("-id").select_related("revision").first()
    saved = since.filter(number__lte=handed_in.revision.number) if handed_in else since
    newest = since.first()
    if (
        handed_in
        and newest
        and not drafts.says_the_same(handed_in.revision.snapshot, newest.snapshot)
    ):
        saved = since
    people = {*submissions.values_list("created_by", flat=True)}
    people |= {*saved.filter(kind=RevisionKind.DRAFT).values_list("created_by", flat=True)}
    lines = newest.snapshot.get("byline", []) if newest else []
    # who checked a piece may stand in its byline for just that
    named = [line["contributor"] for line in lines if line["role"] != Role.REVIEWER]
    return people | {each.user_id for each in found(Contributor, named) if each.user_id}


# What publishing asks


def text_is_approved(article: Article) -> Iterator[Finding]:
    """The check of a section that wants approval: what readers would see is what was approved.

    So do pieces that leave such a section. What they have seen already passes too: times change
    without a second approval.
    """
    public = article.published_revision
    sections = [article.section, drafts.section_of(public) if public else None]
    if not any(section and section.requires_approval for section in sections):
        return
    decision = newest_decision(article)
    is_approved = decision is not None and review_state(article) == ReviewState.APPROVED
    passed = [decision.revision if decision and is_approved else None, public]
    told = drafts.snapshot(article)
    if not any(revision and drafts.says_the_same(revision.snapshot, told) for revision in passed):
        message = _("This section wants somebody else's approval of the text as it is now.")
        yield Finding("approval", message, field="section")


# Writing


def _reviewable(article: Article, *, by: User, right: str) -> tuple[Article, Revision]:
    """The locked article and its newest revision, which no reader has seen."""
    row = _locked(article, by=by, right=right)
    newest = _newest(row)
    if row.status != Status.DRAFT and not drafts.has_unpublished_changes(row):
        raise ValidationError(_("Nothing waits here: readers know this text already."))
    return row, newest


def _locked(article: Article, *, by: User, right: str) -> Article:
    row = drafts.locked(article)
    if not by.has_perm(right):
        raise PermissionDenied
    refuse_outside(by, row)
    return row


def _newest(article: Article) -> Revision:
    newest = drafts.newest(article)
    if newest is None:
        raise ValidationError(_("Nothing is saved yet: save a draft first."))
    return newest


def _refuse_unsubmitted(article: Article) -> None:
    if review_state(article) == ReviewState.DRAFT:
        raise ValidationError(_("This text is not submitted for review."))


def _of(entry: ReviewEntry) -> tuple[str, str, User, Revision]:
    return entry.kind, entry.text, entry.created_by, entry.revision


def _handed_over(revision: Revision, kind: ReviewKind, text: str, *, by: User) -> ReviewEntry:
    """On its way to readers: its links are tried, so that whoever publishes it knows."""
    try_links(revision.snapshot.get("body") or "")
    return _write(revision, kind, text, by=by)


def _write(revision: Revision, kind: ReviewKind, text: str, *, by: User) -> ReviewEntry:
    entry = ReviewEntry(
        article_id=revision.article_id, revision=revision, kind=kind, text=text, created_by=by
    )
    entry.full_clean(exclude=["article", "revision", "created_by", "created_at"])
    entry.save()
    return entry
