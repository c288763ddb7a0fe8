"""The fundraiser's desk: campaigns, gifts, and a ledger to which one can only add."""

from fundraising.admin.campaigns import CampaignAdmin, CampaignChoiceAdmin
from fundraising.admin.dedications import DedicationAdmin
from fundraising.admin.donations import DonationAdmin
from fundraising.admin.events import ProviderEventAdmin
from fundraising.admin.ledger import LedgerEntryAdmin
from fundraising.admin.receipts import ReceiptAdmin
from fundraising.admin.statements import StatementAdmin

__all__ = [
    "CampaignAdmin",
    "CampaignChoiceAdmin",
    "DedicationAdmin",
    "DonationAdmin",
    "LedgerEntryAdmin",
    "ProviderEventAdmin",
    "ReceiptAdmin",
    "StatementAdmin",
]
