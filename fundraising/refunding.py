"""Giving back by the provider that took the money."""

import logging
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import User
from fundraising.events import take
from fundraising.models import Donation, Kind, RefundRequest, RequestState, Said
from fundraising.money import format_amount
from fundraising.providers import provider_named
from fundraising.providers.interface import ProviderFailed, ProviderRefused
from fundraising.recording import PERMISSION
from fundraising.turns import turn

logger = logging.getLogger("newsroom.fundraising")

PATIENCE = timedelta(minutes=10)  # a request that is older was left by whoever made it


def refund(
    donation: Donation, *, amount_minor: int | None, reason: str, by: User, key: UUID
) -> RefundRequest:
    """Has `amount_minor` given back, or all that is left; once for each key.

    The amount is set aside in a transaction of its own, so that of two who ask for more than
    there is one is refused. Raises PermissionDenied; ValidationError with the code unpaid,
    reversed, exceeds, step, refused or busy; ProviderFailed where the provider does not answer: the
    request stays then, and is finished later. Keep it outside of transactions.
    """
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    request = _set_aside(donation, amount_minor, reason=reason, by=by, key=key)
    finish(request)
    return request


def finish(request: RefundRequest) -> None:
    """Asks the provider, and posts its answer as if it had been an event. Safe to repeat.

    While the provider waits for the giver the request stays as it is. Raises what refund() does,
    and, without waiting, ValidationError with the code busy while somebody else asks.
    """
    with turn(f"fundraising.refund:{request.pk}", waits=False) as is_free:
        if not is_free:
            message = _(
                "This refund is being asked for already. Its gift’s page says how it stands."
            )
            raise ValidationError(message, code="busy")
        request.refresh_from_db(fields=["state", "problem"])
        if request.state == RequestState.ASKED:
            _ask(request)
    if request.state == RequestState.REFUSED:
        raise _refusal(request.problem)


def _ask(request: RefundRequest) -> None:
    donation = request.donation
    key = f"{donation.public_id}:refund:{request.key}"
    try:
        report = provider_named(donation.provider).refund(donation, request.amount_minor, key=key)
    except ProviderRefused as error:
        _end(request, RequestState.REFUSED, problem=str(error)[:300])
        return
    take(report)  # by itself: what fails is noted, and the request finished later
    if report.said == Said.REFUND:
        _end(request, RequestState.DONE)
    elif report.said == Said.REFUND_RETURNED:
        _end(request, RequestState.REFUSED, problem="the money did not reach the giver")


def _refusal(problem: str) -> ValidationError:
    message = _("The payment service refuses: %(problem)s") % {"problem": problem}
    return ValidationError(message, code="refused")


def finish_left() -> int:
    """Finishes what nobody is waiting for any more; how many requests there were.

    In any order, so that none keeps back the others for ever. What fails is raised as a group when
    all were asked for; a provider that does not answer is asked no further.
    """
    asked = RefundRequest.objects.filter(state=RequestState.ASKED).select_related("donation")
    left = asked.filter(requested_at__lt=Now() - PATIENCE).order_by("?")
    failures: list[Exception] = []
    for request in left:
        try:
            finish(request)
        except ValidationError as error:
            if error.code != "busy":  # else whoever asks says how it ends
                logger.warning("A refund was not made: %s: %s", request, error.messages[0])
        except Exception as error:
            failures.append(error)
            if type(error) is ProviderFailed:  # it did not answer
                break
    if failures:
        raise ExceptionGroup("some refunds could not be finished", failures)
    return len(left)


@transaction.atomic
def _set_aside(
    donation: Donation, amount_minor: int | None, *, reason: str, by: User, key: UUID
) -> RefundRequest:
    donation = Donation.objects.select_for_update(no_key=True).get(pk=donation.pk)
    earlier = RefundRequest.objects.filter(key=key, donation=donation).first()
    if earlier is not None:
        return earlier
    left = left_to_refund(donation)
    if not left:
        raise ValidationError(_("Nothing is left of this gift."), code="reversed")
    size = left if amount_minor is None else amount_minor
    if not 0 < size <= left:
        shown = format_amount(left, donation.currency)
        message = _("Only %(amount)s is left of this gift.") % {"amount": shown}
        raise ValidationError(message, code="exceeds")
    ways = provider_named(donation.provider).capabilities(donation.currency)
    if not ways.takes_refunds:
        raise ValidationError(_("This way of giving takes no refunds."), code="unpaid")
    if size % ways.step_minor:
        raise ValidationError(_("The payment service does not take this amount."), code="step")
    return RefundRequest.objects.create(
        donation=donation, amount_minor=size, reason=reason, requested_by=by, key=key
    )


def left_to_refund(donation: Donation) -> int:
    """What is left of the gift and not on its way back. Sure while the donation is locked."""
    gift = donation.entries.filter(kind=Kind.GIFT, provider=donation.provider).first()
    if gift is None:
        return 0
    asked = donation.refunds.filter(state=RequestState.ASKED)
    aside = asked.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    return max(0, gift.left_minor - aside)


def _end(request: RefundRequest, state: RequestState, *, problem: str = "") -> None:
    request.state, request.problem = state, problem
    request.save(update_fields=["state", "problem"])
