"""A reader searches the paper by keyboard, and every state of the page passes axe.

With scripts only where axe looks, because it is one.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WINDOWS
from tests.browser.test_conversation_accessibility import expect_no_barriers
from tests.builders import make_article, make_section, make_site
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY_WINDOW = pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str)
STATES = {
    "empty": "",
    "found": "?q={word}&lang=all",
    "comments": "?q={word}&in=comments&lang=all",
    "meant": "?q=fery&lang=en",
    "nothing": "?q=zzzzzz",
    "alike": "?q=later+gull&lang=en",
    "common": "?q=%21%21",
    "refused": "?q={many}&lang=fr",
}


@pytest.fixture(autouse=True)
def paper() -> None:
    make_site(name="The Quillmere Courier", place="Quillmere")
    make_section(slug="town", name="Town")
    ferry = make_article(headline="The ferry leaves later", standfirst="The ferry, again.")
    for language in ("en", "ar"):
        make_article(slug="gone", language=language, status="withdrawn")
    make_article(headline="العبّارة تتأخر", language="ar", story=ferry.story, body="<p>العبّارة</p>")
    for number in range(21):
        make_article(headline=f"The ferry, part {number}")
    write(ferry, text="My ferry was late.")


def test_reader_searches_from_any_page(reader: Page) -> None:
    reader.goto("/articles/gone/")
    reader.get_by_label("Search the paper").fill("ferry later")
    reader.keyboard.press("Enter")
    expect(reader.locator(".found mark").first).to_have_text("ferry")
    reader.get_by_role("link", name="Comments").click()
    expect(reader.locator(".nothing")).to_be_visible()
    reader.get_by_label("Words").fill("ferry")
    reader.get_by_role("main").get_by_role("button", name="Search").click()
    reader.locator(".found a").first.click()
    expect(reader.locator(".comment")).to_contain_text("My ferry was late.")


def test_reader_narrows_the_search_and_turns_the_page(reader: Page) -> None:
    reader.goto("/")
    reader.get_by_role("link", name="Search").click()
    reader.get_by_label("Words").fill("ferry")
    reader.get_by_text("Narrow it down").click()
    reader.get_by_role("combobox", name="Section").select_option("harbour")
    reader.get_by_role("button", name="Search").click()
    expect(reader.locator(".found")).to_have_count(20)
    reader.get_by_role("link", name="More").click()
    expect(reader.locator(".found")).to_have_count(2)
    reader.get_by_role("link", name="First page").click()
    expect(reader.get_by_role("combobox", name="Section")).to_have_value("harbour")


@EVERY_WINDOW
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_without_barriers(reader: Page, language: str, scheme: str) -> None:
    reader.emulate_media(color_scheme=scheme)
    edition, word = ("/ar", "العبّارة") if language == "ar" else ("", "ferry")
    for state, query in STATES.items():
        asked = query.format(word=word, many="x" * 201)
        reader.goto(f"{edition}/search/{asked}")
        expect(reader.locator(".search-form"), state).to_be_visible()
        expect_no_barriers(reader)
    reader.goto(f"{edition}/articles/gone/")
    expect_no_barriers(reader)
