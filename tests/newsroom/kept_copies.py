"""Copies in this process's store, one for each kind of page, and what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from pagecache import running
from pagecache.store import PageStore
from tests.pagecache.builders import make_page

NOTHING: dict[str, str] = {}


@contextmanager
def copies(**tags: str) -> Iterator[PageStore]:
    """A store with a page for each of the tags, under its name, while this process serves."""
    store = running.store = PageStore(10**6)
    for name, tag in tags.items():
        store.put(name, make_page(tags=(tag, "site")), since=store.sequence)
    try:
        yield store
    finally:
        running.store = None


def fates(store: PageStore, *names: str) -> dict[str, str]:
    """{name: gone or stale} of those that are not served as before."""
    found = {name: store.get(name) for name in names}
    return {
        name: "stale" if page else "gone"
        for name, page in found.items()
        if page is None or page.stale_until
    }
