"""Saying that a translation has been compared with its source as it is now."""

from typing import NamedTuple

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Revision, Status
from articles.remits import is_within
from pagecache.drops import drop
from translations.models import (
    Attribution,
    Reconciliation,
    SourceText,
    newest_revision,
    newest_text,
)

PERMISSION = "translations.reconcile_attribution"


class Sides(NamedTuple):
    """What a credit covers of its source, None for nothing, and the newest there is."""

    covered: Revision | SourceText | None
    newest: Revision | SourceText | None


def may_reconcile(article: Article, *, by: User) -> bool:
    """Whoever may change a draft; of what is or was public, whoever has the right to.

    Within their remit alone.
    """
    if not is_within(by, article):
        return False
    if by.has_perm(PERMISSION):
        return True
    return article.status == Status.DRAFT and by.has_perm("articles.change_article")


def sides_of(credit: Attribution) -> Sides:
    """Two or three queries; nothing of an original."""
    if credit.source_article_id:
        return Sides(credit.source_revision, newest_revision(credit.source_article_id))
    return Sides(credit.source_text, newest_text(credit.source_work_id))


@transaction.atomic
def reconcile(article: Article, *, by: User, seen: int) -> Reconciliation | None:
    """Lets the article's credit cover the newest version of its source.

    `seen` is the id of the revision or text that was compared. None, and nothing is written, where
    the credit covers the newest already. Raises PermissionDenied, or ValidationError where there
    is no source or no version of it, or a newer one than was seen. Locks the article.
    """
    article.refresh_from_db(from_queryset=Article.objects.select_for_update(no_key=True))
    if not may_reconcile(article, by=by):
        raise PermissionDenied
    credit = Attribution.objects.filter(article=article).first()
    sides = sides_of(credit) if credit else Sides(None, None)
    if credit is None or sides.newest is None:
        raise ValidationError(_("There is no version of a source to compare this with."))
    if sides.covered == sides.newest:
        return None
    if sides.newest.pk != seen:
        raise ValidationError(
            _("The source has changed once more meanwhile: look at what is new."), code="newer"
        )
    return _move(credit, sides.covered, sides.newest, by=by)


def _move(
    credit: Attribution,
    covered: Revision | SourceText | None,
    newest: Revision | SourceText,
    *,
    by: User,
) -> Reconciliation:
    kind = "revision" if isinstance(newest, Revision) else "text"
    setattr(credit, f"source_{kind}", newest)
    credit.save(update_fields=[f"source_{kind}"])
    article = credit.article
    message = f"Reconciled with {kind} {newest.number} of its source."
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=message)
    drop(article.tag)
    return Reconciliation.objects.create(
        article=article.pk,
        by=by.pk,
        **{f"from_{kind}": covered.pk if covered else None, f"to_{kind}": newest.pk},
    )
