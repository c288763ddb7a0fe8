"""What was decided about comments in the last twelve months, in numbers."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import ngettext

from comments.models import ModerationEntry, Reason
from comments.models.moderation import REJECTED

YEAR = timedelta(days=365)
DAY = 24 * 3600  # seconds
KEPT = "comments.figures"
# How long held comments and reports waited for a person, in seconds; how many comments were taken
# away; how many decisions there were, and how many by rules; how many appeals were answered, and
# how many of them granted. What was undone was a slip and counts nowhere.
FIGURES = """
WITH entry AS (
    SELECT id, comment_id, actor_id, rule, before, after, decided_at
    FROM comments_moderationentry made
    WHERE decided_at > %(since)s AND reverses_id IS NULL AND NOT EXISTS (
        SELECT FROM comments_moderationentry undoing WHERE undoing.reverses_id = made.id
    )
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
SELECT (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY lasted))::float
        FROM wait) AS median,
    (SELECT count(DISTINCT comment_id) FROM entry WHERE after IN ('removed', 'spam')) AS removed,
    (SELECT count(*) FROM entry) AS decisions,
    (SELECT count(*) FROM entry WHERE rule <> '') AS by_rules,
    (SELECT count(*) FROM comments_appeal WHERE decided_at > %(since)s) AS appeals,
    (SELECT count(*) FROM comments_appeal
        WHERE decided_at > %(since)s AND answer = 'granted') AS granted
"""


@dataclass(frozen=True)
class Figures:
    """As JSON keeps them. `by_reason` are [reason, how many comments were taken away for it]."""

    day: str
    by_reason: list[list[Any]]
    median: float | None
    removed: int
    decisions: int
    by_rules: int
    appeals: int
    granted: int

    @property
    def reckoned_on(self) -> date:
        return date.fromisoformat(self.day)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """In the active language, the most first."""
        named = [(str(Reason(reason).label), number) for reason, number in self.by_reason]
        return sorted(named, key=lambda row: (-row[1], row[0]))

    @property
    def rules_percent(self) -> int:
        return round(100 * self.by_rules / self.decisions) if self.decisions else 0

    @property
    def median_told(self) -> str:
        """In minutes, hours or days, in the active language; '' where nothing waited."""
        return "" if self.median is None else told(timedelta(seconds=self.median))


def figures(now: datetime) -> Figures:
    """Those of a day ago at most, reckoned once for all processes. One query where they are kept.

    They cost more the more is decided, and anybody may ask.
    """
    if kept := cache.get(KEPT):
        return Figures(**kept)
    reckoned = reckon(now)
    cache.set(KEPT, asdict(reckoned), DAY)
    return reckoned


def reckon(now: datetime) -> Figures:
    """Of the twelve months before `now`. Two queries."""
    since = now - YEAR
    entries = ModerationEntry.objects.still_held_to().filter(decided_at__gt=since)
    taken = entries.filter(after__in=REJECTED).order_by().values_list("reason")
    by_reason = [list(row) for row in taken.annotate(number=Count("comment", distinct=True))]
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, {"since": since})
        names = [column.name for column in cursor.description]
        numbers = dict(zip(names, cursor.fetchone(), strict=True))
    return Figures(day=localdate(now).isoformat(), by_reason=by_reason, **numbers)


def told(lasted: timedelta) -> str:
    minutes = max(round(lasted.total_seconds() / 60), 1)
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    if (hours := round(minutes / 60)) < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
