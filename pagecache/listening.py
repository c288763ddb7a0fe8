"""Hearing of drops: a thread with a connection of its own that also hears its own heart."""

import logging
import os
import time
from threading import Event, Thread
from typing import Any, cast

import psycopg
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import Error, OperationalError

from pagecache.drops import CHANNEL, HARD, read
from pagecache.store import PageStore

BEAT = 1.0  # seconds
DEAF_AFTER = 3.0  # seconds without a beat
# A cut network makes no error by itself: the kernel has to give up.
TIMEOUTS = {
    "connect_timeout": 3,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
logger = logging.getLogger("newsroom.pagecache")


class Listener:
    """Applies to a store what other processes say. Start it in the process that serves.

    `is_deaf` once the own beat has not come back through the database for three seconds: what the
    store has may be old then. When it hears again, the store is cleared, since it has missed some.
    """

    def __init__(self, store: PageStore) -> None:
        self.store = store
        self.refused_at: float | None = None  # since when the database takes no connections
        self._heard_at = float("-inf")
        self._has_complained = False  # since it last heard anything
        self._beat = f"page_beat_{os.getpid()}_{id(self):x}"
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="page drops", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and its connection; returns when it has."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(BEAT * 3)

    def is_deaf(self, now: float) -> bool:
        return now - self._heard_at > DEAF_AFTER

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except (psycopg.Error, Error) as error:  # a standby, too, refuses until it is promoted
                if not self._has_complained:
                    logger.warning("The page cache hears nothing: %s", error)
                self._has_complained = True
                self._stopping.wait(0.2)

    def _listen(self) -> None:
        wrapper = self._connect()
        try:
            own: psycopg.Connection[Any] = wrapper.connection
            own.execute(f"LISTEN {CHANNEL}")
            own.execute(f"LISTEN {self._beat}")
            self.store.clear()  # what was said meanwhile is lost
            self.refused_at, self._has_complained = None, False
            while not self._stopping.is_set():
                own.execute("SELECT pg_notify(%s, '')", [self._beat])
                for notification in own.notifies(timeout=BEAT):
                    self._hear(notification)
        finally:
            wrapper.close()

    def _connect(self) -> Any:
        wrapper = cast(DatabaseWrapper, connection).copy()
        options = dict(wrapper.settings_dict["OPTIONS"])
        options.pop("pool", None)
        wrapper.settings_dict["OPTIONS"] = TIMEOUTS | options
        try:
            wrapper.ensure_connection()
        except OperationalError:
            self.refused_at = self.refused_at or time.monotonic()
            raise
        return wrapper

    def _hear(self, notification: psycopg.Notify) -> None:
        if notification.channel == self._beat:
            self._heard_at = time.monotonic()
            return
        kind, tags = read(notification.payload)
        if kind == HARD:
            self.store.drop(tags)
        else:
            self.store.soften(tags, now=time.monotonic())
