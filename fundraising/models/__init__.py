"""Campaigns, what is promised to them, the money that moved, and what providers say of it."""

from fundraising.models.campaigns import Campaign, CampaignChoice, CampaignState, Standing
from fundraising.models.donations import (
    Donation,
    DonationState,
    Moderation,
    Placement,
    ProviderObject,
)
from fundraising.models.events import EventState, ProviderEvent
from fundraising.models.ledger import BANK, DESK, IMPORT, OFFLINE, Kind, LedgerEntry

__all__ = [
    "BANK",
    "DESK",
    "IMPORT",
    "OFFLINE",
    "Campaign",
    "CampaignChoice",
    "CampaignState",
    "Donation",
    "DonationState",
    "EventState",
    "Kind",
    "LedgerEntry",
    "Moderation",
    "Placement",
    "ProviderEvent",
    "ProviderObject",
    "Standing",
]
