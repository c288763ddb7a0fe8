"""What time it is: the database's clock, read once per request."""

from datetime import datetime

from django.db import connection
from django.http import HttpRequest


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
