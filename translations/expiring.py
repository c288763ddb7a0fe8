"""Permissions that end, or have ended, while pieces that depend on them are live."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from articles.models import Article
from operations.clock import database_now, site_day
from translations.models import Attribution, Permission, PermissionNotice
from translations.permitting import covers, is_allowed, permissions_of

Step = PermissionNotice.Step
SOON = timedelta(days=Step.MONTH)


def ending_soon(today: date) -> Q:
    """Of permissions: valid today, and not longer than SOON."""
    return Q(ends_on__gte=today, ends_on__lte=today + SOON)


def ended(today: date) -> Q:
    return Q(ends_on__lt=today)


def step_of(permission: Permission, *, today: date) -> Step | None:
    """The last of the steps towards its end that has come; None long before it."""
    if permission.ends_on is None:
        return None
    left = (permission.ends_on - today).days
    if left < 0:
        return Step.ENDED
    return min((step for step in Step if step and left <= step), default=None)


def concerned(
    permissions: Collection[Permission], *, now: datetime
) -> dict[int, list[Article]]:  # fmt: skip
    """By the permission's key: live articles that may not stay, or go, when it ends. Three queries.

    One that another permission or a licence still allows on the day after is none of them.
    """
    found: dict[int, list[Article]] = {each.pk: [] for each in permissions}
    credits = Attribution.objects.with_terms().filter(
        Q(source_work__in={each.source_work_id for each in permissions})
        | Q(source_work__publication__in={each.publication_id for each in permissions}),
        article__in=Article.objects.live(now),
    )
    for credit in credits.order_by("article_id"):
        for permission in permissions_of(credit):
            if permission.pk in found and _depends(credit, permission, today=site_day(now)):
                found[permission.pk].append(credit.article)
    return found


def _depends(credit: Attribution, permission: Permission, *, today: date) -> bool:
    last = permission.ends_on
    if last is None:
        return False
    if permission.ends_publication and credit.permission_id == permission.pk:
        return True
    after = last + timedelta(days=1)
    is_replaced = is_allowed(credit, on=after) or is_allowed(credit, on=max(after, today))
    return covers(permission, credit.article.language, on=last) and not is_replaced


@transaction.atomic
def note_endings() -> list[PermissionNotice]:
    """Notes each permission that has come to a step, if live articles depend on it; the new notes.

    Each is noted once for each step and end, however often this runs at once; of steps that were
    missed the last one counts. Seven queries. Locks the permissions that end.
    """
    now = database_now()
    today = site_day(now)
    ending = Permission.objects.filter(ending_soon(today) | ended(today)).order_by("pk")
    permissions = list(ending.select_for_update(no_key=True))
    articles = concerned(permissions, now=now)
    fields = ("permission", "ends_on", "step")
    known = set(PermissionNotice.objects.filter(permission__in=articles).values_list(*fields))
    due = [
        (each.pk, each.ends_on, step_of(each, today=today))
        for each in permissions
        if articles[each.pk]
    ]
    new = [dict(zip(fields, values, strict=True)) for values in due if values not in known]
    return PermissionNotice.objects.bulk_create(PermissionNotice(**values) for values in new)
