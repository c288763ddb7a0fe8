"""Asking providers how things stand, where their events may have been missed."""

import logging
import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import batched
from time import monotonic

from django.db.models import Q
from django.db.models.functions import Now
from django.tasks import task

from fundraising.events import take
from fundraising.models import (
    OFFLINE,
    OPEN,
    Donation,
    DonationState,
    EventState,
    Kind,
    LedgerEntry,
    ProviderEvent,
)
from fundraising.providers import all_providers, provider_named
from fundraising.providers.interface import ProviderFailed, Report
from fundraising.refunding import finish_left
from operations.clock import database_now

logger = logging.getLogger("newsroom.fundraising")

PATIENCE, REACH = timedelta(hours=1), timedelta(days=3)
GOES_BACK = timedelta(days=90)  # a refund may fail, a dispute be decided that long after it began
PAGE = 200  # gifts that are loaded at once
LONGEST = 20 * 60  # seconds for all of them


@task()
def reconcile_gifts() -> int:
    """The same in the background; of how many gifts one has heard."""
    return ask_about_gifts()[0]


def ask_about_gifts() -> tuple[int, int]:
    """Takes what providers answer of gifts in question and of what went back from any gift, and
    finishes refunds that were left on their way; of how many gifts one has heard, and how many
    were left out for want of time.

    The order is another one each time, so that nothing is left out for ever. What fails with one
    gift does not keep back the others, and is raised when all were asked about; a provider that
    does not answer is asked no further.
    """
    keys, begun, heard, left_out = _in_question(), monotonic(), 0, 0
    failures: list[Exception] = []
    for number, donation in enumerate(_loaded(keys)):
        if monotonic() - begun > LONGEST:
            left_out = len(keys) - number
            logger.warning("%d of %d gifts were not asked about in time.", left_out, len(keys))
            break
        try:
            for report in provider_named(donation.provider).status(donation):
                take(report)
            heard += 1
        except Exception as error:
            failures.append(error)
            if _is_away(error):
                break
    if not any(map(_is_away, failures)):
        failures += _take_what_went_back()
    if not any(map(_is_away, failures)):
        try:
            finish_left()
        except ExceptionGroup as group:
            failures += group.exceptions
    if failures:
        raise ExceptionGroup("some gifts could not be asked about", failures)
    return heard, left_out


def _is_away(error: Exception) -> bool:
    """Whether the provider did not answer: it did where it refused."""
    return type(error) is ProviderFailed


def _take_what_went_back() -> list[Exception]:
    """Takes how refunds and disputes stand of what the ledger has, however long ago it was paid;
    what failed."""
    since, failures = database_now() - GOES_BACK, []
    for provider in all_providers():
        try:
            for report in filter(_is_of_the_ledger, provider.taken_back(since)):
                try:
                    take(report)
                except Exception as error:
                    failures.append(error)
        except Exception as error:
            failures.append(error)
    return failures


def _is_of_the_ledger(report: Report) -> bool:
    """What else the same account sells goes back as well."""
    gifts = LedgerEntry.objects.filter(kind=Kind.GIFT, provider=report.provider)
    return gifts.filter(reference__in=report.objects).exists()


def _loaded(keys: list[int]) -> Iterator[Donation]:
    for page in batched(keys, PAGE):
        found = Donation.objects.in_bulk(page)
        yield from (found[key] for key in page)


def _in_question() -> list[int]:
    """The keys of gifts that a provider knows and that were begun an hour ago: those that are
    still open, and of three days those that have ended. In any order."""
    known = Donation.objects.exclude(provider__in=OFFLINE).filter(
        objects_of_provider__isnull=False, created_at__lt=Now() - PATIENCE
    )
    ends = (DonationState.PAID, DonationState.EXPIRED, DonationState.FAILED)
    asked = Q(state__in=OPEN) | Q(state__in=ends, created_at__gt=Now() - REACH)
    keys = list(known.filter(asked).order_by().values_list("pk", flat=True).distinct())
    random.shuffle(keys)
    return keys


@task()
def empty_payloads() -> int:
    """Empties the content of events after thirty days; what they were stays. How many.

    What is parked by then and of no gift that we know is about a payment that was never ours.
    """
    outdated = ProviderEvent.objects.outdated(database_now())
    never_ours = outdated.filter(state=EventState.PARKED, donation=None)
    never_ours.update(state=EventState.IGNORED, waits_for="")
    return outdated.update(payload=None)
