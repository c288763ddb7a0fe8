"""Giving by transfer: two short steps, with scripts and without, in English and in Arabic."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fundraising.crediting import credit
from fundraising.models import Campaign, Donation
from tests.browser.test_conversation_reading import violations
from tests.builders import make_article, make_site
from tests.fundraising.builders import make_campaign, make_donation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)
TYPED = {"": "12.50", "/ar": "١٢٫٥٠"}


@pytest.fixture(autouse=True)
def campaign() -> Campaign:
    make_site()
    names = {"en": "A new printing press", "ar": "مطبعة جديدة"}
    ways = {"en": "Harbour Savings Bank 2355", "ar": "بنك الميناء 2355"}
    return make_campaign(
        slug="press", names=names, how_to_give=ways, suggested_minor=[500, 2500], is_featured=True
    )


@pytest.fixture
def look(has_scripts: bool) -> Callable[[Page], None]:
    """Says that axe finds nothing and the page fits; axe is a script."""

    def look(page: Page) -> None:
        if has_scripts:
            assert violations(page) == [], page.url
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0, "the page fits the window"

    return look


def other_amount(page: Page) -> None:
    page.locator("label").filter(has=page.locator('[name="amount"][value="other"]')).click()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_a_reader_gives_by_transfer_from_the_campaigns_page(
    reader: Page, look: Callable[[Page], None], prefix: str
) -> None:
    reader.goto(f"{prefix}/support/press/")
    look(reader)
    expect(reader.locator('[name="own_amount"]')).not_to_be_visible()
    other_amount(reader)
    reader.locator('[name="own_amount"]').fill(TYPED[prefix])
    reader.locator(".giving-start button").click()
    expect(reader.locator('[name="own_amount"]')).to_have_value(TYPED[prefix])
    expect(reader.locator('[name="website"]')).not_to_be_in_viewport(ratio=0.01)
    look(reader)
    reader.locator(".giving button").click()
    expect(reader.locator("#transfer-reference")).to_have_value(
        re.compile(r"RF\d\d( \w{4}){2} \w\w")
    )
    look(reader)
    assert Donation.objects.values_list("amount_minor", "placement").get() == (1250, "campaign")


def test_what_is_wrong_stands_beside_its_field(reader: Page, look: Callable[[Page], None]) -> None:
    reader.goto("/support/press/give/")
    name = reader.locator('[name="public_name"]')
    expect(name).not_to_be_visible()
    reader.locator('[name="is_public"]').check()
    expect(name).to_be_visible()
    reader.locator('[name="message"]').fill("For the letter e")
    reader.locator(".giving button").click()
    for said in ("Write the name that is to stand there.", "Choose an amount."):
        expect(reader.locator(".field-invalid").filter(has_text=said)).to_be_visible()
    expect(reader.locator('[name="message"]')).to_have_value("For the letter e")
    look(reader)


def test_an_article_leads_to_the_form_and_is_remembered(reader: Page) -> None:
    article = make_article(slug="ferry")
    reader.goto("/articles/ferry/")
    reader.locator(".goal-after .support-link").click()
    reader.get_by_label("25", exact=False).check()
    reader.locator(".giving button").click()
    expect(reader.locator("#transfer-reference")).to_be_visible()
    gift = Donation.objects.get()
    assert (gift.article, gift.placement, gift.amount_minor) == (article, "after", 2500)


@SCRIPTED
def test_two_clicks_are_one_gift(reader: Page) -> None:
    reader.goto("/support/press/give/?amount=500")
    reader.locator(".giving button").dblclick()
    expect(reader.locator("#transfer-reference")).to_be_visible()
    assert Donation.objects.count() == 1


@SCRIPTED
def test_the_reference_is_copied(reader: Page) -> None:
    donation = make_donation()
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(donation.get_absolute_url())
    reader.get_by_role("button", name="Copy: Reference").click()
    expect(reader.get_by_role("status")).to_have_text("Copied")
    shown = reader.locator("#transfer-reference").input_value()
    assert reader.evaluate("navigator.clipboard.readText()") == shown


def test_who_comes_back_sees_the_gift_once_the_service_has_told(
    reader: Page, campaign: Campaign, has_scripts: bool, look: Callable[[Page], None]
) -> None:
    fields = {"provider": "checkout", "state": "created", "payment_url": "https://pay.example/1"}
    donation = make_donation(campaign=campaign, **fields)
    reader.goto(donation.get_absolute_url())
    link = reader.get_by_role("link", name="I have not paid yet")
    expect(link).to_have_attribute("href", "https://pay.example/1")
    look(reader)
    credit(donation, amount_minor=2500, occurred_on=donation.created_at.date(), reference="pi_1")
    if not has_scripts:
        reader.get_by_role("link", name="Look again").click()
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(reader.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "25")
    look(reader)


def test_on_paper_the_way_that_is_left_is_printed(reader: Page, live_server: object) -> None:
    reader.goto(f"{live_server}/support/press/")
    reader.emulate_media(media="print")
    expect(reader.get_by_role("heading", name="How to give")).to_be_visible()
    expect(reader.locator(".campaign-ways")).to_be_visible()
    expect(reader.locator(".campaign-ways")).to_contain_text("Harbour Savings Bank")
    expect(reader.locator(".giving")).to_be_hidden()
