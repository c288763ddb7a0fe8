"""Moments in the newsroom's own time zone: read as people write them, and said beside UTC."""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article


def in_newsroom(naive: datetime) -> datetime:
    """The moment that a clock in the newsroom shows so.

    Raises ValidationError for a time that its clocks leave out or show twice as they change.
    """
    zone = timezone.get_current_timezone()
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    if before is None or after is None or before == after:
        return first
    said = {"time": f"{naive:%H:%M}", "zone": zone_name()}
    gap = abs(after - before)
    if before < after:  # the clocks go forward: what they leave out has the smaller offset first
        later = f"{naive + gap:%H:%M}"
        raise ValidationError(
            _(
                "In %(zone)s there is no %(time)s on this day: the clocks go forward. Take"
                " %(later)s, say."
            ),
            code="no_such_time",
            params=said | {"later": later},
        )
    times = {"earlier": f"{naive - gap:%H:%M}", "later": f"{naive + gap:%H:%M}"}
    raise ValidationError(
        _(
            "In %(zone)s it is %(time)s twice on this day: the clocks go back. Take a time that"
            " comes once, like %(earlier)s or %(later)s."
        ),
        code="ambiguous_time",
        params=said | times,
    )


def zone_name() -> str:
    return str(timezone.get_current_timezone())


def is_utc() -> bool:
    return zone_name() == "UTC"


def in_utc(moment: datetime) -> str:
    """As `2026-03-29 01:00 UTC`, for machines' clocks and colleagues elsewhere."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def offset_of(moment: datetime) -> str:
    """How far the newsroom's clocks are from UTC at that moment, as `UTC+02:00`."""
    offset = timezone.localtime(moment).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def said(moment: datetime) -> str:
    """The moment in the newsroom's time zone, and beside it in UTC."""
    shown = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return shown + " UTC" if is_utc() else f"{shown} {zone_name()} ({in_utc(moment)})"


def said_of_beginning(article: Article) -> str:
    """From when on readers see a scheduled article."""
    begins = article.publish_at or article.created_at
    if begins == article.embargoed_until:
        return _("Readers see it once its embargo ends: %(moment)s.") % {"moment": said(begins)}
    return _("Readers see it from %(moment)s.") % {"moment": said(begins)}
