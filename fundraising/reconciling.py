"""Asking providers how things stand, where their events may have been missed."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.tasks import task

from fundraising.events import take
from fundraising.models import (
    BANK,
    OPEN,
    Donation,
    DonationState,
    EventState,
    ProviderEvent,
)
from fundraising.providers import provider_named
from fundraising.providers.base import ProviderFailed
from fundraising.refunding import finish_left
from operations.clock import database_now

logger = logging.getLogger("newsroom.fundraising")

PATIENCE, REACH = timedelta(hours=1), timedelta(days=3)
MOST_AT_ONCE = 200


@task()
def reconcile_gifts() -> int:
    """Takes what providers answer of recent gifts; how many were asked about.

    Of those that are open for an hour and not yet for three days, and of those of three days that
    are paid, the latest two hundred. Refunds that were left on their way are finished.
    """
    begun = Q(created_at__lt=Now() - PATIENCE, created_at__gt=Now() - REACH)
    states = (*OPEN, DonationState.EXPIRED, DonationState.PAID)
    online = Donation.objects.filter(begun, state__in=states).exclude(provider=BANK)
    asked = 0
    for donation in online.order_by("-id")[:MOST_AT_ONCE]:
        try:
            reports = provider_named(donation.provider).status(donation)
        except ProviderFailed:
            logger.exception("The provider was asked about %s in vain", donation.reference)
            continue
        for report in reports:
            take(report)
        asked += 1
    finish_left()
    return asked


@task()
def empty_payloads() -> int:
    """Empties the content of events after thirty days; what they were stays. How many."""
    outdated = ProviderEvent.objects.outdated(database_now())
    return outdated.exclude(state=EventState.PARKED).update(payload=None)
