"""The site behind nginx, which takes seconds to start and is shared by the files of this folder."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.deploy.site import Site, running_site


@pytest.fixture(scope="package")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with django_db_blocker.unblock(), running_site(tmp_path_factory.mktemp("site")) as running:
        yield running
