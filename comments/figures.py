"""What was decided about comments in the last twelve months, in numbers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count
from django.utils.translation import ngettext

from comments.models import ModerationEntry, Reason
from comments.models.moderation import REJECTED

YEAR = timedelta(days=365)
# How long held comments and reports waited for a person; how many decisions there were, and how
# many by rules; how many appeals were answered, and how many of them granted.
FIGURES = """
WITH entry AS (
    SELECT * FROM comments_moderationentry WHERE decided_at > %(since)s
), wait AS (
    SELECT entry.decided_at - held.decided_at AS lasted FROM entry JOIN LATERAL (
        SELECT decided_at FROM comments_moderationentry earlier
        WHERE earlier.comment_id = entry.comment_id AND earlier.id < entry.id
            AND earlier.after = 'held'
        ORDER BY earlier.id DESC LIMIT 1
    ) held ON true
    WHERE entry.actor_id IS NOT NULL AND entry.before = 'held' AND entry.after <> 'held'
    UNION ALL
    SELECT closed_at - created_at FROM comments_flag
    WHERE closed_at > %(since)s AND outcome IN ('upheld', 'dismissed')
)
SELECT (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY lasted) FROM wait),
    (SELECT count(*) FROM entry), (SELECT count(*) FROM entry WHERE rule <> ''),
    (SELECT count(*) FROM comments_appeal WHERE decided_at > %(since)s),
    (SELECT count(*) FROM comments_appeal WHERE decided_at > %(since)s AND answer = 'granted')
"""


@dataclass(frozen=True)
class Figures:
    """`by_reason` are (reason, how many comments were taken away for it), the most first."""

    by_reason: list[tuple[str, int]]
    median: timedelta | None
    decisions: int
    by_rules: int
    appeals: int
    granted: int

    @property
    def removed(self) -> int:
        return sum(number for _reason, number in self.by_reason)

    @property
    def rules_percent(self) -> int:
        return round(100 * self.by_rules / self.decisions) if self.decisions else 0

    @property
    def median_told(self) -> str:
        """In minutes, hours or days, in the active language; '' where nothing waited."""
        return told(self.median) if self.median is not None else ""


def figures(now: datetime) -> Figures:
    """Of the twelve months before `now`. Two queries."""
    since = now - YEAR
    rejected = ModerationEntry.objects.filter(decided_at__gt=since, after__in=REJECTED)
    counted = rejected.order_by().values_list("reason").annotate(number=Count("pk"))
    by_reason = [(str(Reason(reason).label), number) for reason, number in counted]
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"since": since})
        numbers = cursor.fetchone()
    return Figures(sorted(by_reason, key=lambda row: (-row[1], row[0])), *numbers)


def told(lasted: timedelta) -> str:
    minutes = max(round(lasted.total_seconds() / 60), 1)
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if (hours := round(minutes / 60)) < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
