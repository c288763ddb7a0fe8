"""The web process is killed while people give: what the ledger has is what Stripe took."""

import random
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db.models import Sum

from fundraising.models import Campaign, Donation, LedgerEntry, ProviderEvent
from tests.builders import make_site
from tests.fundraising.builders import make_campaign, reload
from tests.fundraising.fake_stripe import FakeStripe, fake_stripe
from tests.fundraising.stripe_words import ADDRESS
from tests.operations.launching import wait_until
from tests.pagecache.machines import SAME_SITE, Machine

pytestmark = pytest.mark.django_db(transaction=True)
GIVE, GIVERS = "/support/press/give/", 4


class Town:
    """People who give by card at a machine that does not always live."""

    def __init__(self, machine: Machine, stripe: FakeStripe, campaign: Campaign) -> None:
        self.machine, self.stripe, self.campaign = machine, stripe, campaign
        self.alive = threading.Event()
        self.alive.set()

    def give(self, number: int) -> int:
        """One gift, sent again until it leads to the checkout; then it is paid. How much."""
        amount = 100 + number
        form = {"own_amount": f"{amount / 100:.2f}", "provider": "stripe", "form_token": ""}
        while True:
            self.alive.wait()
            with suppress(OSError, HTTPException):
                form["form_token"] = form["form_token"] or self._token()
                answer = self._send(form)
                if answer.startswith(self.stripe.address):
                    break
            time.sleep(0.1)
        session = answer.rpartition("/")[2]
        self.stripe.pay(session)
        if number % 5 == 0:
            self.stripe.give_back(self.stripe.sessions[session]["payment_intent"], amount // 2)
        return amount

    def _send(self, form: dict[str, str]) -> str:
        """Where the answer leads; '' where it leads nowhere."""
        line = HTTPConnection("localhost", self.machine.port, timeout=20)
        headers = SAME_SITE | {"Content-Type": "application/x-www-form-urlencoded"}
        with closing(line):
            line.request("POST", GIVE, urlencode(form), headers)
            return line.getresponse().headers["Location"] or ""

    def _token(self) -> str:
        found = re.search(r'name="form_token" value="([^"]+)"', self.machine.ask(GIVE).text)
        assert found
        return found[1]

    def kill(self) -> None:
        """At a random moment, and back again."""
        time.sleep(random.uniform(0.1, 2))
        self.alive.clear()
        self.machine.stop()
        self.machine.start()
        wait_until(self.machine.is_up, seconds=90)
        self.alive.set()

    def give_and_kill(self, gifts: int, kills: int) -> None:
        with ThreadPoolExecutor(GIVERS) as pool:
            givers = [pool.submit(self.give, number) for number in range(gifts)]
            for _turn in range(kills):
                self.kill()  # in this thread, with whose end the machine would end too
            given = sum(giver.result() for giver in givers)
        self.stripe.courier.wait_until_all_is_taken(seconds=120)
        self.check(given)

    def check(self, given: int) -> None:
        gifts = LedgerEntry.objects.filter(kind="gift")
        assert gifts.aggregate(sum=Sum("amount_minor"))["sum"] == given
        assert reload(self.campaign).raised_minor == sum(self.stripe.taken.values())
        paid = {each["client_reference_id"] for each in self.stripe.sessions.values()
                if each["payment_status"] == "paid"}  # fmt: skip
        counted = Donation.objects.filter(state="paid").values_list("public_id", flat=True)
        assert {str(public_id) for public_id in counted} == paid
        assert gifts.count() == len(paid)
        assert not ProviderEvent.objects.unsettled().exists()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    make_site()
    campaign = make_campaign(slug="press", minimum_minor=1)
    with fake_stripe(times=2, delay=1.0) as stripe:
        keys = stripe.settings
        machine = Machine(
            tmp_path / "machine.log", workers=1, threads=GIVERS, GIFTS_PER_PREFIX="100000",
            STRIPE_SECRET_KEY=keys["key"], STRIPE_WEBHOOK_SECRET=keys["webhook_secret"],
            STRIPE_API_BASE=stripe.address,
        )  # fmt: skip
        try:
            wait_until(machine.is_up, seconds=90)
            stripe.courier.webhook = f"http://localhost:{machine.port}{ADDRESS}"
            yield Town(machine, stripe, campaign)
        finally:
            stripe.courier.webhook = ""
            machine.stop()


@pytest.mark.slow
def test_gifts_around_two_kills_are_all_counted_once(town: Town) -> None:
    town.give_and_kill(24, kills=2)


@pytest.mark.torture
def test_two_hundred_gifts_around_kills_are_all_counted_once(town: Town) -> None:
    town.give_and_kill(200, kills=12)
    assert town.stripe.courier.answers[0], "some events met a machine that was dead"
