"""A cache around a pretended application, with a clock that only the test moves."""

import json
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

from pagecache.marks import HEADER, WANTED
from pagecache.pages import Key, Page
from pagecache.store import PageStore
from pagecache.wsgi import PageCache

BODY = b"<p>The ferry leaves eight minutes later.</p>" * 40


class Clock:
    """Stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Ear:
    """Stands in for the listener."""

    def __init__(self) -> None:
        self.hears = True
        self.refused_at: float | None = None

    def is_deaf(self, now: float) -> bool:
        return not self.hears


class Application:
    """Answers each path with `body`, which may be kept unless `tags` is None."""

    def __init__(self) -> None:
        self.status, self.body = "200 OK", BODY
        self.headers: list[tuple[str, str]] = [("Content-Type", "text/html; charset=utf-8")]
        self.tags: tuple[str, ...] | None = ("story:1", "site")
        self.left, self.age = float("inf"), 0.0
        self.asked: list[dict[str, Any]] = []
        self.closed = 0
        self.before: Callable[[], None] = lambda: None  # runs while the page is rendered

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked.append(environ)
        self.before()
        headers = list(self.headers)
        if self.tags is not None and environ.get(WANTED):
            mark = {"tags": self.tags, "left": self.left, "age": self.age}
            headers.append((HEADER, json.dumps(mark)))
        start_response(self.status, headers)
        return Chunks(self)


class Chunks:
    """A body in two pieces that notes that it was closed."""

    def __init__(self, application: Application) -> None:
        self.application, self.pieces = application, iter((application.body, b""))

    def __iter__(self) -> Any:
        return self.pieces

    def close(self) -> None:
        self.application.closed += 1


class Answer:
    """What came back to a request."""

    def __init__(self, cache: Any, path: str = "/", method: str = "GET", **headers: str) -> None:
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        self.chunks = cache(environ, self._start)
        self.body = b"".join(self.chunks)
        if hasattr(self.chunks, "close"):
            self.chunks.close()

    def _start(self, status: str, headers: Any, exc_info: Any = None) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)

    @property
    def how(self) -> str:
        """hit, miss, …; '' where the cache had no part in it."""
        return self.headers.get("X-Cache", "")


def key_at(path: str) -> Key:
    return Key("http", "localhost", path)


def make_cache(application: Any, **options: Any) -> PageCache:
    """Keeps every path but those that begin with /desk/."""

    def key_of(environ: dict[str, Any]) -> Key | None:
        path = environ["PATH_INFO"]
        return None if path.startswith("/desk/") else key_at(path)

    return PageCache(
        application, store=PageStore(1_000_000), listener=Ear(), key_of=key_of, **options
    )  # type: ignore[arg-type]


def make_page(
    *, body: bytes = BODY, tags: tuple[str, ...] = ("story:1", "site"), at: float = 0.0,
    seconds: float = 30.0, status: str = "200 OK",
) -> Page:  # fmt: skip
    return Page(status, [], body, frozenset(tags), at, at + seconds, at + 3600.0)


def settle(cache: PageCache) -> None:
    """Waits until no page is being made aside."""
    deadline = time.monotonic() + 5
    while cache._rendering or not cache._aside._value:
        assert time.monotonic() < deadline
        time.sleep(0.001)
