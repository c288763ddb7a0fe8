"""What givers and the fundraiser see of gifts, as assistive technology meets it.

With scripts only, because axe is one.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from fundraising.models import Campaign, Donation, LedgerEntry, Moderation, ProviderEvent
from fundraising.receipts import issue
from fundraising.recording import record_refund
from tests.browser.conftest import WINDOWS
from tests.browser.test_conversation_reading import violations
from tests.builders import make_colleague, make_site
from tests.fundraising.builders import make_campaign, make_donation, pay
from tests.fundraising.stripe_words import STRIPE, completed, deliver
from tests.fundraising.test_importing import table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITH_SCRIPTS = pytest.mark.parametrize(
    "window", [(name, True) for name in WINDOWS], ids=str, indirect=True
)
BY_CARD: dict[str, Any] = {"provider": "checkout", "payment_url": "https://pay.example/1"}
DJANGOS = {
    "label-title-only": "the label of a list's search is a picture with a text",
    "empty-table-header": "a tabular inline has no heading above its rows' names",
}


@pytest.fixture(autouse=True)
def campaign() -> Campaign:
    make_site(name="The Quillmere Courier", editions=("en", "ar"))
    names = {"en": "A new printing press", "ar": "مطبعة جديدة"}
    return make_campaign(slug="press", names=names, suggested_minor=[500, 2500])


def gave_back(donation: Donation) -> Donation:
    pay(donation)
    entry = LedgerEntry.objects.get(donation=donation)
    by = make_colleague("fundraiser")
    record_refund(entry, occurred_on=date(2026, 4, 2), note="Asked for it", by=by)
    return donation


def gifts(campaign: Campaign) -> dict[str, Donation]:
    """One gift for each state of its page."""

    def make(**fields: Any) -> Donation:
        return make_donation(campaign=campaign, **fields)

    shown = {"message": "For the letter e", "moderation": Moderation.SHOWN}
    return {
        "awaited by transfer": make(),
        "begun by card": make(state="created", **BY_CARD),
        "pending by card": make(state="pending", **BY_CARD),
        "paid": pay(make(message="For the letter e")),
        "paid and shown": pay(make(**shown)),
        "given back": gave_back(make()),
        "a trial": make(state="paid", is_test=True, **BY_CARD),
        **{state: make(state=state, **BY_CARD) for state in ("failed", "expired", "canceled")},
        "expired transfer": make(state="expired"),
    }


@WITH_SCRIPTS
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_page_of_a_gift_has_no_barriers_in_any_state(
    reader: Page, campaign: Campaign, prefix: str
) -> None:
    found = {}
    for state, donation in gifts(campaign).items():
        reader.goto(prefix + donation.get_absolute_url())
        if faults := violations(reader):
            found[state] = faults
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.evaluate(overflow) <= 0, state
    assert not found


@WITH_SCRIPTS
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_receipt_has_no_barriers(reader: Page, campaign: Campaign, prefix: str) -> None:
    reader.goto(prefix + issue(pay(make_donation(campaign=campaign))).address)
    assert violations(reader) == []


def test_receipt_is_printed_by_a_button_or_as_its_hint_says(
    reader: Page, campaign: Campaign, has_scripts: bool
) -> None:
    reader.goto(issue(pay(make_donation(campaign=campaign))).address)
    button, hint = reader.locator("[data-print]"), reader.locator(".receipt-hint")
    expect(button).to_be_visible(visible=has_scripts)
    expect(hint).to_be_visible(visible=not has_scripts)
    if has_scripts:
        reader.evaluate("window.print = () => (document.title = 'printed')")
        button.click()
        expect(reader).to_have_title("printed")
    reader.emulate_media(media="print")
    expect(reader.locator(".receipt-ways")).not_to_be_visible()
    expect(reader.locator(".receipt-facts")).to_be_visible()
    reader.emulate_media(media="screen")
    reader.locator(".gift-back a").click()
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()


@WITH_SCRIPTS
def test_fundraisers_desk_has_no_barriers_of_ours(
    colleague: Callable[[str], Page], campaign: Campaign, client: Client, settings: Any,
    tmp_path: Path,
) -> None:  # fmt: skip
    settings.STRIPE = STRIPE
    awaited, paid = make_donation(campaign=campaign), pay(make_donation(campaign=campaign))
    deliver(client, completed(make_donation(campaign=campaign, provider="stripe", state="created")))
    event = ProviderEvent.objects.get()
    entry = LedgerEntry.objects.filter(donation=paid).get()
    page, found = colleague("fundraiser"), {}

    def look(path: str) -> None:
        page.goto(f"/admin/fundraising/{path}")
        examine(path)

    def examine(path: str) -> None:
        faults = [each for each in violations(page) if each.split(":")[0] not in DJANGOS]
        if faults:
            found[path] = faults

    for path in (
        "donation/", f"donation/{paid.pk}/change/", f"donation/{awaited.pk}/receive/",
        f"donation/{paid.pk}/give-back/", f"donation/{awaited.pk}/cancel/", "donation/origins/",
        "campaign/", f"campaign/{campaign.pk}/change/", "campaign/add/",
        "providerevent/", f"providerevent/{event.pk}/change/",
        "ledgerentry/", "ledgerentry/add/", f"ledgerentry/{entry.pk}/change/",
        "statement/", "statement/add/",
    ):  # fmt: skip
        look(path)
    file = tmp_path / "statement.csv"
    file.write_bytes(table(f"Ada {awaited.reference};25,00", "Ben;5,00"))
    page.locator('[name="file"]').set_input_files(file)
    page.locator('#content [type="submit"]').first.click()
    page.wait_for_url("**/statement/*/**")
    examine("statement preview")
    assert not found
