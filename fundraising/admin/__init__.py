"""The fundraiser's desk: campaigns, gifts, and a ledger to which one can only add."""

from fundraising.admin.campaigns import CampaignAdmin
from fundraising.admin.donations import DonationAdmin
from fundraising.admin.ledger import LedgerEntryAdmin
from fundraising.admin.statements import StatementAdmin

__all__ = ["CampaignAdmin", "DonationAdmin", "LedgerEntryAdmin", "StatementAdmin"]
