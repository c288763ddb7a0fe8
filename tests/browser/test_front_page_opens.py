import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_front_page_opens_within_its_own_policy(page: Page, live_server: object) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server}/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert [text for text in said if "Content Security Policy" in text] == []
