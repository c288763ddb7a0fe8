"""Recording money that moved: the only way into the ledger.

Each verb raises PermissionDenied for who may not.

What the database refuses (an amount of 0, a second use of a reference, a refund without a
reason) raises IntegrityError and records nothing.
"""

import uuid
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.models import Campaign, Kind, LedgerEntry
from operations.clock import database_now
from pagecache.drops import drop

PERMISSION = "fundraising.add_ledgerentry"


def record_gift(
    campaign: Campaign,
    *,
    amount_minor: int,
    occurred_on: date,
    by: User,
    note: str = "",
    reference: uuid.UUID | None = None,
) -> LedgerEntry:
    """One gift of more than 0. Locks nothing: any number may be recorded at once.

    Raises ValidationError for a day to come.
    """
    return _record(
        campaign, Kind.GIFT, amount_minor,
        occurred_on=occurred_on, note=note, by=by, reference=reference,
    )  # fmt: skip


@transaction.atomic
def record_refund(
    entry: LedgerEntry,
    *,
    occurred_on: date,
    note: str,
    by: User,
    amount_minor: int | None = None,
    reference: uuid.UUID | None = None,
) -> LedgerEntry:
    """A counter-entry for money given back: `amount_minor` of the gift, or all of it.

    Raises ValidationError where the gift is reversed already or smaller. Locks the entry.
    """
    gift = LedgerEntry.objects.select_for_update().get(pk=entry.pk)
    return _record(
        gift.campaign, Kind.REFUND, counter_amount(gift, amount_minor), reverses=gift,
        occurred_on=occurred_on, note=note, by=by, reference=reference,
    )  # fmt: skip


@transaction.atomic
def record_correction(
    campaign: Campaign,
    *,
    occurred_on: date,
    note: str,
    by: User,
    amount_minor: int | None = None,
    reverses: LedgerEntry | None = None,
    reference: uuid.UUID | None = None,
) -> LedgerEntry:
    """Puts a mistake right: as the counter-entry of `reverses`, or as a signed amount of its own.

    With `reverses` the amount is how much of that entry was wrong, without a sign, or None for
    all of it. Raises ValidationError and locks as record_refund() does.
    """
    if reverses is not None:
        reverses = LedgerEntry.objects.select_for_update().get(pk=reverses.pk)
        amount_minor = counter_amount(reverses, amount_minor)
    elif amount_minor is None:
        raise ValidationError(_("Write the amount."), code="required")
    return _record(
        campaign, Kind.CORRECTION, amount_minor, reverses=reverses,
        occurred_on=occurred_on, note=note, by=by, reference=reference,
    )  # fmt: skip


def _record(
    campaign: Campaign,
    kind: Kind,
    amount_minor: int,
    *,
    occurred_on: date,
    by: User,
    reference: uuid.UUID | None,
    **details: Any,
) -> LedgerEntry:
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    check_day(occurred_on)
    with transaction.atomic():
        entry = LedgerEntry.objects.create(
            campaign=campaign,
            kind=kind,
            amount_minor=amount_minor,
            currency=campaign.currency,
            occurred_on=occurred_on,
            recorded_by=by,
            reference=reference or uuid.uuid4(),
            **details,
        )
        drop(f"campaign:{campaign.pk}")
    return entry


def counter_amount(entry: LedgerEntry, amount_minor: int | None = None) -> int:
    """The signed amount that takes back `amount_minor` of the entry, or all of it.

    Raises ValidationError with the code reversed or exceeds. Sure only while the entry is locked.
    """
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise ValidationError(_("This entry has a counter-entry already."), code="reversed")
    size = abs(entry.amount_minor) if amount_minor is None else amount_minor
    if not 0 < size <= abs(entry.amount_minor):
        message = _("The entry itself has only %(amount)s.") % {"amount": entry.amount}
        raise ValidationError(message, code="exceeds")
    return -size if entry.amount_minor > 0 else size


def check_day(occurred_on: date) -> None:
    """Money that has moved has a day that has come, anywhere in the newsroom's time zone."""
    if occurred_on > timezone.localdate(database_now()):
        raise ValidationError(_("This day is still to come."), code="future")
