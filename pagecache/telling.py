"""Telling the other processes of news: a thread does it, so that no writer waits for it."""

import atexit
import logging
from collections.abc import Iterable
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Event, Thread

from django.db import connection

from pagecache.drops import SOFT, notify

PAUSE = 0.05  # seconds that news waits for more, out of the second that it may take
logger = logging.getLogger("newsroom.pagecache")


class Teller:
    """Notifies of tags in the order in which they come, and of those of one moment at once.

    Each notice wakes every process, and at once it would compete with the answer to whoever wrote.
    What the database does not take is told to nobody: the others' copies end by themselves.
    """

    def __init__(self) -> None:
        self._waiting: SimpleQueue[tuple[str, ...] | None] = SimpleQueue()
        self._is_ending = Event()
        self._thread = Thread(target=self._run, name="page news", daemon=True)

    def start(self) -> None:
        self._thread.start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Returns once all is told, or after two seconds."""
        atexit.unregister(self.stop)
        self._waiting.put(None)
        self._is_ending.set()
        self._thread.join(2)

    def tell(self, tags: Iterable[str]) -> None:
        self._waiting.put(tuple(tags))

    def _run(self) -> None:
        while (tags := self._waiting.get()) is not None:
            self._is_ending.wait(PAUSE)
            is_last = False
            news = dict.fromkeys(tags)
            while not is_last:
                try:
                    more = self._waiting.get_nowait()
                except Empty:
                    break
                is_last = more is None
                news |= dict.fromkeys(more or ())
            self._notify(tuple(news))
            if is_last:
                return

    def _notify(self, tags: tuple[str, ...]) -> None:
        try:
            with closing(connection):
                notify(SOFT, tags)
        except Exception:  # whatever it is: the next news is told
            logger.exception("Other processes were not told of news.")
