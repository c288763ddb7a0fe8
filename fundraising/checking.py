"""Whether the ledger, the promises and what providers said agree.

The database refuses most of this from the start; what is found here came by a way around it, or
waits for a person. One query for each kind of finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

EVENTS_WAIT = timedelta(days=1)
GIFTS_WAIT = timedelta(days=90)
MOST_NAMED = 20  # rows that a finding names

# Settled events of real money, each beside the entries that what it said comes to.
EVENTS = """
    SELECT DISTINCT event.id FROM fundraising_providerevent event
    JOIN fundraising_donation donation ON donation.id = event.donation_id
    JOIN (VALUES ('paid', 'gift'), ('refund', 'refund'), ('refund_returned', 'refund'),
        ('refund_returned', 'refund_returned'), ('dispute', 'dispute'), ('dispute_lost', 'dispute'),
        ('dispute_won', 'dispute'), ('dispute_won', 'dispute_won')
    ) AS word (said, kind) ON word.said = event.said
    LEFT JOIN fundraising_ledgerentry entry ON entry.provider = event.provider
        AND entry.reference = event.reference AND entry.kind = word.kind
    WHERE event.state = 'done' AND event.is_live AND NOT donation.is_test
"""
# What the ledger says against itself and against the donations: {kind: (model, query of keys)}.
CHECKS: dict[str, tuple[str, str]] = {
    "donation_below_zero": ("donation", """
        SELECT donation_id FROM fundraising_ledgerentry WHERE donation_id IS NOT NULL
        GROUP BY donation_id HAVING sum(amount_minor) < 0 ORDER BY donation_id
    """),
    "too_much_taken_back": ("ledgerentry", """
        SELECT DISTINCT gift.id
        FROM fundraising_ledgerentry gift
        JOIN fundraising_ledgerentry counter ON counter.reverses_id = gift.id
        GROUP BY gift.id, counter.kind
        HAVING abs(sum(fundraising_left(counter.id))) > abs(gift.amount_minor) ORDER BY gift.id
    """),
    "paid_without_a_gift": ("donation", """
        SELECT donation.id FROM fundraising_donation donation
        WHERE donation.state = 'paid' AND NOT donation.is_test AND NOT EXISTS (
            SELECT FROM fundraising_ledgerentry entry
            WHERE entry.donation_id = donation.id AND entry.kind = 'gift'
        ) ORDER BY donation.id
    """),
    "gift_without_paid": ("donation", """
        SELECT DISTINCT donation.id FROM fundraising_ledgerentry entry
        JOIN fundraising_donation donation ON donation.id = entry.donation_id
        WHERE entry.kind = 'gift' AND (donation.state <> 'paid' OR donation.is_test)
        ORDER BY donation.id
    """),
    "event_without_entry": ("providerevent", EVENTS + "AND entry.id IS NULL ORDER BY event.id"),
    "event_differs": ("providerevent", EVENTS + """
        AND entry.id IS NOT NULL AND (
            abs(entry.amount_minor) <> event.amount_minor
            OR entry.currency <> event.currency
            OR entry.donation_id IS DISTINCT FROM event.donation_id
        ) ORDER BY event.id
    """),
    "entry_of_no_campaign": ("ledgerentry", """
        SELECT entry.id FROM fundraising_ledgerentry entry
        LEFT JOIN fundraising_campaign campaign ON campaign.id = entry.campaign_id
        WHERE campaign.id IS NULL ORDER BY entry.id
    """),
    "currency_differs": ("ledgerentry", """
        SELECT entry.id FROM fundraising_ledgerentry entry
        JOIN fundraising_campaign campaign ON campaign.id = entry.campaign_id
        LEFT JOIN fundraising_donation donation ON donation.id = entry.donation_id
        WHERE entry.currency <> campaign.currency OR donation.currency <> campaign.currency
        ORDER BY entry.id
    """),
}  # fmt: skip
# What waits for a person; each has an index of its own.
WAITING: dict[str, tuple[str, str]] = {
    "event_waits": ("providerevent", """
        SELECT id FROM fundraising_providerevent
        WHERE state NOT IN ('done', 'ignored', 'dismissed')
            AND received_at < %(now)s - %(events_wait)s
        ORDER BY id
    """),
    "gift_overdue": ("donation", """
        SELECT id FROM fundraising_donation
        WHERE state IN ('created', 'pending') AND created_at < %(now)s - %(gifts_wait)s
        ORDER BY id
    """),
}  # fmt: skip
WORDS = {
    "donation_below_zero": _("More was taken back than came of a donation"),
    "too_much_taken_back": _("More was taken back of an entry than it has"),
    "paid_without_a_gift": _("Paid, but the ledger has no gift"),
    "gift_without_paid": _("The ledger has a gift, but the donation is not paid or is a trial"),
    "event_without_entry": _("A payment service told of money that the ledger does not have"),
    "event_differs": _("The ledger has another amount than a payment service told of"),
    "entry_of_no_campaign": _("An entry counts for no campaign"),
    "currency_differs": _("An entry is in another currency than its campaign or donation"),
    "event_waits": _("What a payment service said has waited for more than a day"),
    "gift_overdue": _("A gift has been awaited for more than 90 days"),
}


@dataclass(frozen=True)
class Finding:
    """One kind of what is wrong, in how many rows, and the keys of the first of them."""

    kind: str
    model: str
    count: int
    keys: list[int]

    @property
    def words(self) -> str:
        """In the active language."""
        return str(WORDS[self.kind])

    def __str__(self) -> str:
        keys = ", ".join(f"#{key}" for key in self.keys)
        more = " …" if self.count > len(self.keys) else ""
        return f"{self.words}: {keys}{more}"


def check_ledger(now: datetime) -> list[Finding]:
    """Everything that is wrong or waits. A query for each kind, over the whole ledger."""
    return [*_find(CHECKS, now), *waiting(now)]


def waiting(now: datetime) -> list[Finding]:
    """What waits for a person alone. Two queries, by index."""
    return [*_find(WAITING, now)]


def _find(checks: dict[str, tuple[str, str]], now: datetime) -> Iterator[Finding]:
    values: dict[str, Any] = {"now": now, "events_wait": EVENTS_WAIT, "gifts_wait": GIFTS_WAIT}
    for kind, (model, query) in checks.items():
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            keys = [key for (key,) in cursor.fetchall()]
        if keys:
            yield Finding(kind, model, len(keys), keys[:MOST_NAMED])
