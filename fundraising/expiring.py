"""Promises that nobody waits for any more."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.tasks import task

from fundraising.models import BANK, OPEN, Donation, DonationState, ProviderEvent, ProviderObject

TRANSFER = timedelta(days=60)  # a standing order of the next month but one still counts
BEGUN = timedelta(days=2)  # by then the payment service was asked again and again


@task()
def expire_promises() -> int:
    """Marks transfers that have not come for long, and payments that never began; how many.

    What a payment service knows ends by its own word (reconciling.py), because money may have come
    of which nobody has told; trials end without it, and so does what staff have set aside. Money
    that comes later still makes them paid. One statement, which passes over what is paid meanwhile.
    """
    late = Q(state=DonationState.PENDING, provider=BANK, created_at__lt=Now() - TRANSFER)
    is_known = Exists(ProviderObject.objects.filter(donation=OuterRef("pk")))
    left = Q(state=DonationState.CREATED, created_at__lt=Now() - BEGUN) & (
        Q(is_test=True) | ~is_known
    )
    by_hand = ProviderEvent.objects.dealt_with().filter(donation=OuterRef("pk"))
    settled = Q(state__in=OPEN) & Exists(by_hand)
    return Donation.objects.filter(late | left | settled).update(state=DonationState.EXPIRED)
