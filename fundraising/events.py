"""Taking what providers say: each event once, in whatever order they come.

An event tells how a thing stands now. What it means for the ledger is posted under the provider's
own name for the money that moved, so that the same money is never posted twice, whichever event
told of it. What comes before its payment is parked, and settled with the payment.
"""

import logging
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.crediting import credit, move
from fundraising.models import (
    SETTLED,
    Donation,
    DonationState,
    EventState,
    Kind,
    LedgerEntry,
    ProviderEvent,
    ProviderObject,
    Said,
)
from fundraising.money import format_amount
from fundraising.posting import post
from fundraising.providers import provider_named
from fundraising.providers.interface import ProviderFailed, ProviderRefused, Report

logger = logging.getLogger("newsroom.fundraising")

NOTES = "en"  # the language in which problems are noted
REPLAY = "fundraising.replay_providerevent"
SAID = ("said", "reference", "amount_minor", "currency")  # stays for good, under the same names
MOVES = {
    Said.PENDING: DonationState.PENDING,
    Said.FAILED: DonationState.FAILED,
    Said.EXPIRED: DonationState.EXPIRED,
}
# A later state of a thing implies the earlier one, whether that was heard of or not.
TAKES = {
    Said.REFUND: (Kind.REFUND,),
    Said.REFUND_RETURNED: (Kind.REFUND, Kind.REFUND_RETURNED),
    Said.DISPUTE: (Kind.DISPUTE,),
    Said.DISPUTE_LOST: (Kind.DISPUTE,),
    Said.DISPUTE_WON: (Kind.DISPUTE, Kind.DISPUTE_WON),
}
TURN = "hashtextextended('fundraising.payment:' || %s, 0)"
WAITS = f"SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock({TURN})"
TRIES = f"SELECT pg_try_advisory_xact_lock({TURN})"


class NotCredited(Exception):  # noqa: N818 - what has happened
    """A person must look at it; the text says why."""


def take(report: Report) -> EventState:
    """Stores what was said and settles it, in one transaction; of a known event just how it stands.

    One that failed or is parked is tried again whenever it is told again. What belongs to one
    payment is taken one after the other, on all machines. Whatever goes wrong is rolled back, noted
    with the event and raised: who sent it sends it again.
    """
    try:
        with transaction.atomic():
            _wait_for_turn(report)
            event, is_new = ProviderEvent.objects.get_or_create(
                provider=report.provider,
                event_id=report.event_id,
                defaults=_stored(report) | {"state": EventState.FAILED},
            )
            if not is_new:
                event = ProviderEvent.objects.select_for_update().get(pk=event.pk)
            if event.state in (EventState.FAILED, EventState.PARKED):
                _settle(event, report)
            return EventState(event.state)
    except Exception as error:
        _note_failure(report, error)
        raise


def replay(event: ProviderEvent, *, by: User) -> EventState:
    """Settles an event once more; one that is settled stays as it is.

    Where its content is not kept the provider is asked how that stands now. Raises
    PermissionDenied; ValidationError with the code gone where the provider does not know it either,
    later where it does not answer, and busy, without waiting, while something else of this payment
    is settled. Keep it outside of transactions.
    """
    if not by.has_perm(REPLAY):
        raise PermissionDenied
    if event.state in SETTLED:
        return EventState(event.state)
    report = _told_again(event)
    with transaction.atomic():
        if not _has_turn(report):
            message = _("This payment is being settled just now. Please try again in a moment.")
            raise ValidationError(message, code="busy")
        event = ProviderEvent.objects.select_for_update().get(pk=event.pk)
        if event.state not in SETTLED:
            _settle(event, report)
    return EventState(event.state)


