"""Deciding on the public names and messages of gifts, before readers see them."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from fundraising.desk_log import note
from fundraising.models import Dedication, Donation, Moderation
from pagecache.drops import drop

PERMISSION = "fundraising.change_dedication"


def show(donations: QuerySet[Donation], *, by: User) -> int:
    """Lets readers see the names and messages of these gifts; of how many that was new."""
    return _decide(donations, Moderation.SHOWN, by=by)


def hide(donations: QuerySet[Donation], *, by: User) -> int:
    """Takes them away from readers; of how many that was new."""
    return _decide(donations, Moderation.HIDDEN, by=by)


@transaction.atomic
def _decide(donations: QuerySet[Donation], decision: Moderation, *, by: User) -> int:
    """Raises PermissionDenied. Locks the gifts in the order of their keys; those without words,
    erased ones included, have nothing to decide. The log has their numbers alone."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    undecided = Donation.objects.with_words().filter(pk__in=donations.values("pk"))
    undecided = undecided.exclude(moderation=decision).order_by("pk")
    decided = dict(undecided.select_for_update(no_key=True).values_list("pk", "campaign"))
    Donation.objects.filter(pk__in=decided).update(moderation=decision)
    note(Dedication, decided, decision, by=by)
    if decided:
        drop(*(f"campaign:{campaign}" for campaign in sorted(set(decided.values()))))
    return len(decided)
