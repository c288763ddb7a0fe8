import pytest
from playwright.sync_api import Page

from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_front_page_opens_within_its_own_policy(page: Page, live_server: object) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server}/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_lists_stand_below_their_headings(page: Page, live_server: object, width: int) -> None:
    make_site()
    make_article(slug="mole")
    make_article(slug="faehre", language="de")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server}/")
    lists = page.locator("section.figures")
    assert lists.count() == 1
    heading, below = lists.locator("h2").bounding_box(), lists.locator("ol").bounding_box()
    assert heading and below
    assert below["y"] >= heading["y"] + heading["height"]
    assert below["x"] == heading["x"]
