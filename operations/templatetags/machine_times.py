"""Times for machines, in every template."""

from datetime import datetime

from django import template

register = template.Library()


@register.filter(expects_localtime=True)
def machine_time(moment: datetime | None) -> str:
    """For `time` elements: ISO 8601 without microseconds, of which HTML knows three digits only."""
    return moment.isoformat(timespec="seconds") if moment else ""
