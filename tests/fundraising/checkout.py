"""An online provider of our own making: only what stands at the other end of the line is false."""

import time

from fundraising.models import Campaign, Donation
from fundraising.providers.interface import Capabilities, ProviderFailed, Redirect

MOST = 100_000


class Checkout:
    name = "checkout"

    def __init__(self) -> None:
        self.started: list[Donation] = []
        self.is_down = self.is_test = False
        self.seconds = 0.0

    def label(self) -> str:
        return "Card"

    def is_offered(self, campaign: Campaign) -> bool:
        return True

    def capabilities(self, currency: str) -> Capabilities:
        return Capabilities(is_online=True, most_minor=MOST, is_test=self.is_test)

    def start(self, donation: Donation, *, back_to: str) -> Redirect:
        self.started.append(donation)
        time.sleep(self.seconds)
        if self.is_down:
            raise ProviderFailed
        return Redirect(f"https://pay.example/{len(self.started)}?back={back_to}")
