"""Letting somebody without an account see a text that is not published, for a time."""

import re
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from articles import drafts
from articles.models import Article, PreviewLink, Revision
from articles.models.writing import MOST_DAYS
from articles.remits import refuse_outside
from operations.clock import database_now

DAYS = 7
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@transaction.atomic
def share(
    article: Article, *, by: User, revision: Revision | None = None, days: int = DAYS
) -> PreviewLink:
    """A new link to the revision, or without one to whatever was saved last.

    Raises PermissionDenied, or ValidationError for another article's revision and for a time that
    is too long. Locks the article.
    """
    _refuse_without_right(by, drafts.locked(article))
    if revision is not None and revision.article_id != article.pk:
        raise ValidationError(_("This is a revision of another article."))
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(
            ngettext("A link is good for at most %d day.", "A link is good for at most %d days.",
                     MOST_DAYS) % MOST_DAYS
        )  # fmt: skip
    now = database_now()
    link = PreviewLink.objects.create(
        article=article,
        revision=revision,
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    _log(article, by=by, message=f"Shared as preview link {link.pk}.")
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, by: User) -> None:
    """From now on the link leads nowhere. Again: nothing happens.

    Raises PermissionDenied. Locks the article.
    """
    row = drafts.locked(link.article)
    _refuse_without_right(by, row)
    still_good = PreviewLink.objects.filter(pk=link.pk, revoked_at=None)
    if still_good.update(revoked_at=database_now()):
        _log(row, by=by, message=f"Revoked preview link {link.pk}.")


def good_links(article: Article, *, now: datetime) -> list[PreviewLink]:
    """Those that lead somewhere at `now`, the newest first. One query."""
    links = PreviewLink.objects.filter(article=article, revoked_at=None, expires_at__gt=now)
    return list(links.select_related("revision", "created_by"))


def find_link(token: str, *, now: datetime) -> PreviewLink | None:
    """The link, while it is good at `now`. One query at most."""
    if not TOKEN.fullmatch(token):
        return None
    links = PreviewLink.objects.filter(token=token, revoked_at=None, expires_at__gt=now)
    return links.select_related("article", "revision").first()


def shown(link: PreviewLink) -> AbstractContextManager[Any]:
    """Within it the article's rows say what the link shows: see `drafts.applied`.

    Where they say so anyway nothing is locked.
    """
    wanted = link.revision or drafts.pending(link.article)
    revision = drafts.unwritten(link.article, wanted) if wanted else None
    return drafts.applied(link.article, revision) if revision else nullcontext()


def _refuse_without_right(by: User, article: Article) -> None:
    if not by.has_perm(drafts.CHANGE_PERMISSION):
        raise PermissionDenied
    refuse_outside(by, article)


def _log(article: Article, *, by: User, message: str) -> None:
    LogEntry.objects.log_actions(by.pk, [article], CHANGE, change_message=message)
