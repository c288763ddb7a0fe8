"""Giving: what a reader promises, and where they go on to pay it."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from articles.models import Article
from fundraising.models import Campaign, Donation, DonationState, Placement
from fundraising.money import format_amount
from fundraising.providers import offered, provider_named
from fundraising.providers.interface import Provider, ProviderFailed, Redirect
from fundraising.tasks import send_promise
from fundraising.turns import KEY, turn


def promise(
    campaign: Campaign,
    *,
    amount_minor: int,
    provider: Provider,
    form_token: UUID,
    now: datetime,
    language: str,
    email: str = "",
    public_name: str = "",
    is_public: bool = False,
    message: str = "",
    article: Article | None = None,
    placement: str = Placement.UNKNOWN,
) -> Donation:
    """The donation for what a form says; the same one when the same form comes again.

    A form in which something was changed before it was sent again is another promise. All gifts
    of one e-mail address have one donor; to it goes how to transfer the money. Raises
    ValidationError where the campaign does not run, or does not take this by this provider. Locks
    the e-mail address. Keep it outside of transactions.
    """
    if not campaign.is_running(now) or provider not in offered(campaign):
        raise ValidationError(_("One cannot give to this campaign like this."), code="offered")
    check_amount(campaign, amount_minor, provider=provider)
    ways, email = provider.capabilities(campaign.currency), email.lower()
    typed = (campaign.pk, amount_minor, provider.name, email, public_name, is_public, message)
    details = {
        "campaign": campaign,
        "amount_minor": amount_minor,
        "currency": campaign.currency,
        "provider": provider.name,
        "state": DonationState.CREATED if ways.is_online else DonationState.PENDING,
        "is_test": ways.is_test,
        "email": email,
        "donor": partial(_donor_of, email),
        "public_name": public_name if is_public else "",
        "is_public": is_public,
        "message": message,
        "language": language,
        "article": article,
        "placement": placement,
    }
    token = uuid5(form_token, repr(typed))
    try:
        return _kept(token, details)
    except IntegrityError:  # the commit finds that the article was deleted meanwhile
        if article is None:
            raise
        return _kept(token, details | {"article": None})


@transaction.atomic
def _kept(token: UUID, details: dict[str, Any]) -> Donation:
    donation, is_new = Donation.objects.get_or_create(form_token=token, defaults=details)
    if is_new and donation.is_by_transfer and donation.email:
        send_promise.enqueue(donation.pk)
    return donation


def check_amount(campaign: Campaign, amount_minor: int, *, provider: Provider) -> None:
    """Raises ValidationError with the code least, most or step for what is not taken like this."""
    ways = provider.capabilities(campaign.currency)
    least = max(campaign.minimum_minor, ways.least_minor)
    if amount_minor < least:
        shown = format_amount(least, campaign.currency)
        raise ValidationError(_("Please give at least %(amount)s.") % {"amount": shown}, "least")
    if ways.most_minor is not None and amount_minor > ways.most_minor:
        shown = format_amount(ways.most_minor, campaign.currency)
        message = _("At most %(amount)s can be given at once like this.")
        raise ValidationError(message % {"amount": shown}, "most")
    if amount_minor % ways.step_minor:
        shown = format_amount(ways.step_minor, campaign.currency)
        message = _("Steps of %(amount)s can be given like this.")
        raise ValidationError(message % {"amount": shown}, "step")


def begin(donation: Donation, *, back_to: str) -> str:
    """The provider's page on which the giver pays; "" where the donation's own says what to do.

    However many ask at once, the provider is asked by one of them: the others wait for its
    answer, and have none either where it has none. `back_to` is the donation's own page, whole.
    Raises ProviderFailed. Keep it outside of transactions: it waits for another machine.
    """
    with turn(f"fundraising.begin:{donation.pk}", waits=True) as is_first:
        donation.refresh_from_db(fields=["state", "payment_url"])
        if donation.state != DonationState.CREATED:
            return ""
        if not donation.payment_url and not is_first:
            raise ProviderFailed("whoever asked before had no answer")
        if not donation.payment_url:
            step = provider_named(donation.provider).start(donation, back_to=back_to)
            if isinstance(step, Redirect):
                donation.payment_url = step.url
                donation.save(update_fields=["payment_url"])
    return donation.payment_url


def _donor_of(email: str) -> UUID:
    """Whose gift it is. Two first gifts of an address at once wait for each other."""
    if not email:
        return uuid4()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({KEY})", [f"fundraising.donor:{email}"])
    earlier = Donation.objects.filter(email=email).order_by("pk").values_list("donor", flat=True)
    return earlier.first() or uuid4()
