"""Giving by card: from the form to the payment service's page and back, however that ends.

In English and in Arabic, with scripts and without.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fundraising.models import Campaign, Donation
from tests.browser.test_conversation_reading import violations
from tests.builders import make_site
from tests.fundraising.builders import make_campaign, reload
from tests.fundraising.fake_stripe import FakeStripe, fake_stripe
from tests.fundraising.stripe_words import ADDRESS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def campaign() -> Campaign:
    make_site()
    return make_campaign(slug="press", suggested_minor=[500, 2500])


@pytest.fixture
def stripe(settings: Any, live_server: Any) -> Iterator[FakeStripe]:
    """The policy lets forms lead to it, as environment.checkouts() has it for the real one."""
    with fake_stripe() as stripe:
        settings.SITE_URL = live_server.url
        settings.STRIPE = stripe.settings
        policy = settings.SECURE_CSP
        settings.SECURE_CSP = policy | {"form-action": [*policy["form-action"], stripe.address]}
        stripe.courier.webhook = live_server.url + ADDRESS
        yield stripe


@pytest.fixture
def look(has_scripts: bool) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        assert not has_scripts or violations(page) == [], page.url

    return look


def go_and_pay(reader: Page, stripe: FakeStripe, prefix: str = "") -> None:
    reader.goto(f"{prefix}/support/press/give/?amount=2500")
    reader.locator('[name="provider"][value="stripe"]').check()
    reader.locator('[name="email"]').fill("wilma@reader.example")
    reader.locator(".giving button").click()
    expect(reader.locator("#amount")).to_have_text("2500 USD")


@pytest.mark.parametrize(("prefix", "thanks"), [("", "Thank you"), ("/ar", "شكرًا لك")])
def test_a_reader_gives_by_card_and_sees_that_it_is_counted(
    reader: Page, stripe: FakeStripe, campaign: Campaign, look: Callable[[Page], None],
    has_scripts: bool, prefix: str, thanks: str,
) -> None:  # fmt: skip
    webhook, stripe.courier.webhook = stripe.courier.webhook, ""  # the event comes after the giver
    go_and_pay(reader, stripe, prefix)
    reader.get_by_role("button", name="Pay", exact=True).click()
    reader.wait_for_url(f"**{prefix}{Donation.objects.get().get_absolute_url()}")
    look(reader)
    assert reload(campaign).raised_minor == 0
    stripe.courier.webhook = webhook
    stripe.courier.wait_until_all_is_taken()
    if not has_scripts:
        reader.locator(".form-actions .button").first.click()
    expect(reader.get_by_role("heading", name=thanks)).to_be_visible()
    assert reader.url.endswith(prefix + Donation.objects.get().get_absolute_url())
    expect(reader.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "25")
    look(reader)


def test_who_turns_back_has_given_nothing_and_may_go_on(
    reader: Page, stripe: FakeStripe, campaign: Campaign
) -> None:
    go_and_pay(reader, stripe)
    checkout = reader.url
    reader.get_by_role("link", name="Back").click()
    expect(reader.get_by_role("heading", name="Thank you")).to_have_count(0)
    reader.get_by_role("link", name="I have not paid yet").click()
    expect(reader).to_have_url(checkout)
    assert reload(campaign).raised_minor == 0 and Donation.objects.count() == 1


def test_where_the_service_is_down_nothing_is_charged_and_what_was_typed_stays(
    reader: Page, stripe: FakeStripe
) -> None:
    stripe.is_down = True
    reader.goto("/support/press/give/?amount=2500")
    reader.get_by_label("Card").check()
    reader.locator('[name="message"]').fill("For the letter e")
    with reader.expect_response(lambda answer: answer.status == 502):
        reader.locator(".giving button").click()
    expect(reader.get_by_text("Nothing was charged.")).to_be_visible()
    expect(reader.locator('[name="message"]')).to_have_value("For the letter e")
    stripe.is_down = False
    reader.locator(".giving button").click()
    expect(reader.locator("#amount")).to_have_text("2500 USD")
    assert Donation.objects.count() == len(stripe.sessions) == 1
