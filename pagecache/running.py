"""The cache of this process, where it serves pages."""

import time
from collections.abc import Callable, Iterable

from pagecache.store import PageStore

# Set where pages are served; a worker or a command has none.
store: PageStore | None = None
tell: Callable[[Iterable[str]], None] | None = None


def drop(tags: Iterable[str]) -> None:
    if store is not None:
        store.drop(tags)


def soften(tags: Iterable[str]) -> None:
    if store is not None:
        store.soften(tags, now=time.monotonic())
