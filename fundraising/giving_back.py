"""Giving back what came of a donation."""

import uuid
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.models import OFFLINE, Donation, Kind, LedgerEntry
from fundraising.providers import provider_named
from fundraising.recording import PERMISSION, record_refund


def gives_back_itself(donation: Donation) -> bool:
    """Whether the payment service sends the money, so that nobody transfers it by hand."""
    try:
        return provider_named(donation.provider).capabilities(donation.currency).takes_refunds
    except LookupError:
        return False


def give_back(
    donation: Donation,
    *,
    amount_minor: int,
    occurred_on: date,
    reason: str,
    by: User,
    key: uuid.UUID,
) -> LedgerEntry:
    """Records what staff have transferred back of a gift that no payment service took.

    Raises PermissionDenied; ValidationError where nothing has come or less is left, for
    payments by a service, and with the code recorded for a second use of the key. Locks the entry.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    if donation.provider not in OFFLINE:
        raise ValidationError(_("Give it back at the payment service; its word is recorded here."))
    gift = donation.entries.filter(kind=Kind.GIFT).first()
    if gift is None:
        raise ValidationError(_("Nothing has come of this gift yet."), code="nothing")
    return record_refund(
        gift, amount_minor=amount_minor, occurred_on=occurred_on, note=reason, by=by, reference=key
    )
