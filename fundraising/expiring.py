"""Promises that nobody waits for any more."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.tasks import task

from fundraising.models import BANK, Donation, DonationState, EventState

TRANSFER = timedelta(days=60)  # a standing order of the next month but one still counts
BEGUN = timedelta(days=2)  # payment services end what was begun after a day


@task()
def expire_promises() -> int:
    """Marks transfers that have not come for long, and payments that were left; how many.

    Money that comes later still makes them paid. One statement, which passes over what is paid
    meanwhile.
    """
    late = Q(state=DonationState.PENDING, provider=BANK, created_at__lt=Now() - TRANSFER)
    left = Q(state=DonationState.CREATED, created_at__lt=Now() - BEGUN) & ~Q(
        events__state=EventState.FLAGGED  # a person is to look at what came
    )
    return Donation.objects.filter(late | left).update(state=DonationState.EXPIRED)
