"""What time it is: the database's clock, read once per request, and the site's days."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, Func
from django.http import HttpRequest
from django.utils import timezone


class Clock(Func):
    """The database's time, for a query that is a request's first one: `keep_now` takes it.

    The same wherever it stands in the query, also inside of a transaction begun before.
    """

    function = "statement_timestamp"
    output_field = DateTimeField()


def database_now() -> datetime:
    """The database's current time, with time zone. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def request_now(request: HttpRequest) -> datetime:
    """The same instant for everything that one request shows. One query at its first call."""
    kept = vars(request)
    if "now" not in kept:
        kept["now"] = database_now()
    return kept["now"]


def keep_now(request: HttpRequest, now: datetime) -> None:
    """Makes it the instant of the whole request, unless that has one already."""
    vars(request).setdefault("now", now)


def has_now(request: HttpRequest) -> bool:
    """Whether that has been asked."""
    return "now" in vars(request)


def site_day(moment: datetime) -> date:
    """The day at that moment in the site's time zone."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def end_of_day(day: date) -> datetime:
    """The first moment of the day after, in the site's time zone."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())
