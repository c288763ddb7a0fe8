"""Puts the page cache in front of Django."""

from typing import Any

from django.conf import settings

from newsroom.page_keys import key_of
from pagecache import running
from pagecache.listening import Listener
from pagecache.marks import HEADER
from pagecache.pages import Headers
from pagecache.store import PageStore
from pagecache.telling import Teller
from pagecache.wsgi import PageCache


def keep_pages(application: Any) -> Any:
    """The application with the cache before it, unless PAGE_CACHE_MEGABYTES is 0."""
    if not settings.PAGE_CACHE_MEGABYTES:
        return _without_marks(application)
    store = running.store = PageStore(settings.PAGE_CACHE_MEGABYTES * 1024 * 1024)
    listener, teller = Listener(store), Teller()
    listener.start()
    teller.start()
    running.tell = teller.tell
    cache = PageCache(
        application,
        store=store,
        listener=listener,
        key_of=key_of,
        shared_seconds=settings.SHARED_CACHE_SECONDS,
    )
    return _with_metrics(cache) if settings.METRICS else cache


def _without_marks(application: Any) -> Any:
    """Takes away what Django tells the cache, where there is none."""

    def unmarked(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            told = [pair for pair in headers if pair[0] != HEADER]
            return start_response(status, told, exc_info)

        return application(environ, start)

    return unmarked


def _with_metrics(cache: PageCache) -> Any:
    def application(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] != "/metrics":
            return cache(environ, start_response)
        text = cache.metrics.text(pages=len(cache.store), size=cache.store.bytes).encode()
        headers = [("Content-Type", "text/plain; version=0.0.4"), ("Cache-Control", "no-store"),
                   ("Content-Length", str(len(text)))]  # fmt: skip
        start_response("200 OK", headers)
        return [text]

    return application
