"""What every test shares."""

import os

import pytest
from hypothesis import settings

from tests import emptying

# Elsewhere each run looks at new examples; where a red run must mean a new fault, at the same ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")


def pytest_configure(config: pytest.Config) -> None:
    emptying.use()
