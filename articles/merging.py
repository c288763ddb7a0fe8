"""Making one of two contributors who are the same person."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import Contribution, Contributor, Redirect, RedirectKind
from pagecache.drops import drop

PERMISSION = "articles.delete_contributor"
TEXTS = ("names", "role_lines", "bios")


@transaction.atomic
def merge(kept: Contributor, duplicate: Contributor, *, by: User) -> None:
    """Gives all that is the duplicate's to the one who is kept, and its address too.

    What the kept one lacks (a name or text in a language, portrait, account) is taken over. Again:
    nothing happens. Raises PermissionDenied; ValidationError where both are one or the kept one is
    gone. Locks both, in the order of their keys.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    if kept.pk == duplicate.pk:
        raise ValidationError(_("Choose two different people."))
    people = Contributor.objects.select_for_update().filter(pk__in=[kept.pk, duplicate.pk])
    found = {person.pk: person for person in people.order_by("pk")}
    if kept.pk not in found:
        raise ValidationError(_("This person is no longer there."))
    if duplicate.pk not in found:
        return
    keeping, leaving = found[kept.pk], found[duplicate.pk]
    _move_all(keeping, leaving)
    account = leaving.user
    Contributor.objects.filter(pk=leaving.pk).delete()
    Redirect.objects.filter(kind=RedirectKind.CONTRIBUTOR, slug=leaving.slug).update(
        contributor=keeping
    )
    for name in TEXTS:
        setattr(keeping, name, getattr(leaving, name) | getattr(keeping, name))
    keeping.portrait = keeping.portrait or leaving.portrait
    keeping.user = keeping.user or account
    keeping.save(update_fields=[*TEXTS, "portrait", "user"])
    LogEntry.objects.log_actions(
        by.pk, [keeping], CHANGE, change_message=f"Merged with {leaving.slug}."
    )
    drop("site")


def references() -> list[Any]:
    """Every foreign key to a contributor, of whichever app."""
    related: Any = Contributor._meta.get_fields(include_hidden=True)
    return [each.field for each in related if each.one_to_many and not each.concrete]


def _move_all(kept: Contributor, duplicate: Contributor) -> None:
    """A byline that names both in one role keeps the one line."""
    named = Contribution.objects.filter(contributor=kept).values("article", "role")
    for line in Contribution.objects.filter(contributor=duplicate):
        if {"article": line.article_id, "role": line.role} in named:
            line.delete()
    for field in references():
        rows = field.model._base_manager.filter(**{field.name: duplicate})
        rows.update(**{field.name: kept})
