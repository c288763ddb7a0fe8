"""The demo's campaign, what was promised to it, and the money that moved."""

from datetime import UTC, datetime, time
from typing import Any

from accounts.models import User
from fundraising.crediting import mark_received
from fundraising.models import (
    BANK,
    DESK,
    Campaign,
    CampaignState,
    Donation,
    DonationState,
    LedgerEntry,
    Moderation,
)
from fundraising.recording import record_gift, record_refund


def load_campaign(campaign: dict[str, Any], ledger: list[dict[str, Any]], *, by: User) -> Campaign:
    """The campaign, begun on the day of its first gift, and its ledger in order."""
    first_day = min(row["occurred_on"] for row in ledger)
    running = Campaign.objects.create(
        slug=campaign["slug"],
        names=campaign["name"],
        descriptions=campaign["description"],
        how_to_give=campaign["how_to_give"],
        currency=campaign["currency"],
        goal_minor=campaign["goal_minor"],
        suggested_minor=campaign["suggested_minor"],
        starts_at=datetime.combine(first_day, time(), tzinfo=UTC),
        is_featured=True,
        state=CampaignState.PUBLIC,
    )
    gifts: dict[str | None, LedgerEntry] = {}
    for row in ledger:
        details = {"occurred_on": row["occurred_on"], "note": row["note"], "by": by}
        if row["kind"] == "refund":
            record_refund(gifts[row["reverses"]], amount_minor=-row["amount_minor"], **details)
        elif "giver" in row or "message" in row:
            donation = load_promise(running, row, moderation=Moderation.SHOWN)
            mark_received(donation, amount_minor=row["amount_minor"], **details)
        else:
            details |= {"supporters": row.get("supporters", 1), "way": row.get("way", DESK)}
            gift = record_gift(running, amount_minor=row["amount_minor"], **details)
            gifts[row.get("id")] = gift
    return running


def load_promise(
    campaign: Campaign, row: dict[str, Any], *, moderation: str = Moderation.HELD
) -> Donation:
    """A gift by bank transfer that has not come yet; without a giver's name it is anonymous."""
    return Donation.objects.create(
        campaign=campaign,
        amount_minor=row["amount_minor"],
        currency=campaign.currency,
        provider=BANK,
        state=DonationState.PENDING,
        public_name=row.get("giver", ""),
        is_public="giver" in row,
        message=row.get("message", ""),
        moderation=moderation,
        language=row.get("language", "en"),
        placement=row.get("placement", ""),
    )
