"""Articles that end with the permission by which they are published.

Publishing notes that permission in the credit, and in `ends_otherwise_at` the end that the desk
itself wanted. Where the permission ends what is published by it, the article's own `unpublish_at`
is the earlier of the two; readers' pages ask for that alone.
"""

from datetime import date, datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Article, Status
from operations.clock import database_now, end_of_day
from pagecache.drops import drop
from translations.models import Attribution, Permission
from translations.permitting import AGREED, covers, first_day, permissions_of


def end_with_permission(article: Article, wanted: datetime | None) -> datetime | None:
    """When the article ends: as the desk wants, or before with its permission. Eight queries.

    For `publish()`, which has locked the article. Locks the permissions of its source until the
    transaction ends, so that their days stay what they were.
    """
    attribution = Attribution.objects.select_related("source_work").filter(article=article).first()
    if attribution is None:
        return wanted
    _lock_permissions(attribution)
    attribution = Attribution.objects.with_terms().select_related("permission").get(
        article=article
    )  # fmt: skip
    if wanted != _end(attribution):  # else the form only showed it, and sent it back
        attribution.ends_otherwise_at = wanted
    on = first_day(article, now=database_now())
    attribution.permission = _governing_permission(attribution, article.language, on)
    end = _end(attribution)
    if attribution.permission is None:
        attribution.ends_otherwise_at = None
    attribution.save(update_fields=["permission", "ends_otherwise_at"])
    return end


def end_of_permission(permission: Permission | None) -> datetime | None:
    """The end of what is published by it; None where it sets none."""
    if permission is None or permission.ends_on is None or not permission.ends_publication:
        return None
    return end_of_day(permission.ends_on)


@transaction.atomic
def change_permission(permission: Permission, *, by: User) -> list[Article]:
    """Saves the changed permission, and moves the ends that it sets; the articles that moved.

    What has begun and should have ended already ends now. Raises PermissionDenied, or
    ValidationError, with nothing changed, for what would end before it begins. Locks the articles,
    as `publish()` does, and then the permission.
    """
    if not by.has_perm("translations.change_permission"):
        raise PermissionDenied
    mine = Attribution.objects.filter(permission=permission).order_by("article_id")
    articles = Article.objects.select_for_update(no_key=True).order_by("pk")
    locked = articles.filter(pk__in=mine.values("article"))
    list(locked.values_list("pk"))
    Permission.objects.select_for_update(no_key=True).get(pk=permission.pk)
    if blocked := first_without_time(permission):
        raise ValidationError({"ends_on": ends_before(blocked)})
    permission.save()
    now = database_now()
    moved = [
        attribution.article
        for attribution in mine.select_related("article__story")
        if _move(attribution, permission, now=now)
    ]
    if moved:
        LogEntry.objects.log_actions(by.pk, moved, CHANGE, change_message="Ends otherwise.")
        drop(*{tag for article in moved for tag in article.tags})
    return moved


def first_without_time(permission: Permission) -> Article | None:
    """A scheduled article that the permission, as it is now, would end before it begins."""
    end = end_of_permission(permission)
    mine = Attribution.objects.filter(permission=permission)
    waiting = Article.objects.filter(
        pk__in=mine.values("article"), status=Status.PUBLISHED, publish_at__gt=database_now()
    )
    return None if end is None else waiting.filter(publish_at__gte=end).order_by("pk").first()


def ends_before(article: Article) -> str:
    return _("“%(article)s” is scheduled for later: it would end before it begins.") % {
        "article": article
    }


def _lock_permissions(attribution: Attribution) -> None:
    work = attribution.source_work
    if work is not None:
        of_source = Q(source_work=work) | Q(publication=work.publication_id)
        rows = Permission.objects.filter(of_source).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))


def _governing_permission(
    attribution: Attribution, language: str, on: date
) -> Permission | None:  # fmt: skip
    """For the source before for its publication, agreed before others, the longest first."""
    valid = [p for p in permissions_of(attribution) if covers(p, language, on=on)]
    return min(
        valid,
        key=lambda p: (
            p.source_work_id is None,
            p.kind not in AGREED,
            -(p.ends_on or date.max).toordinal(),
            p.pk,
        ),
        default=None,
    )


def _end(attribution: Attribution) -> datetime | None:
    """The earlier of what the permission says and the desk wants."""
    ends = (end_of_permission(attribution.permission), attribution.ends_otherwise_at)
    return min((end for end in ends if end), default=None)


def _move(attribution: Attribution, permission: Permission, *, now: datetime) -> bool:
    """Gives the article its end by the changed permission; whether that is another than before."""
    article = attribution.article
    attribution.permission = permission
    end = _end(attribution)
    if end and article.publish_at and end <= article.publish_at:
        if article.status != Status.PUBLISHED:
            return False  # publishing will say it
        end = now
    if end == article.unpublish_at:
        return False
    article.unpublish_at = end
    article.save(update_fields=["unpublish_at"])
    return True
