"""A page that stays open while half a minute and more goes by."""

from playwright.sync_api import Locator, Page

PAGE = "/articles/last-winter/"


def open_page(reader: Page, address: str = PAGE) -> None:
    reader.clock.install()
    reader.goto(address)  # its scripts have run by then


def wait_for_news(reader: Page, seconds: int = 31) -> None:
    with reader.expect_response("**/comments/latest/*"):
        reader.clock.fast_forward(seconds * 1000)
    reader.wait_for_timeout(400)  # for a second question, and until the next one is planned


def pill(reader: Page) -> Locator:
    return reader.locator(".conversation-news button")
