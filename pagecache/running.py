"""The cache of this process, where it serves pages."""

import time
from collections.abc import Iterable

from pagecache.store import PageStore

store: PageStore | None = None  # set by the wrapper; a worker or a command has none


def drop(tags: Iterable[str]) -> None:
    if store is not None:
        store.drop(tags)


def soften(tags: Iterable[str]) -> None:
    if store is not None:
        store.soften(tags, now=time.monotonic())
