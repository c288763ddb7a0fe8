"""Writing into the ledger: the one place that does. Staff come by recording.py, what providers
say by events.py, gifts that were promised by crediting.py.

What the database refuses (an amount of 0, a refund without a reason, more taken back than was
given) raises IntegrityError and records nothing.
"""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from fundraising.models import DESK, Campaign, Donation, Kind, LedgerEntry
from fundraising.tasks import send_refund
from pagecache.drops import drop


def post(
    campaign: Campaign,
    kind: Kind,
    amount_minor: int,
    *,
    occurred_on: date,
    provider: str = DESK,
    reference: str = "",
    donation: Donation | None = None,
    reverses: LedgerEntry | None = None,
    supporters: int = 0,
    note: str = "",
    by: User | None = None,
) -> LedgerEntry:
    """One entry of signed minor units in the campaign's currency; the same one when repeated.

    `reference` is what the provider calls the money that moved, `by` who of staff records it. The
    campaign's pages are dropped with the commit; the giver is told of a refund. Must run in a
    transaction of the caller's, which holds the lock on what it has checked.
    """
    details = {
        "campaign": campaign,
        "amount_minor": amount_minor,
        "currency": campaign.currency,
        "donation": donation,
        "reverses": reverses,
        "supporters": supporters,
        "occurred_on": occurred_on,
        "note": note,
        "recorded_by": by,
    }
    key = {"provider": provider, "reference": reference or str(uuid.uuid4()), "kind": kind}
    with transaction.atomic():
        entry, is_new = LedgerEntry.objects.get_or_create(**key, defaults=details)
        if is_new:
            drop(f"campaign:{campaign.pk}")
            if kind == Kind.REFUND and donation is not None:
                send_refund.enqueue(entry.pk)  # a row of this transaction: neither lost nor early
    return entry


def post_gifts(
    campaign: Campaign, gifts: Iterable[tuple[int, date]], *, provider: str, by: User
) -> list[LedgerEntry]:
    """An entry for each amount and day, of one person each. Two queries, however many they are.

    The campaign's pages are dropped with the commit. Must run in a transaction of the caller's.
    """
    entries = LedgerEntry.objects.bulk_create(
        LedgerEntry(
            campaign=campaign, kind=Kind.GIFT, amount_minor=amount_minor,
            currency=campaign.currency, supporters=1, occurred_on=occurred_on, provider=provider,
            reference=str(uuid.uuid4()), recorded_by=by,
        )
        for amount_minor, occurred_on in gifts
    )  # fmt: skip
    drop(f"campaign:{campaign.pk}")
    return entries
