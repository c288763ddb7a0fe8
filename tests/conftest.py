"""What every test shares."""

import os
import secrets
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import emptying

# Elsewhere each run looks at new examples; where a red run must mean a new fault, at the same ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


def pytest_configure(config: pytest.Config) -> None:
    emptying.use()


@pytest.fixture(autouse=True, scope="session")
def nothing_happens_now_and_then() -> Iterator[None]:
    """One request in a hundred also forgets what is old: a query more, by chance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "randbelow", lambda limit: limit - 1)
        yield
