"""Issuing receipts: one for each donation whose money has come, numbered without gaps."""

from django.db import connection, transaction

from fundraising.models import Donation, Kind, Receipt, ReceiptYear
from operations.clock import database_now, site_day

# Keeps the year's row locked to the end of the transaction, so a number is used or given back.
NEXT = f"""
INSERT INTO {ReceiptYear._meta.db_table} AS years (year, last_number) VALUES (%s, 1)
ON CONFLICT (year) DO UPDATE SET last_number = years.last_number + 1
RETURNING last_number
"""  # noqa: S608 - a name of our own


@transaction.atomic
def issue(donation: Donation) -> Receipt | None:
    """The donation's receipt, the same one when repeated; None while no money has come, and for
    trials.

    It states the first gift that came and of which something is left; where all went back, the
    first. Locks the donation, then the year's numbers: not to be
    called where several donations are locked, who would wait for each other.
    """
    donation = Donation.objects.select_for_update(no_key=True).get(pk=donation.pk)
    if issued := Receipt.objects.filter(donation=donation).first():
        return issued
    gifts = donation.entries.filter(kind=Kind.GIFT).order_by("pk")
    gift = gifts.left_over().first() or gifts.first()
    if gift is None or donation.is_test:
        return None
    year = site_day(database_now()).year
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year])
        number = cursor.fetchone()[0]
    return Receipt.objects.create(
        donation=donation,
        year=year,
        number=number,
        amount_minor=gift.amount_minor,
        received_on=gift.occurred_on,
        issued_at=database_now(),  # not when the transaction began: others were numbered since
    )
