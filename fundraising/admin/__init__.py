"""The fundraiser's desk: campaigns, gifts, and a ledger to which one can only add."""

from fundraising.admin.campaigns import CampaignAdmin, CampaignChoiceAdmin
from fundraising.admin.ledger import LedgerEntryAdmin

__all__ = ["CampaignAdmin", "CampaignChoiceAdmin", "LedgerEntryAdmin"]
