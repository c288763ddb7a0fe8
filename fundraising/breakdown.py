"""What "raised" is made of: by which way money came, and what of it went back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from fundraising.models import BANK, DESK, IMPORT, Campaign
from fundraising.money import format_amount

# What reverses an entry belongs to the way by which that came, whoever recorded it. A correction
# that reverses one nets out with it: what was typed by mistake was neither given nor taken off.
BY_PROVIDER = """
WITH RECURSIVE entry AS (
    SELECT id, provider, amount_minor, kind = 'gift' AS is_gift
    FROM fundraising_ledgerentry WHERE campaign_id = %s AND reverses_id IS NULL
    UNION ALL
    SELECT counter.id, entry.provider, counter.amount_minor,
        entry.is_gift AND counter.kind = 'correction'
    FROM entry JOIN fundraising_ledgerentry counter ON counter.reverses_id = entry.id
)
SELECT provider,
    coalesce(sum(amount_minor) FILTER (WHERE is_gift), 0)::bigint, sum(amount_minor)::bigint
FROM entry GROUP BY provider
"""


class Way(TextChoices):
    """By which money comes, as readers tell them apart."""

    ONLINE = "online", _("Online")
    BANK = "bank", _("Bank transfer")
    DESK = "desk", _("At our desk, in cash or otherwise")
    IMPORT = "import", _("Carried over from earlier books")


OFFLINE = {BANK: Way.BANK, DESK: Way.DESK, IMPORT: Way.IMPORT}


@dataclass(frozen=True)
class Line:
    """What came by one way, in minor units: `left_minor` after refunds and disputes, and after
    corrections that reverse no entry."""

    label: str
    currency: str
    given_minor: int
    left_minor: int

    @property
    def given(self) -> str:
        return format_amount(self.given_minor, self.currency)

    @property
    def returned(self) -> str:
        """What was taken off again, below zero; empty where nothing was."""
        returned = self.left_minor - self.given_minor
        return format_amount(returned, self.currency) if returned else ""

    @property
    def left(self) -> str:
        return format_amount(self.left_minor, self.currency)


def breakdown(campaign: Campaign) -> list[Line]:
    """A line for each way by which something came, and the sum of all last. One query.

    Empty where nothing has come, or less than nothing is left: readers see 0 then.
    """
    with connection.cursor() as cursor:
        cursor.execute(BY_PROVIDER, [campaign.pk])
        rows = cursor.fetchall()
    if sum(left for _provider, _given, left in rows) <= 0:
        return []
    sums = dict.fromkeys(Way, (0, 0))
    for provider, given, left in rows:
        way = OFFLINE.get(provider, Way.ONLINE)
        sums[way] = _added([sums[way], (given, left)])
    lines = [(way.label, pair) for way, pair in sums.items() if any(pair)]
    lines.append((_("Together"), _added(sums.values())))
    return [Line(str(label), campaign.currency, *pair) for label, pair in lines]


def _added(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    given, left = zip(*pairs, strict=True)
    return sum(given), sum(left)
