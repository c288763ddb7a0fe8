"""What the cache did, in the text format that Prometheus reads."""

import os
from bisect import bisect_right
from collections import deque
from itertools import accumulate, pairwise
from threading import Lock

AGES = (0.1, 1, 5, 15, 30, float("inf"))  # seconds; the buckets of how old a served copy was
A_BATCH = 1000  # answers that are counted at once
ANSWERS = ("bypass", "hit", "miss", "stale", "stand-in")


class Metrics:
    """Counters of one process. A scrape of several processes tells them apart by `process`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers = dict.fromkeys(ANSWERS, 0)
        self._ages = [0] * len(AGES)  # each from the bound before
        self._age_sum = self._rebuild_seconds = 0.0
        self._rebuilds = self._refused = 0
        self._latest: dict[str, deque[float | None]] = {how: deque() for how in ANSWERS}

    def answered(self, how: str, age: float | None = None) -> None:
        """`how` is one of ANSWERS; `age` in seconds, of a page that was served.

        Noted without a lock, and counted later.
        """
        latest = self._latest[how]
        latest.append(age)
        if len(latest) > A_BATCH:
            self._count(how)

    def _count(self, how: str) -> None:
        latest = self._latest[how]
        with self._lock:
            ages = [latest.popleft() for _answer in range(len(latest))]
            served = sorted(age for age in ages if age is not None)
            self._answers[how] += len(ages)
            self._age_sum += sum(served)
            for place, (above, bound) in enumerate(pairwise((-1, *AGES))):
                within = bisect_right(served, bound) - bisect_right(served, above)
                self._ages[place] += within

    def rebuilt(self, seconds: float) -> None:
        with self._lock:
            self._rebuilds += 1
            self._rebuild_seconds += seconds

    def refused(self) -> None:
        """A page that asked to be kept and may not be."""
        with self._lock:
            self._refused += 1

    def text(self, *, pages: int, size: int) -> str:
        for how in ANSWERS:
            self._count(how)
        process = f'process="{os.getpid()}"'
        lines = [
            "# TYPE page_cache_answers_total counter",
            *(
                f'page_cache_answers_total{{{process},how="{how}"}} {number}'
                for how, number in self._answers.items()
            ),
            "# TYPE page_cache_rebuild_seconds summary",
            f"page_cache_rebuild_seconds_sum{{{process}}} {self._rebuild_seconds:.6f}",
            f"page_cache_rebuild_seconds_count{{{process}}} {self._rebuilds}",
            "# TYPE page_cache_age_seconds histogram",
            *(
                f'page_cache_age_seconds_bucket{{{process},le="{_bound(bound)}"}} {number}'
                for bound, number in zip(AGES, accumulate(self._ages), strict=True)
            ),
            f"page_cache_age_seconds_sum{{{process}}} {self._age_sum:.6f}",
            f"page_cache_age_seconds_count{{{process}}} {sum(self._ages)}",
            "# TYPE page_cache_refused_total counter",
            f"page_cache_refused_total{{{process}}} {self._refused}",
            "# TYPE page_cache_pages gauge",
            f"page_cache_pages{{{process}}} {pages}",
            "# TYPE page_cache_bytes gauge",
            f"page_cache_bytes{{{process}}} {size}",
        ]
        return "\n".join(lines) + "\n"


def _bound(seconds: float) -> str:
    return "+Inf" if seconds == float("inf") else f"{seconds:g}"
