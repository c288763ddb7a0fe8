"""What is held about a giver: giving it out, and erasing what names them.

Givers are found by their e-mail address, and who gave none by the reference of a gift.
"""

import logging
from getpass import getuser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from accounts.models import User
from fundraising.desk_log import note
from fundraising.models import (
    Donation,
    Donor,
    LedgerEntry,
    Moderation,
    ProviderEvent,
    ProviderObject,
    Receipt,
    RefundRequest,
    SentMail,
    Statement,
)
from fundraising.references import find_references
from pagecache.drops import drop

logger = logging.getLogger("newsroom.fundraising")

EXPORT, ERASE = "fundraising.export_donor", "fundraising.erase_donor"
OF_A_DONATION = (
    "public_id", "reference", "campaign", "amount_minor", "currency", "provider", "state",
    "is_test", "email", "public_name", "is_public", "message", "moderation", "donor",
    "language", "article", "placement", "payment_url", "created_at", "erased_at",
)  # fmt: skip
# What hangs on a gift, by its name in the export.
PARTS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "entries": (LedgerEntry, ("kind", "amount_minor", "currency", "occurred_on", "reference",
                              "note")),  # all by the gift's own way
    "refunds": (RefundRequest, ("amount_minor", "reason", "state", "problem", "requested_at")),
    "receipts": (Receipt, ("year", "number", "amount_minor", "received_on", "issued_at")),
    "mails": (SentMail, ("kind", "sent_at")),
    "events": (ProviderEvent, ("provider", "event_id", "type", "occurred_at", "received_at",
                               "payload")),
    "objects": (ProviderObject, ("provider", "reference")),
}  # fmt: skip


def held_about(giver: str) -> QuerySet[Donation]:
    """The gifts of an e-mail address, or the one that has the reference, spaces in it or not."""
    if references := find_references(giver):
        return Donation.objects.filter(reference__in=references)
    return Donation.objects.filter(email__iexact=giver.strip()).exclude(email="")


def export(giver: str, *, by: User | None) -> dict[str, Any]:
    """All that is held, as JSON takes it with Django's encoder. `by` None: from the command line.

    It is noted who had it, of which gifts, and for an address its keyed hash. Raises
    PermissionDenied. Eight queries, however much there is, and two for the note.
    """
    _authorise(by, EXPORT)
    found = held_about(giver).order_by("pk").values("pk", *OF_A_DONATION)
    gifts = {row.pop("pk"): row | {name: [] for name in PARTS} for row in found}
    for name, (model, fields) in PARTS.items():
        parts = model.objects.filter(donation__in=gifts).order_by("pk")
        for row in parts.values("donation", *fields):
            gifts[row.pop("donation")][name].append(row)
    statements = Statement.objects.naming(Donation.objects.filter(pk__in=gifts)).order_by("pk")
    uploads = list(statements.values_list("uploaded_at", flat=True))
    asked = hashed(giver)
    if by is not None:
        note(Donor, gifts, f"given out: {asked}", by=by)
    logger.info("Given out: %s, to %s", asked, by.pk if by else f"{getuser()} of this machine")
    return {"giver": giver.strip(), "gifts": list(gifts.values()), "statements_of": uploads}


def hashed(giver: str) -> str:
    """Says whether it was the same giver, to whoever has the site's key, and not who."""
    return salted_hmac("fundraising.giver", giver.strip().lower(), algorithm="sha256").hexdigest()[
        :16
    ]


@transaction.atomic
def erase(giver: str, *, by: User | None) -> int:
    """Empties all that names the giver; of how many gifts that was new. Safe to repeat.

    Amounts, receipts and the donor's number stay, so that sums and supporters do. Bank statements
    on which the giver stands go whole. `by` None: from the command line. Raises PermissionDenied.
    Locks the gifts in the order of their keys.
    """
    _authorise(by, ERASE)
    named = held_about(giver).filter(erased_at=None).order_by("pk")
    campaigns = dict(named.select_for_update(no_key=True).values_list("pk", "campaign"))
    Statement.objects.naming(held_about(giver)).forget()  # uploaded again after an erasure, too
    Donation.objects.filter(pk__in=campaigns).update(
        email="", public_name="", message="", is_public=False, payment_url="",
        moderation=Moderation.HIDDEN, erased_at=Now(),
    )  # fmt: skip
    ProviderEvent.objects.filter(donation__in=campaigns.keys()).update(payload=None)
    if campaigns:
        drop(*(f"campaign:{campaign}" for campaign in sorted(set(campaigns.values()))))
    if by is not None:
        note(Donor, campaigns, "erased", by=by)
    return len(campaigns)


def _authorise(person: User | None, permission: str) -> None:
    if person is not None and not person.has_perm(permission):
        raise PermissionDenied
