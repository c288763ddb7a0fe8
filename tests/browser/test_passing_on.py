"""Passing an article on: by what the device offers, else by copying its address, else by hand."""

from urllib.parse import unquote

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERYWHERE
from tests.browser.test_sharing import COPIES, OFFERS, OFFERS_NOTHING
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = pytest.mark.parametrize(
    "window", [("phone", True), ("desktop", True)], ids=str, indirect=True
)
PAGE = "/ar/articles/last-winter/"
ADDRESS = settings.SITE_URL + PAGE


@pytest.fixture(autouse=True)
def article() -> None:
    make_site()
    make_article(slug="last-winter", language="ar", headline="الشتاء الأخير & بعده")


@SCRIPTED
def test_device_that_shares_gets_the_address(reader: Page) -> None:
    reader.add_init_script(OFFERS % "")
    reader.goto(PAGE)
    reader.locator(".share button").click()
    assert reader.evaluate("window.shared.url") == ADDRESS


@SCRIPTED
def test_elsewhere_the_address_is_copied_and_the_button_says_so(reader: Page) -> None:
    for script in (OFFERS_NOTHING, COPIES % ""):
        reader.add_init_script(script)
    reader.goto(PAGE)
    button = reader.locator(".share button")
    before = button.inner_text()
    button.click()
    expect(button).not_to_have_text(before)
    expect(reader.locator(".share [role=status]")).to_have_text(button.inner_text())
    assert reader.evaluate("window.copied") == ADDRESS


@pytest.mark.parametrize("window", EVERYWHERE, indirect=True)
def test_mail_names_it_and_without_scripts_its_address_is_there(
    reader: Page, has_scripts: bool
) -> None:
    reader.goto(PAGE)
    mail = reader.locator(".share a[href^=mailto]").get_attribute("href")
    assert unquote(mail or "") == f"mailto:?subject=الشتاء الأخير & بعده&body={ADDRESS}"
    assert "%26" in (mail or "")
    expect(reader.get_by_role("link", name=ADDRESS)).to_have_count(0 if has_scripts else 1)
    expect(reader.locator(".share button")).to_be_visible(visible=has_scripts)
