"""Asking providers how things stand, where their events may have been missed."""

from datetime import timedelta

from django.db.models.functions import Now
from django.tasks import task

from fundraising.events import take
from fundraising.models import OFFLINE, OPEN, Donation, DonationState, EventState, ProviderEvent
from fundraising.providers import provider_named
from fundraising.providers.interface import ProviderFailed
from fundraising.refunding import finish_left
from operations.clock import database_now

PATIENCE, REACH = timedelta(hours=1), timedelta(days=3)
MOST_AT_ONCE = 200


@task()
def reconcile_gifts() -> int:
    """Takes what providers answer of gifts in question, and finishes refunds that were left on
    their way; of how many gifts one has heard.

    What fails with one gift does not keep back the others, and is raised when all were asked
    about; a provider that does not answer is asked no further.
    """
    heard, failures = 0, []
    for donation in _in_question():
        try:
            for report in provider_named(donation.provider).status(donation):
                take(report)
            heard += 1
        except Exception as error:
            failures.append(error)
            if type(error) is ProviderFailed:
                break
    finish_left()
    if failures:
        raise ExceptionGroup("some gifts could not be asked about", failures)
    return heard


def _in_question() -> list[Donation]:
    """Gifts that a provider knows and that were begun an hour ago: the first two hundred that are
    still open, and of three days the last two hundred that have ended."""
    known = Donation.objects.exclude(provider__in=OFFLINE).filter(
        objects_of_provider__isnull=False, created_at__lt=Now() - PATIENCE
    )
    is_open = known.filter(state__in=OPEN).order_by("pk").distinct()
    ends = (DonationState.PAID, DonationState.EXPIRED, DonationState.FAILED)
    ended = known.filter(state__in=ends, created_at__gt=Now() - REACH).order_by("-pk").distinct()
    return [*is_open[:MOST_AT_ONCE], *ended[:MOST_AT_ONCE]]


@task()
def empty_payloads() -> int:
    """Empties the content of events after thirty days; what they were stays. How many.

    What is parked by then and of no gift that we know is about a payment that was never ours.
    """
    outdated = ProviderEvent.objects.outdated(database_now())
    never_ours = outdated.filter(state=EventState.PARKED, donation=None)
    never_ours.update(state=EventState.IGNORED, waits_for="")
    return outdated.update(payload=None)
