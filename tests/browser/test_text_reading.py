"""A text with everything in it, as it is read: no barriers, and nothing from elsewhere."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERYWHERE, WINDOWS
from tests.browser.paper import SCROLL, WATCH
from tests.builders import make_article, make_image, make_site
from tests.richtext.test_shapes import KEPT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITH_SCRIPTS = pytest.mark.parametrize(
    "window", [(name, True) for name in WINDOWS], ids=str, indirect=True
)
EVERY = pytest.mark.parametrize("window", EVERYWHERE, indirect=True)
WIDE = "<table><tbody><tr>" + "<td><p>a long-winded cell</p></td>" * 9 + "</tr></tbody></table>"


@pytest.fixture
def address() -> str:
    make_site()
    text = "".join(KEPT.values()).replace("/images/7/", f"/images/{make_image().pk}/")
    return make_article(body=f"<p>First</p>{text}{WIDE}<p>Last</p>").get_absolute_url()


@WITH_SCRIPTS
def test_text_has_no_barriers_light_and_dark(reader: Page, address: str) -> None:
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        reader.goto(address)
        found = Axe().run(reader, context="main").response["violations"]
        assert not [(each["id"], [n["html"][:150] for n in each["nodes"]]) for each in found]


@EVERY
def test_note_is_reached_and_left_by_links_alone(reader: Page, address: str) -> None:
    reader.goto(address)
    mark = reader.get_by_role("link", name="Footnote 1")
    mark.focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(f"{reader.url.split('#')[0]}#note-1")
    expect(reader.locator("#note-1")).to_contain_text("Or nearly.")
    reader.get_by_role("link", name="Back to the text").first.focus()
    reader.keyboard.press("Enter")
    assert reader.url.endswith("#note-1-mark")


@EVERY
def test_page_is_no_wider_than_the_window(reader: Page, address: str) -> None:
    reader.goto(address)
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert reader.evaluate(width)
    expect(reader.locator(".table-scroll").last).to_be_visible()


@EVERY
def test_nothing_is_asked_of_others_before_a_click(
    reader: Page, address: str, has_scripts: bool
) -> None:
    asked: list[str] = []
    reader.context.on("request", lambda request: asked.append(request.url))
    reader.context.route(
        re.compile("^https:"),
        lambda route: route.fulfill(body="<p>Player</p>", content_type="text/html"),
    )
    reader.goto(address)
    link = reader.locator("figure.embed > a")
    expect(link).to_have_attribute("href", "https://vimeo.com/12345678")
    if has_scripts:
        assert not [url for url in asked if url.startswith("https:")]
        reader.get_by_role("button", name="Show it here, from Vimeo").click()
        expect(reader.frame_locator("figure.embed iframe").locator("p")).to_have_text("Player")
    assert len([url for url in asked if url.startswith("https:")]) == has_scripts


@WITH_SCRIPTS
def test_nothing_moves_while_the_text_comes(reader: Page, address: str) -> None:
    reader.add_init_script(WATCH)
    reader.goto(address)
    reader.evaluate(SCROLL)
    assert not reader.evaluate("shifts.filter(([value]) => value > 0.01)")


@WITH_SCRIPTS
def test_words_around_a_footnote_can_be_quoted(newcomer: Callable[[], Page], address: str) -> None:
    page = newcomer()
    page.goto(address)
    page.evaluate("""() => {
      const p = document.querySelector(".footnote-mark").parentElement;
      getSelection().selectAllChildren(p);
    }""")
    page.locator('.passage-tools [data-verb="quote"]').click()
    expect(page.locator("#write .comment-quote p")).to_have_text("So it was.")
