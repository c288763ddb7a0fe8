"""The demo's campaign, and the money that moved for it."""

from datetime import UTC, datetime, time
from typing import Any

from accounts.models import User
from fundraising.models import Campaign, CampaignState, LedgerEntry
from fundraising.recording import record_gift, record_refund


def load_campaign(campaign: dict[str, Any], ledger: list[dict[str, Any]], *, by: User) -> None:
    """The campaign, begun on the day of its first gift, and its ledger in order."""
    first_day = min(row["occurred_on"] for row in ledger)
    running = Campaign.objects.create(
        slug=campaign["slug"],
        names=campaign["name"],
        descriptions=campaign["description"],
        how_to_give=campaign["how_to_give"],
        currency=campaign["currency"],
        goal_minor=campaign["goal_minor"],
        starts_at=datetime.combine(first_day, time(), tzinfo=UTC),
        is_featured=True,
        state=CampaignState.PUBLIC,
    )
    gifts: dict[str | None, LedgerEntry] = {}
    for row in ledger:
        details = {"occurred_on": row["occurred_on"], "note": row["note"], "by": by}
        if row["kind"] == "refund":
            record_refund(gifts[row["reverses"]], amount_minor=-row["amount_minor"], **details)
        else:
            gift = record_gift(running, amount_minor=row["amount_minor"], **details)
            gifts[row.get("id")] = gift
