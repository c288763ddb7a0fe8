"""What several files share: a cache with its clock, and two machines, which start slowly."""

from collections.abc import Iterator
from typing import Any

import pytest

from pagecache import wsgi
from tests.pagecache.builders import Application, Clock, make_cache
from tests.pagecache.machines import Machine, machines


@pytest.fixture(scope="package")
def both(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Machine]]:
    with django_db_blocker.unblock(), machines(tmp_path_factory.mktemp("machines")) as running:
        yield running


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(wsgi, "time", clock)
    return clock


@pytest.fixture
def application() -> Application:
    return Application()


@pytest.fixture
def cache(clock: Clock, application: Application) -> wsgi.PageCache:
    return make_cache(application)
