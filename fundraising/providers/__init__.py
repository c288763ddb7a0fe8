"""Ways by which money comes, and which of them are on offer."""

from fundraising.models import Campaign
from fundraising.providers.card import Stripe
from fundraising.providers.interface import Provider
from fundraising.providers.manual import BankTransfer

_providers: tuple[Provider, ...] = (Stripe(), BankTransfer())


def offered(campaign: Campaign) -> list[Provider]:
    """By which one can give to the campaign, the usual one first."""
    return [provider for provider in _providers if provider.is_offered(campaign)]


def all_providers() -> tuple[Provider, ...]:
    return _providers


def provider_named(name: str) -> Provider:
    """Raises LookupError where there is none of this name."""
    for provider in _providers:
        if provider.name == name:
            return provider
    raise LookupError(name)
