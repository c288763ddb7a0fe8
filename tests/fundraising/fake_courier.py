"""The fake Stripe's events, sent as the real ones are: signed, in any order, until taken."""

import json
import random
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from tests.fundraising.stripe_words import signed
from tests.operations.launching import wait_until

THREADS, PAUSE = 4, 0.3  # seconds until what was not taken is sent again


class Courier:
    """`times`: how often each event is sent, though it was taken. `delay`: the most seconds that
    one waits before it is sent first, so that later ones overtake it."""

    def __init__(self, *, times: int = 1, delay: float = 0.0) -> None:
        self.webhook, self.times, self.delay = "", times, delay
        self.answers: Counter[int] = Counter()  # by status; 0: none came
        self._waiting: list[tuple[float, dict[str, Any]]] = []
        self._under_way, self._lock, self._is_over = 0, threading.Lock(), False
        self._threads = [threading.Thread(target=self._run, daemon=True) for _one in range(THREADS)]
        for thread in self._threads:
            thread.start()

    def send(self, event: dict[str, Any]) -> None:
        due = [time.monotonic() + random.uniform(0, self.delay) for _time in range(self.times)]
        with self._lock:
            self._waiting += [(moment, event) for moment in due]

    def wait_until_all_is_taken(self, *, seconds: float = 30) -> None:
        wait_until(lambda: not self._left(), seconds=seconds)

    def stop(self) -> None:
        self._is_over = True
        for thread in self._threads:
            thread.join()

    def _left(self) -> int:
        with self._lock:
            return len(self._waiting) + self._under_way

    def _next(self) -> dict[str, Any] | None:
        now = time.monotonic()
        with self._lock:
            for item in self._waiting:
                if item[0] <= now and self.webhook:
                    self._waiting.remove(item)
                    self._under_way += 1
                    return item[1]
        return None

    def _run(self) -> None:
        while not self._is_over:
            event = self._next()
            if event is None:
                time.sleep(0.01)
                continue
            status = self._deliver(event)
            with self._lock:
                self.answers[status] += 1
                self._under_way -= 1
                if not 200 <= status < 300:
                    self._waiting.append((time.monotonic() + PAUSE, event))

    def _deliver(self, event: dict[str, Any]) -> int:
        body, address = json.dumps(event), urlsplit(self.webhook)
        headers = signed(body) | {"Content-Type": "application/json"}
        line = HTTPConnection(address.hostname or "", address.port, timeout=20)
        try:
            line.request("POST", address.path, body, headers)
            return line.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            line.close()