@transaction.atomic
def set_aside(event: ProviderEvent, *, by: User, reason: str) -> None:
    """Nobody waits for it any more: what it tells of has been dealt with elsewhere. Safe to repeat.

    Raises PermissionDenied; ValidationError with the code settled for what has come to its end by
    itself; IntegrityError without a reason. Locks the event.
    """
    if not by.has_perm(REPLAY):
        raise PermissionDenied
    event = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    if event.state == EventState.DISMISSED:
        return
    if event.state in SETTLED:
        raise ValidationError(_("This event has been settled already."), code="settled")
    event.state, event.waits_for = EventState.DISMISSED, ""
    event.dismissed_by, event.dismissed_at, event.reason = by, timezone.now(), reason
    event.save(update_fields=["state", "waits_for", "dismissed_by", "dismissed_at", "reason"])


def _told_again(event: ProviderEvent) -> Report:
    """What its content says; without it, what the provider answers of the same thing now."""
    provider = provider_named(event.provider)
    if event.payload is not None:
        return provider.read(event.payload)
    named = {"provider": event.provider, "reference": event.waits_for}
    known = ProviderObject.objects.filter(**named).select_related("donation").first()
    donation = event.donation or (known and known.donation)
    try:
        answers = provider.status(donation) if donation else []
    except ProviderRefused:
        answers = []
    except ProviderFailed as error:
        message = _("The payment service does not answer. Please try again later.")
        raise ValidationError(message, code="later") from error
    same = [answer for answer in answers if answer.reference == event.reference]
    # A checkout gets the name of its payment only once it is paid.
    same += [answer for answer in answers if event.reference in answer.objects]
    if not same:
        message = _(
            "The content of this event is not kept any more, and the payment service does not tell "
            "it again. Only setting it aside is left."
        )
        raise ValidationError(message, code="gone")
    return same[0]


def _wait_for_turn(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [_turn_of(report)])


def _has_turn(report: Report) -> bool:
    """Takes the turn if nobody has it."""
    with connection.cursor() as cursor:
        cursor.execute(TRIES, [_turn_of(report)])
        return cursor.fetchone()[0]


def _turn_of(report: Report) -> str:
    return f"{report.provider}:{report.objects[0] if report.objects else report.event_id}"


def _settle(event: ProviderEvent, report: Report) -> None:
    event.problem = event.waits_for = ""
    for name in SAID:
        setattr(event, name, getattr(report, name))
    try:
        with transaction.atomic():  # what is refused halfway leaves nothing
            event.state = _settled(event, report)
    except NotCredited as error:
        event.state, event.problem = EventState.FLAGGED, str(error)[:300]
        if event.donation:  # what it names is known all the same
            ProviderObject.objects.remember(event.donation, report.provider, *report.objects)
        logger.error("Not credited: %s %s: %s", report.provider, report.event_id, error)
    event.processed_at = timezone.now()
    is_forgotten = event.donation is not None and event.donation.erased_at is not None
    if is_forgotten or event.state == EventState.IGNORED:
        event.payload = None  # it names whom we were to forget, or who never gave to us
    event.save(
        update_fields=["state", "problem", "waits_for", "donation", "payload", "processed_at",
                       *SAID]
    )  # fmt: skip


def _settled(event: ProviderEvent, report: Report) -> EventState:
    if report.said == Said.NOTHING:
        return EventState.IGNORED
    donation = event.donation = _donation_of(report)
    if donation is None:
        if report.said in TAKES:
            return _park(event, report)
        return EventState.IGNORED
    ProviderObject.objects.remember(donation, report.provider, *report.objects)
    if donation.is_test == report.is_live:
        raise NotCredited("trial and real money do not mix")
    if report.said == Said.PAID:
        _pay(donation, report)
        _settle_parked(report)
        return EventState.DONE
    if report.said in MOVES:
        if (report.said, donation.state) != (Said.PENDING, DonationState.FAILED):  # comes late
            move(donation, MOVES[report.said])
        return EventState.DONE
    if donation.is_test:
        return EventState.DONE
    gifts = donation.entries.filter(kind=Kind.GIFT, provider=report.provider)
    gift = gifts.filter(reference__in=report.objects).first()
    if gift is None:
        return _park(event, report)
    _take_back(gift, report)
    return EventState.DONE


