"""A campaign and its gifts: a test states only what it depends on."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from fundraising.crediting import credit
from fundraising.models import Campaign, Donation, DonationState, LedgerEntry
from fundraising.recording import record_correction, record_gift
from tests.builders import make_colleague

_numbers = count(1)


def make_campaign(
    *,
    slug: str = "",
    name: str = "A new printing press",
    goal_minor: int | None = 500_000,
    currency: str = "USD",
    starts_at: datetime | None = None,
    raised_minor: int = 0,
    **fields: Any,
) -> Campaign:
    """A running campaign in which `raised_minor` has been given."""
    fields.setdefault("state", "public")
    fields.setdefault("names", {"en": name})
    fields.setdefault("descriptions", {"en": "The old press has served for sixty years."})
    fields.setdefault("how_to_give", {"en": "In cash at our desk, Mole Street 4."})
    campaign = Campaign.objects.create(
        slug=slug or f"press-{next(_numbers)}",
        goal_minor=goal_minor,
        currency=currency,
        starts_at=starts_at or timezone.now() - timedelta(days=30),
        **fields,
    )
    if raised_minor:
        make_gift(campaign=campaign, amount_minor=raised_minor)
    return campaign


def make_gift(
    *, campaign: Campaign, amount_minor: int = 2500, by: User | None = None
) -> LedgerEntry:
    by = by or make_colleague("fundraiser")
    return record_gift(campaign, amount_minor=amount_minor, occurred_on=date(2026, 3, 2), by=by)


def correct(campaign: Campaign, amount_minor: int) -> LedgerEntry:
    """A signed amount that reverses no entry."""
    return record_correction(
        campaign,
        amount_minor=amount_minor,
        occurred_on=date(2026, 3, 2),
        note="Counted anew",
        by=make_colleague("fundraiser"),
    )


def reload(campaign: Campaign) -> Campaign:
    return Campaign.objects.with_raised().with_supporters().get(pk=campaign.pk)


def make_donation(
    *,
    campaign: Campaign | None = None,
    amount_minor: int = 2500,
    provider: str = "bank",
    **fields: Any,
) -> Donation:
    """A promise of 25 dollars by bank transfer."""
    campaign = campaign or make_campaign()
    fields = {"state": DonationState.PENDING, "language": "en", **fields}
    return Donation.objects.create(
        campaign=campaign,
        amount_minor=amount_minor,
        currency=campaign.currency,
        provider=provider,
        **fields,
    )


def pay(
    donation: Donation, *, amount_minor: int | None = None, occurred_on: date | None = None
) -> Donation:
    """The donation, whose money has come: all of it, unless `amount_minor` says otherwise."""
    credit(
        donation,
        amount_minor=amount_minor or donation.amount_minor,
        occurred_on=occurred_on or date(2026, 4, 1),
        reference=f"paid-{donation.pk}",
        by=make_colleague("fundraiser"),
    )
    donation.refresh_from_db()
    return donation
