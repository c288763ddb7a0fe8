"""The pages and shells that one process keeps, found by key and by tag, bounded by their bytes."""

from collections import OrderedDict, deque
from collections.abc import Hashable, Iterable
from threading import Lock
from typing import Any

from pagecache.pages import Kept

GRACE = 0.6  # seconds for which an old copy may stand in after a soft drop
REMEMBERED = 10_000  # drops that are told apart; before them all pages count as dropped


class PageStore:
    """Safe for many threads. The least recently served pages go when `max_bytes` are full.

    A page that was rendered while one of its tags was dropped is not taken, since it may show
    what was before: ask for `sequence` before rendering, and give it to `put`. One that was
    rendered while news came stands in from the start, or else constant news would leave nothing
    to stand in.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._keys: dict[str, set[Hashable]] = {}
        self._sequence = self._forgotten = 0
        self._dropped: dict[str, int] = {}  # tag: when it was dropped last
        self._softened: dict[str, int] = {}
        self._order: deque[tuple[int, str]] = deque()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def sequence(self) -> int:
        return self._sequence

    def get(self, key: Hashable) -> Any:
        """What was put there, or None. Without a lock, for which hits would wait for each other."""
        page = self._pages.get(key)
        if page:
            try:
                self._pages.move_to_end(key)
            except KeyError:  # another thread has dropped it since
                return None
        return page

    def put(self, key: Hashable, page: Kept, *, since: int) -> bool:
        """Takes a page whose rendering began at sequence `since`; False where it is too old."""
        with self._lock:
            known = self._pages.get(key)
            if since < max(_last(self._dropped, page), self._forgotten):
                return False
            if page.size > self.max_bytes or (known and known.built_at > page.built_at):
                return False
            if since < _last(self._softened, page):
                page.stale_until = page.built_at + GRACE
            if known:
                self._forget(key, known)
            self._pages[key] = page  # in its stead: who reads meanwhile gets the one or the other
            self._pages.move_to_end(key)
            self.bytes += page.size
            for tag in page.tags:
                self._keys.setdefault(tag, set()).add(key)
            while self.bytes > self.max_bytes:
                self._forget(*self._pages.popitem(last=False))
            return True

    def drop(self, tags: Iterable[str]) -> None:
        """Forgets the pages at once: none of them is served from now on."""
        with self._lock:
            for tag in self._note(tags, self._dropped):
                for key in list(self._keys.get(tag, ())):
                    self._remove(key)

    def soften(self, tags: Iterable[str], *, now: float) -> None:
        """The pages want to be made anew; for a moment the old ones may stand in."""
        with self._lock:
            for tag in self._note(tags, self._softened):
                for key in self._keys.get(tag, ()):
                    page = self._pages[key]
                    page.stale_until = page.stale_until or now + GRACE

    def clear(self) -> None:
        with self._lock:
            self._sequence += 1
            self._forgotten = self._sequence
            for each in (self._pages, self._keys, self._dropped, self._softened, self._order):
                each.clear()
            self.bytes = 0

    def _note(self, tags: Iterable[str], memory: dict[str, int]) -> list[str]:
        noted = list(tags)
        self._sequence += 1
        for tag in noted:
            memory[tag] = self._sequence
            self._order.append((self._sequence, tag))
        while len(self._order) > REMEMBERED:
            self._forgotten, tag = self._order.popleft()
            for each in (self._dropped, self._softened):
                if each.get(tag) == self._forgotten:
                    del each[tag]
        return noted

    def _remove(self, key: Hashable) -> None:
        if page := self._pages.pop(key, None):
            self._forget(key, page)

    def _forget(self, key: Hashable, page: Kept) -> None:
        self.bytes -= page.size
        for tag in page.tags:
            keys = self._keys[tag]
            keys.discard(key)
            if not keys:
                del self._keys[tag]


def _last(memory: dict[str, int], page: Kept) -> int:
    return max((memory.get(tag, 0) for tag in page.tags), default=0)
