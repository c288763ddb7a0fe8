"""What the tests of giving share."""

from collections.abc import Iterator
from typing import Any

import pytest

from fundraising import providers
from fundraising.providers.manual import BankTransfer
from tests.fundraising.checkout import Checkout
from tests.fundraising.fake_stripe import FakeStripe, fake_stripe


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """Offered beside bank transfers while the test runs."""
    checkout = Checkout()
    monkeypatch.setattr(providers, "_providers", (BankTransfer(), checkout))
    return checkout


@pytest.fixture
def stripe(settings: Any) -> Iterator[FakeStripe]:
    """Stripe at the other end of the line, with a key of real money."""
    with fake_stripe() as stripe:
        settings.STRIPE = stripe.settings
        yield stripe
