"""Bank transfers: the giver gets a reference, staff mark what has come. Needs no account."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fundraising.models import BANK, Campaign, Donation
from fundraising.money import decimals
from fundraising.providers.interface import (
    BadSignature,
    Capabilities,
    Instructions,
    ProviderRefused,
    Report,
)

MOST = 1_000_000  # whole units: more than that is mistyped, or is talked about first


class BankTransfer:
    name = BANK

    def label(self) -> str:
        return _("Bank transfer")

    def is_offered(self, campaign: Campaign) -> bool:
        """Where the campaign says to which account."""
        return bool(campaign.ways_to_give)

    def capabilities(self, currency: str) -> Capabilities:
        return Capabilities(most_minor=MOST * 10 ** decimals(currency))

    def start(self, donation: Donation, *, back_to: str) -> Instructions:
        return Instructions()

    def parse(self, body: bytes, headers: Mapping[str, str]) -> Report:
        raise BadSignature("a bank sends no events")

    def read(self, payload: Mapping[str, Any]) -> Report:
        raise BadSignature("a bank sends no events")

    def refund(self, donation: Donation, amount_minor: int, *, key: str) -> Report:
        raise ProviderRefused("money that came by transfer is given back by transfer")

    def status(self, donation: Donation) -> list[Report]:
        return []

    def taken_back(self, since: datetime) -> Iterator[Report]:
        return iter(())
