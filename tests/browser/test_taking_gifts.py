"""A bank statement at the fundraiser's desk: looked at, ticked, taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fundraising.models import LedgerEntry
from operations.models import SiteSettings
from tests.browser.desk import DeskPage
from tests.browser.test_conversation_reading import violations
from tests.builders import make_site
from tests.fundraising.builders import make_campaign, make_donation
from tests.fundraising.test_importing import table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(colleague: Callable[[str], Page], has_scripts: bool) -> DeskPage:
    make_site()
    make_campaign(names={"en": "A new printing press"})
    return DeskPage(colleague("fundraiser"), has_scripts=has_scripts)


def test_a_fundraiser_ticks_gifts_and_leaves_a_row_out(desk: DeskPage, tmp_path: Path) -> None:
    page, donation = desk.page, make_donation()
    file = tmp_path / "statement.csv"
    file.write_bytes(table(f"{donation.reference};25,00", "Ada;5,50", "Ben;7,00", "Cem;five"))
    desk.open("fundraising/statement", "add")
    page.locator("[name=file]").set_input_files(file)
    desk.press("Save")
    expect(page.locator("details.statement-reading")).to_have_attribute("open", "")
    button = page.locator("#take")
    page.get_by_label("a gift to the campaign below").first.check()
    label = "Take into the ledger (gifts: 2, together 30.50\u00a0$)"
    expect(button).to_have_value(label if desk.has_scripts else "Take them into the ledger")
    desk.select(campaign="A new printing press")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was taken.")
    expect(page.get_by_label("a gift to the campaign below").first).to_be_checked()
    if desk.has_scripts:
        expect(button).to_have_value(label)
        assert violations(page) == []
    page.get_by_label("Leave out the 1 row that cannot be taken").check()
    button.click()
    desk.expect_message("2 gifts taken.")
    assert sorted(entry.amount_minor for entry in LedgerEntry.objects.all()) == [550, 2500]


def test_the_sum_is_written_as_the_site_writes_amounts(desk: DeskPage, tmp_path: Path) -> None:
    SiteSettings.objects.update(money_pattern="¤#,##0.00")
    file = tmp_path / "statement.csv"
    file.write_bytes(table("Ada;5,00", "Ben;7,00", f"{make_donation().reference};25,00"))
    desk.open("fundraising/statement", "add")
    desk.page.locator("[name=file]").set_input_files(file)
    desk.press("Save")
    desk.page.get_by_label("a gift to the campaign below").first.check()
    label = "Take into the ledger (gifts: 2, together $30.00)"
    label = label if desk.has_scripts else "Take them into the ledger"
    expect(desk.page.locator("#take")).to_have_value(label)
