"""Programs of the machine that some tests need; nothing is downloaded."""

import os
import shutil

import pytest

ALSO_IN = "/usr/local/sbin:/usr/sbin"  # where servers stand, which a person's PATH leaves out


def find(*names: str) -> str | None:
    """The path of the first of these that is found."""
    places = (None, ALSO_IN)
    return next((p for at in places for name in names if (p := shutil.which(name, path=at))), None)


def need(*names: str, package: str) -> str:
    """The same; without one, skip, or fail where CI=true promises it."""
    if path := find(*names):
        return path
    missing = f"no {names[0]} found on this machine; on Debian: apt-get install {package}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)
