"""The site as its web server runs it, in the test's own transaction."""

from collections.abc import Iterator

import pytest
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import close_old_connections, transaction
from django.test import override_settings

from newsroom.page_keys import key_of
from pagecache import running, wsgi
from pagecache.store import PageStore
from pagecache.wsgi import PageCache
from tests.pagecache.builders import Clock, Ear


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


@pytest.fixture
def serving(cache: PageCache, monkeypatch: pytest.MonkeyPatch) -> PageCache:
    """The cache, as that of this process: verbs drop what it keeps."""
    monkeypatch.setattr(running, "store", cache.store)
    return cache


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The cache's, which only the test moves."""
    clock = Clock()
    monkeypatch.setattr(wsgi, "time", clock)
    return clock


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """The demo newsroom, loaded once for a module's tests through the verbs that people use."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)
