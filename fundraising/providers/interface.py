"""What every way by which money comes has in common: one small interface.

Nothing else of ours sees a provider's own objects: what it says arrives as a Report. A provider
is named in donations and in the ledger for good.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from fundraising.models import Campaign, Donation, Said


@dataclass(frozen=True)
class Report:
    """One thing that a provider said, signed or answered.

    `objects` are what the provider calls the things that it is about, the payment first: each of
    them finds the donation. `reference` is what it calls the money that moved, unique for its kind.
    """

    provider: str
    event_id: str
    type: str
    said: Said
    occurred_at: datetime
    objects: tuple[str, ...] = ()
    public_id: str = ""  # the donation's, where the provider has kept it for us
    reference: str = ""
    amount_minor: int = 0  # in the currency's own smallest unit, whatever the provider's is
    currency: str = ""
    is_live: bool = True
    api_version: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


class BadSignature(Exception):  # noqa: N818 - said as what it is
    """What came is not from the provider, or is not what it sent."""


class ProviderFailed(Exception):  # noqa: N818 - what has happened
    """The provider did not answer. Whether it did what it was asked is not known."""


class ProviderRefused(ProviderFailed):
    """The provider answered that it will not. Nothing was moved; the text says why."""


@dataclass(frozen=True)
class Redirect:
    """The giver goes on at the provider's own page."""

    url: str


@dataclass(frozen=True)
class Instructions:
    """The donation's own page says what to do."""


@dataclass(frozen=True)
class Capabilities:
    """In a currency. Amounts in minor units; `most_minor` None: no limit."""

    least_minor: int = 1
    most_minor: int | None = None
    step_minor: int = 1  # amounts are whole multiples of it
    takes_refunds: bool = False  # by itself; else staff give the money back and record it
    is_online: bool = False
    is_test: bool = False  # it is in its test mode: no money moves


class Provider(Protocol):
    """A way by which money comes. Amounts are in the currency's own smallest unit."""

    name: str

    def label(self) -> str:
        """What a giver chooses, in the active language."""

    def is_offered(self, campaign: Campaign) -> bool:
        """Whether one can give to the campaign by it."""

    def capabilities(self, currency: str) -> Capabilities: ...

    def start(self, donation: Donation, *, back_to: str) -> Redirect | Instructions:
        """Begins the payment; safe to repeat. Raises ProviderFailed. Outside of a transaction.

        `back_to` is the donation's own address, whole: where the giver comes back to.
        """

    def parse(self, body: bytes, headers: Mapping[str, str]) -> Report:
        """What a request to the webhook says. Raises BadSignature."""

    def read(self, payload: Mapping[str, Any]) -> Report:
        """What an event says that has been proved genuine before."""

    def refund(self, donation: Donation, amount_minor: int, *, key: str) -> Report:
        """Gives back, once for each key, however late it is asked again. Outside of a transaction.

        What it says may be nothing yet. Raises ProviderFailed where that is not known, and
        ProviderRefused where nothing was given back.
        """

    def status(self, donation: Donation) -> list[Report]:
        """All that the provider knows of it now. Raises ProviderFailed."""

    def taken_back(self, since: datetime) -> Iterator[Report]:
        """How the refunds and disputes stand that were begun since, of whatever payment it took,
        ours or not. Raises ProviderFailed."""
