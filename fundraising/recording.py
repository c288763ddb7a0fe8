"""What staff record of money that moved.

Each verb raises PermissionDenied for who may not, ValidationError with the code recorded for a
second use of a reference, and IntegrityError for what the database refuses, having recorded
nothing.
"""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.models import DESK, IMPORT, Campaign, Donation, Kind, LedgerEntry
from fundraising.money import format_amount
from fundraising.posting import post, post_gifts
from operations.clock import database_now

PERMISSION = "fundraising.add_ledgerentry"
BEFORE_THE_PROMISE = timedelta(days=7)
BEFORE_THE_START = timedelta(days=366)
OF_ANOTHER_BOOK = timedelta(days=20 * 366)


def record_gift(
    campaign: Campaign,
    *,
    amount_minor: int,
    occurred_on: date,
    by: User,
    note: str = "",
    supporters: int = 1,
    way: str = DESK,
    reference: uuid.UUID | None = None,
) -> LedgerEntry:
    """A gift of more than 0 that `supporters` people gave, by one of the OFFLINE ways.

    Any number may be recorded at once.

    Raises ValidationError for a day to come.
    """
    return _record(
        campaign, Kind.GIFT, amount_minor,
        occurred_on=occurred_on, note=note, by=by, reference=reference, supporters=supporters,
        provider=way,
    )  # fmt: skip


@transaction.atomic
def record_gifts(
    campaign: Campaign, gifts: Sequence[tuple[int, date]], *, by: User, way: str
) -> list[LedgerEntry]:
    """Many at once, each an amount and a day, of one person, in the order in which they came.

    Raises ValidationError for a day to come.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    check_day(max(day for _amount, day in gifts))
    return post_gifts(campaign, gifts, provider=way, by=by)


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
    """A counter-entry for money given back: `amount_minor` of the gift, or what is left of it.

    Raises ValidationError where nothing or less is left of the gift. Locks the entry.
    """
    gift = LedgerEntry.objects.select_for_update().get(pk=entry.pk)
    return _record(
        gift.campaign, Kind.REFUND, counter_amount(gift, amount_minor), reverses=gift,
        donation=gift.donation,
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
        donation=reverses and reverses.donation,
        occurred_on=occurred_on, note=note, by=by, reference=reference,
    )  # fmt: skip


@transaction.atomic
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
    if reverses := details.get("reverses"):
        check_counter_day(reverses, occurred_on)
    if reference and LedgerEntry.objects.filter(reference=str(reference)).exists():
        message = _("This has been recorded already; nothing was recorded twice.")
        raise ValidationError(message, code="recorded")
    return post(
        campaign, kind, amount_minor, occurred_on=occurred_on, by=by,
        reference=str(reference or uuid.uuid4()), **details,
    )  # fmt: skip


def counter_amount(entry: LedgerEntry, amount_minor: int | None = None) -> int:
    """The signed amount that takes back `amount_minor` of what is left of the entry, or all of it.

    Raises ValidationError with the code reversed or exceeds. Sure only while the entry is locked.
    """
    left = abs(entry.left_minor)
    if not left:
        raise ValidationError(_("Nothing is left of this entry."), code="reversed")
    size = left if amount_minor is None else amount_minor
    if not 0 < size <= left:
        message = _("Only %(amount)s is left of this entry.")
        shown = format_amount(left, entry.currency)
        raise ValidationError(message % {"amount": shown}, code="exceeds")
    return -size if entry.amount_minor > 0 else size


def check_day(occurred_on: date) -> None:
    """Money that has moved has a day that has come, anywhere in the newsroom's time zone."""
    if occurred_on > timezone.localdate(database_now()):
        raise ValidationError(_("This day is still to come."), code="future")


def check_counter_day(entry: LedgerEntry, occurred_on: date) -> None:
    """What staff take back, they take back once it is there."""
    if occurred_on < entry.occurred_on:
        message = _("The entry that it reverses is of %(day)s.")
        raise ValidationError(message % {"day": date_format(entry.occurred_on)}, code="before")


def check_gift_day(campaign: Campaign, occurred_on: date, *, way: str) -> None:
    """A slip of the year is none of a gift: one collects a while before the page stands, and
    another book goes back some years."""
    patience = OF_ANOTHER_BOOK if way == IMPORT else BEFORE_THE_START
    _check_first_day(timezone.localdate(campaign.starts_at) - patience, occurred_on)


def check_promised_day(donation: Donation, occurred_on: date) -> None:
    """Who transfers first and fills in the form afterwards does so within days."""
    _check_first_day(timezone.localdate(donation.created_at) - BEFORE_THE_PROMISE, occurred_on)


def _check_first_day(first: date, occurred_on: date) -> None:
    if occurred_on < first:
        message = _("Too early: look at the year. %(day)s is the first day that can be.")
        raise ValidationError(message % {"day": date_format(first)}, code="early")
