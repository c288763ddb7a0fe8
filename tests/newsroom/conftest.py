"""The site as its web server runs it, in the test's own transaction."""

from collections.abc import Iterator

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections

from newsroom.page_keys import key_of
from pagecache.store import PageStore
from pagecache.wsgi import PageCache
from tests.pagecache.builders import Ear


@pytest.fixture(scope="package")
def django_site() -> WSGIHandler:
    return WSGIHandler()


@pytest.fixture
def cache(django_site: WSGIHandler) -> Iterator[PageCache]:
    """The page cache in front of Django, which keeps the connection of the test open."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield PageCache(django_site, store=PageStore(10**7), listener=Ear(), key_of=key_of)  # type: ignore[arg-type]
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)
