"""What the tests of giving share."""

import pytest

from fundraising import providers
from fundraising.providers.manual import BankTransfer
from tests.fundraising.checkout import Checkout


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """Offered beside bank transfers while the test runs."""
    checkout = Checkout()
    monkeypatch.setattr(providers, "_providers", (BankTransfer(), checkout))
    return checkout
