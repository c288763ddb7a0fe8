"""Campaigns, what is promised to them, the money that moved, and what providers say of it."""

from fundraising.models.campaigns import (
    Campaign,
    CampaignChoice,
    CampaignRedirect,
    CampaignState,
    Standing,
)
from fundraising.models.donations import (
    OPEN,
    Donation,
    DonationState,
    Moderation,
    Placement,
    ProviderObject,
)
from fundraising.models.donors import Dedication, Donor
from fundraising.models.events import SETTLED, EventState, ProviderEvent, Said
from fundraising.models.ledger import BANK, DESK, IMPORT, OFFLINE, Kind, LedgerEntry
from fundraising.models.receipts import MailKind, Receipt, ReceiptYear, SentMail
from fundraising.models.refunds import RefundRequest, RequestState
from fundraising.models.statements import Statement, StatementRow

__all__ = [
    "BANK",
    "DESK",
    "IMPORT",
    "OFFLINE",
    "OPEN",
    "SETTLED",
    "Campaign",
    "CampaignChoice",
    "CampaignRedirect",
    "CampaignState",
    "Dedication",
    "Donation",
    "DonationState",
    "Donor",
    "EventState",
    "Kind",
    "LedgerEntry",
    "MailKind",
    "Moderation",
    "Placement",
    "ProviderEvent",
    "ProviderObject",
    "Receipt",
    "ReceiptYear",
    "RefundRequest",
    "RequestState",
    "Said",
    "SentMail",
    "Standing",
    "Statement",
    "StatementRow",
]
