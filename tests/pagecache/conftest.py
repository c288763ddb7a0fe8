"""The two machines that several files share: they take seconds to start."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pagecache.machines import Machine, machines


@pytest.fixture(scope="package")
def both(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Machine]]:
    with django_db_blocker.unblock(), machines(tmp_path_factory.mktemp("machines")) as running:
        yield running
