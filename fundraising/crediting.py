"""Gifts that were promised and have come."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.models import BANK, Donation, DonationState, Kind, LedgerEntry
from fundraising.posting import post
from fundraising.recording import PERMISSION, check_day
from fundraising.tasks import send_receipt


@transaction.atomic
def credit(
    donation: Donation,
    *,
    amount_minor: int,
    occurred_on: date,
    reference: str,
    note: str = "",
    by: User | None = None,
) -> LedgerEntry:
    """The entry of the money that came for it, and paid; once for each reference, in any order.

    `amount_minor` is what really came. The giver gets a receipt. Locks the donation.
    """
    donations = Donation.objects.select_for_update(of=["self"], no_key=True)
    donation = donations.select_related("campaign").get(pk=donation.pk)
    entry = post(
        donation.campaign,
        Kind.GIFT,
        amount_minor,
        occurred_on=occurred_on,
        provider=donation.provider,
        reference=reference,
        donation=donation,
        note=note,
        by=by,
    )
    if not donation.is_paid:
        send_receipt.enqueue(donation.pk)  # a row of this transaction: neither lost nor early
    move(donation, DonationState.PAID)
    return entry


@transaction.atomic
def mark_received(
    donation: Donation, *, amount_minor: int, occurred_on: date, by: User, note: str = ""
) -> LedgerEntry:
    """A transfer that staff have seen on the account, with the amount that really came.

    Raises PermissionDenied; ValidationError for a day to come, for what came another way, and
    with the code received where it has been marked already. Locks the donation.
    """
    donation = _awaited(donation, by)
    check_day(occurred_on)
    return credit(
        donation, amount_minor=amount_minor, occurred_on=occurred_on,
        reference=_free_reference(donation), note=note, by=by,
    )  # fmt: skip


@transaction.atomic
def cancel(donation: Donation, *, by: User) -> None:
    """Waits no longer for a transfer; should it come all the same, it can be marked received.

    Raises PermissionDenied; ValidationError for what was paid or came another way. Safe to repeat.
    Locks the donation.
    """
    move(_awaited(donation, by), DonationState.CANCELED)


def move(donation: Donation, state: DonationState) -> None:
    """Sets the state of a donation that the caller has locked; what is paid stays so."""
    if donation.state not in (state, DonationState.PAID):
        donation.state = state
        donation.save(update_fields=["state"])


def _free_reference(donation: Donation) -> str:
    """The donation's own; of one that was marked by mistake and taken back, with a number."""
    earlier = donation.entries.filter(kind=Kind.GIFT).count()
    return f"{donation.reference}/{earlier + 1}" if earlier else donation.reference


def _awaited(donation: Donation, by: User) -> Donation:
    """The donation, locked, of which staff may say whether its transfer came."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    donation = Donation.objects.select_for_update(no_key=True).get(pk=donation.pk)
    if donation.provider != BANK:
        raise ValidationError(_("This is no gift by bank transfer."), code="provider")
    if donation.is_paid and Donation.objects.with_come().get(pk=donation.pk).has_come:
        raise ValidationError(_("This gift has been marked as received already."), code="received")
    return donation