def _donation_of(report: Report) -> Donation | None:
    """The donation that it is about, locked."""
    known = ProviderObject.objects.filter(provider=report.provider, reference__in=report.objects)
    keys = set(known.values_list("donation", flat=True))
    donations = Donation.objects.select_for_update(of=["self"], no_key=True).select_related(
        "campaign"
    )
    if len(keys) > 1:
        raise NotCredited("it names things of several donations")
    if keys:
        return donations.get(pk=keys.pop())
    try:
        public_id = UUID(report.public_id)
    except ValueError:  # of something else that the same account sells
        return None
    return donations.filter(provider=report.provider, public_id=public_id).first()


def _pay(donation: Donation, report: Report) -> None:
    promised = (donation.amount_minor, donation.currency)
    if (report.amount_minor, report.currency) != promised:
        raise NotCredited(f"paid {_shown(report)} for {format_amount(*promised, NOTES)}")
    if donation.is_test:
        return move(donation, DonationState.PAID)
    credit(
        donation,
        amount_minor=report.amount_minor,
        occurred_on=timezone.localdate(report.occurred_at),
        reference=report.reference,
    )
    return None


def _take_back(gift: LedgerEntry, report: Report) -> None:
    """The entries of a refund or a dispute, up to how it stands now."""
    if report.currency != gift.currency or report.amount_minor <= 0:
        raise NotCredited(f"{_shown(report)} back from a gift in {gift.currency}")
    reverses, sign = gift, -1
    for kind in TAKES[report.said]:
        try:
            with transaction.atomic():
                reverses = post(
                    gift.campaign,
                    kind,
                    sign * report.amount_minor,
                    occurred_on=timezone.localdate(report.occurred_at),
                    provider=report.provider,
                    reference=report.reference,
                    donation=gift.donation,
                    reverses=reverses,
                )
        except IntegrityError as error:
            raise NotCredited(f"more than was given: {_shown(report)}") from error
        sign = -sign


def _shown(report: Report) -> str:
    return format_amount(report.amount_minor, report.currency, NOTES)


def _park(event: ProviderEvent, report: Report) -> EventState:
    if not report.objects:
        raise NotCredited("it names no payment")
    event.waits_for = report.objects[0]
    return EventState.PARKED


def _settle_parked(report: Report) -> None:
    """What came before its payment. All of it waits for the turn that this one has."""
    parked = ProviderEvent.objects.filter(
        provider=report.provider, state=EventState.PARKED, waits_for__in=report.objects
    )
    provider = provider_named(report.provider)
    for event in parked.order_by("pk").select_for_update():
        _settle(event, _kept(event) if event.payload is None else provider.read(event.payload))


def _kept(event: ProviderEvent) -> Report:
    """What stays of what it said, without its content."""
    return Report(
        provider=event.provider,
        event_id=event.event_id,
        type=event.type,
        said=Said(event.said),
        occurred_at=event.occurred_at,
        objects=(event.waits_for,),
        reference=event.reference,
        amount_minor=event.amount_minor,
        currency=event.currency,
        is_live=event.is_live,
    )


def _stored(report: Report) -> dict[str, object]:
    return {name: getattr(report, name) for name in SAID} | {
        "type": report.type,
        "api_version": report.api_version,
        "is_live": report.is_live,
        "payload": report.payload or None,
        "occurred_at": report.occurred_at,
    }


def _note_failure(report: Report, error: Exception) -> None:
    """What went wrong, in a transaction of its own: what was begun has been rolled back.

    Without a database there is nowhere to note it, and the sender comes again all the same.
    """
    problem = f"{type(error).__name__}: {error}"[:300].replace("\0", "")
    try:
        with transaction.atomic():
            ProviderEvent.objects.update_or_create(
                provider=report.provider,
                event_id=report.event_id,
                state=EventState.FAILED,
                defaults={"problem": problem, "processed_at": Now()},
                create_defaults=_stored(report) | {"problem": problem},
            )
    except Exception:
        logger.exception("An event could not be noted: %s", report.event_id)
