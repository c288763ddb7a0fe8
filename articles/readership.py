"""Which articles are read most: counted by the day, and nothing is kept of who reads.

Kept pages never reach the application, so a page says by itself that it was read. Each process
collects this in memory and writes it down every few seconds, however many read.
"""

import atexit
import logging
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Now
from django.tasks import task

from articles.models import Article, Readership, Section
from operations.clock import database_now, site_day
from pagecache.drops import drop_soon

TAG = "most-read"  # of the pages that show it
WINDOW = timedelta(days=7)
FEWEST = 20  # fewer readings say nothing
LISTED = 5
DAY = 24 * 3600  # seconds
SECONDS = 10.0  # between two writings
MOST_ARTICLES = 10_000  # that wait to be written, unknown ones included
MOST_OF_A_NETWORK = 30  # readings of one article a day in one process
MOST_REMEMBERED = 100_000

WRITE = """
INSERT INTO articles_readership AS kept (article_id, read_on, readings)
SELECT article.id, (statement_timestamp() AT TIME ZONE %s)::date, told.readings
FROM unnest(%s::bigint[], %s::int[]) AS told (id, readings)
JOIN ({live}) article (id) ON article.id = told.id
ORDER BY article.id
ON CONFLICT (article_id, read_on) DO UPDATE SET readings = kept.readings + excluded.readings
"""

logger = logging.getLogger("newsroom.readership")


class Tally:
    """Readings that wait in memory until `write`, or for the thread that `start` begins."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._waiting: Counter[int] = Counter()
        self._of_networks: Counter[int] = Counter()
        self._day = 0
        self._lock = Lock()
        self._is_ending = Event()
        self._thread = Thread(target=self._run, name="readership", daemon=True)

    def start(self) -> None:
        """Has them written every few seconds, and once more when the process ends."""
        self._thread.start()
        atexit.register(self.stop)

    def add(self, article: int, *, network: str) -> None:
        """One more, unless the network has had its part of the day. Waits for no database."""
        with self._lock:
            if not self._is_within(network, article):
                return
            if article in self._waiting or len(self._waiting) < MOST_ARTICLES:
                self._waiting[article] += 1

    def write(self) -> None:
        """What the database does not take waits for the next time."""
        with self._lock:
            told, self._waiting = self._waiting, Counter()
        if not told:
            return
        try:
            write_down(told)
        except Exception:  # whatever it is
            logger.exception("Readings were not written down yet.")
            with self._lock:
                self._waiting.update(told)

    def stop(self) -> None:
        """Returns once all is written down, or after two seconds."""
        atexit.unregister(self.stop)
        self._is_ending.set()
        self._thread.join(2)

    def _is_within(self, network: str, article: int) -> bool:
        """Of networks only numbers are remembered, which differ with each process, for a day."""
        today = int(time.time() // DAY)
        if today != self._day or len(self._of_networks) >= MOST_REMEMBERED:
            self._day, self._of_networks = today, Counter()
        key = hash((network, article))
        self._of_networks[key] += 1
        return self._of_networks[key] <= MOST_OF_A_NETWORK

    def _run(self) -> None:
        is_last = False
        while not is_last:
            is_last = self._is_ending.wait(self._seconds)
            with closing(connection):
                self.write()


tally = Tally()


def write_down(readings: Mapping[int, int]) -> None:
    """Adds them to the present day; of what readers may not see, nothing. One statement."""
    live, values = Article.objects.live(Now()).values_list("pk").query.sql_with_params()
    told: list[Any] = [settings.TIME_ZONE, list(readings), list(readings.values())]
    with connection.cursor() as cursor:
        cursor.execute(WRITE.format(live=live), [*told, *values])


def most_read(*, language: str, now: datetime, section: Section | None = None) -> list[Article]:
    """The edition's most read pieces of the last seven days, with their `readings`. One query."""
    since = site_day(now) - WINDOW
    read = Article.objects.live(now).in_edition(language).filter(readership__read_on__gt=since)
    if section:
        read = read.filter(section=section)
    counted = read.annotate(readings=Sum("readership__readings")).filter(readings__gt=FEWEST)
    ordered = counted.order_by("-readings", "-publish_at", "-pk")
    return list(ordered.only("language", "slug", "headline", "publish_at")[:LISTED])


@task()
def refresh_most_read() -> None:
    """Has the pages that list what is read made anew."""
    drop_soon(TAG)


@task()
def forget_readings() -> int:
    """Deletes the days that no list looks at any more; how many rows. May run twice."""
    old = site_day(database_now()) - WINDOW
    return Readership.objects.filter(read_on__lte=old).delete()[0]
