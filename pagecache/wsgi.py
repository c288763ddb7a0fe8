"""The cache in front of Django: a WSGI application around another.

Whatever has no key, or does not say that it may be kept, passes untouched.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Semaphore, Thread
from typing import Any

from django.http import parse_cookie

from pagecache import marks
from pagecache.listening import Listener
from pagecache.metrics import Metrics
from pagecache.pages import MAX_AGE, Headers, Key, Page, choose_encoding, matches
from pagecache.shells import SHELF, Shelf
from pagecache.store import PageStore

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

KEPT = ("200", "301", "404", "410")
PAUSE = 0.1  # seconds between two renderings of a page that news keeps coming for
WAIT = 10.0  # seconds that a request waits for another one that is rendering its page
STAND_IN = 60.0  # seconds for which the last copies are served while the database is away
TRY_AGAIN = 5.0  # seconds until one more reader waits to see whether it is back
# The cookie of who has just written: nothing kept, or but for shells, for so many seconds.
FRESH, ALL = "fresh", "1"
FRESH_SECONDS = 3
LONGEST = 200  # an Accept-Encoding
# What one reader has already, or wants of a page: the wrapper answers it, the page is everybody's.
CONDITIONS = ("MATCH", "NONE_MATCH", "MODIFIED_SINCE", "UNMODIFIED_SINCE", "RANGE")
CONDITIONAL = {"HTTP_RANGE", *(f"HTTP_IF_{name}" for name in CONDITIONS)}
logger = logging.getLogger("newsroom.pagecache")


class PageCache:
    """`key_of` gives what is asked for its key, or None to let it pass.

    A page is rendered with the query of its key alone, so that equal keys give equal pages.
    `shared_seconds` is how long shared caches in front, a CDN, may keep a page without asking.
    """

    def __init__(
        self,
        application: Application,
        *,
        store: PageStore,
        listener: Listener,
        key_of: Callable[[Environ], Key | None],
        shared_seconds: int = 0,
    ) -> None:
        self.application, self.store, self.listener = application, store, listener
        self.metrics = Metrics()
        self._key_of = key_of
        shared = f", s-maxage={shared_seconds}" if shared_seconds else ""
        self._cache_control = ("Cache-Control", f"max-age=0, must-revalidate{shared}")
        self._rendering: dict[Key, Event] = {}
        self._worked_at = self._tried_at = float("-inf")
        self._lock = Lock()
        self._aside = Semaphore()  # one page at a time is made for nobody in particular

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in ("GET", "HEAD"):
            return self.application(environ, _remember_writer(environ, start_response))
        key = self._key_of(environ)
        if key is None:
            return self.application(environ | self._shelf(environ), start_response)
        if _just_written(environ) is not None:
            return self._render(key, environ, start_response, "bypass")
        return self._answer(key, environ, start_response)

    def _shelf(self, environ: Environ) -> Environ:
        """What lets the application find shells and leave its own; nothing while drops pass by."""
        now = time.monotonic()
        if self.listener.is_deaf(now):
            return {}
        may_find = _just_written(environ) in (None, marks.PARTS)
        return {SHELF: Shelf(self.store, begun=now, may_find=may_find)}

    def _answer(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        now = time.monotonic()
        if self.listener.is_deaf(now):
            if self._is_known_to_fail(now) and (page := self._stand_in(key)):
                return self._serve(page, environ, start_response, "stand-in")
            return self._render(key, environ, start_response, "bypass")
        page = self.store.get(key)
        if page and page.is_fresh(now):
            return self._serve(page, environ, start_response, "hit")
        stands_in = page if page and page.may_stand_in(now) else None
        if stands_in and now - stands_in.built_at < PAUSE:
            return self._serve(stands_in, environ, start_response, "stale")
        if self._is_first(key) and not (stands_in and self._is_made_aside(key, environ)):
            with self._turn(key):
                return self._render(key, environ, start_response, "miss")
        if stands_in:
            return self._serve(stands_in, environ, start_response, "stale")
        self._wait(key)
        page, now = self.store.get(key), time.monotonic()
        if page and (page.is_fresh(now) or page.may_stand_in(now)):
            how = "hit" if page.is_fresh(now) else "stale"
            return self._serve(page, environ, start_response, how)
        return self._render(key, environ, start_response, "miss")

    def _is_first(self, key: Key) -> bool:
        """Whether nobody else is rendering the page: it is ours from now on, to end by `_turn`."""
        with self._lock:
            is_first = key not in self._rendering
            if is_first:
                self._rendering[key] = Event()
        return is_first

    @contextmanager
    def _turn(self, key: Key) -> Iterator[None]:
        try:
            yield
        finally:
            with self._lock:
                self._rendering.pop(key).set()

    def _is_made_aside(self, key: Key, environ: Environ) -> bool:
        """Whether a thread of its own makes the page; False where it makes another one already."""
        if not self._aside.acquire(blocking=False):
            return False
        try:
            Thread(target=self._make_aside, args=(key, environ), daemon=True).start()
        except RuntimeError:  # no thread is to be had: its reader makes it
            self._aside.release()
            return False
        return True

    def _make_aside(self, key: Key, environ: Environ) -> None:
        """Makes the page anew for those to come, while its old copy stands in."""
        try:
            with self._turn(key):
                page, _status, _headers, chunks = self._make(key, environ)
                if page is None:
                    _close(chunks)
        finally:
            self._aside.release()

    def _wait(self, key: Key) -> None:
        with self._lock:
            rendering = self._rendering.get(key)
        if rendering:
            rendering.wait(WAIT)

    def _render(
        self,
        key: Key,
        environ: Environ,
        start_response: StartResponse,
        how: str,
    ) -> Iterable[bytes]:
        """What the application answers now, kept where that may be."""
        page, status, headers, chunks = self._make(key, environ)
        if page:
            return self._serve(page, environ, start_response, how)
        if status.startswith("5") and (page := self._stand_in(key)):
            _close(chunks)
            return self._serve(page, environ, start_response, "stand-in")
        start_response(status, headers)
        self.metrics.answered("bypass")
        return chunks if environ["REQUEST_METHOD"] == "GET" else _no_body(chunks)

    def _make(
        self, key: Key, environ: Environ
    ) -> tuple[Page | None, str, Headers, Iterable[bytes]]:
        """The page as it is now, and kept; None, with the answer that is no page to be kept."""
        since, begun = self.store.sequence, time.monotonic()
        inner = {name: value for name, value in environ.items() if name not in CONDITIONAL}
        inner |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, marks.WANTED: True}
        inner |= (shelved := self._shelf(environ))
        caught: list[Any] = []

        def catch(status: str, headers: Headers, exc_info: Any = None) -> None:
            caught[:] = [status, headers]

        chunks = self.application(inner, catch)
        status, headers = caught
        self._worked_at = float("-inf") if status.startswith("5") else begun
        mark = next((value for name, value in headers if name == marks.HEADER), None)
        page = self._page(status, headers, chunks, mark, begun) if mark else None
        if page:
            self.metrics.rebuilt(time.monotonic() - begun)
            if not self.listener.is_deaf(begun):
                self.store.put(key, page, since=since)
            if shelf := shelved.get(SHELF):
                shelf.keep(ends_at=page.ends_at)
        return page, status, [pair for pair in headers if pair[0] != marks.HEADER], chunks

    def _page(
        self, status: str, headers: Headers, chunks: Any, mark: str, begun: float
    ) -> Page | None:
        """The rendered page; None, with a complaint, where it may not be kept after all."""
        headers = [pair for pair in headers if pair[0] != marks.HEADER]
        if reason := _why_not(status, headers):
            self.metrics.refused()
            logger.error("A page asked to be kept and may not be: %s", reason)
            return None
        body = b"".join(chunks)
        _close(chunks)
        tags, left, age = marks.read(mark)
        ends = begun + left
        return Page(status, headers, body, tags, begun, min(begun + MAX_AGE - age, ends), ends)

    def _is_known_to_fail(self, now: float) -> bool:
        """Whether the database is away and somebody else is finding out if it is back.

        Each of them waits for seconds in vain. Where only the listener is refused, nobody is.
        """
        refused = self.listener.refused_at
        if refused is None or self._worked_at > refused:
            return False
        if now - self._tried_at < TRY_AGAIN:
            return True
        self._tried_at = now
        return False

    def _stand_in(self, key: Key) -> Page | None:
        """The last copy, for as long as it may be served while the database is away."""
        refused, now = self.listener.refused_at, time.monotonic()
        if refused is None or now - refused > STAND_IN:
            return None
        page = self.store.get(key)
        return page if page and now < page.ends_at else None

    def _serve(
        self, page: Page, environ: Environ, start_response: StartResponse, how: str
    ) -> Iterable[bytes]:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        # Remembered, so not at any length; half of it might take what the whole refuses.
        encoding = choose_encoding(accepted) if len(accepted) <= LONGEST else ""
        told = (self._cache_control, ("X-Cache", how))
        self.metrics.answered(how, time.monotonic() - page.built_at)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and page.status.startswith("200") and matches(page.etag(encoding), asked):
            start_response("304 Not Modified", [*page.validators(encoding), *told])
            return []
        headers, body = page.answer(encoding)
        start_response(page.status, [*headers, *told])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def _why_not(status: str, headers: Headers) -> str:
    """What keeps an answer from being the same for everybody; '' for nothing."""
    given = [(name.lower(), value) for name, value in headers]
    if not status.startswith(KEPT):
        return f"its status is {status}"
    for name, value in given:
        if name == "set-cookie":
            return "it sets a cookie"
        if name == "vary" and value.strip().lower() not in ("", "accept-encoding"):
            return f"it varies on {value}"
        if name == "content-security-policy" and "'nonce-" in value:
            return "it has a nonce"
        if name == "cache-control" and ("private" in value or "no-store" in value):
            return f"its Cache-Control is {value}"
    return ""


def _just_written(environ: Environ) -> str | None:
    """What the cookie says, and None without one."""
    raw = environ.get("HTTP_COOKIE", "")
    return parse_cookie(raw).get(FRESH) if FRESH in raw else None


def _remember_writer(environ: Environ, start_response: StartResponse) -> StartResponse:
    """Gives who wrote the cookie with which every process renders afresh for a moment."""
    secure = "; Secure" if is_https(schemes(environ)) else ""
    before = _just_written(environ)

    def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
        told = [pair for pair in headers if pair[0] != marks.HEADER]
        if status[0] in "23" and (marks.HEADER, marks.UNCHANGED) not in headers:
            is_parts = (marks.HEADER, marks.PARTS) in headers and before in (None, marks.PARTS)
            cookie = f"{FRESH}={marks.PARTS if is_parts else ALL}; Max-Age={FRESH_SECONDS}"
            told.append(("Set-Cookie", f"{cookie}; Path=/; HttpOnly; SameSite=Lax{secure}"))
        return start_response(status, told, exc_info)

    return start


def schemes(environ: Environ) -> str:
    """The scheme that was asked for, as whoever stands in front tells it."""
    return environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]


def is_https(schemes: str) -> bool:
    return schemes.partition(",")[0].strip() == "https"


def _no_body(chunks: Any) -> list[bytes]:
    _close(chunks)
    return []


def _close(chunks: Any) -> None:
    if hasattr(chunks, "close"):
        chunks.close()
