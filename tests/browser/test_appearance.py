"""Light or dark, as a reader chose on the device: kept, never flashing, absent without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERYWHERE
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = pytest.mark.parametrize(
    "window", [("phone", True), ("desktop", True)], ids=str, indirect=True
)
PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(18, 21, 25)"}
# What the first frame that is painted shows.
FIRST_FRAME = """requestAnimationFrame(() => {
  window.first = getComputedStyle(document.body ?? document.documentElement).backgroundColor;
});"""


@pytest.fixture(autouse=True)
def article() -> None:
    make_site()
    make_article(slug="mole")
    make_article(slug="mole", language="ar")


def paper(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


@SCRIPTED
@pytest.mark.parametrize(("device", "choice"), [("light", "dark"), ("dark", "light")])
def test_choice_holds_on_the_next_page_from_its_first_frame(
    reader: Page, device: str, choice: str
) -> None:
    reader.emulate_media(color_scheme=device)  # type: ignore[arg-type]
    reader.goto("/articles/mole/")
    assert paper(reader) == PAPER[device]
    reader.get_by_label("Appearance").select_option(choice)
    assert paper(reader) == PAPER[choice]
    reader.add_init_script(FIRST_FRAME)
    reader.goto("/ar/articles/mole/")
    reader.wait_for_function("window.first")
    assert reader.evaluate("window.first") in (PAPER[choice], "rgba(0, 0, 0, 0)")
    assert reader.evaluate("document.documentElement.dataset.scheme") == choice
    assert paper(reader) == PAPER[choice]
    assert reader.context.cookies() == []


@SCRIPTED
def test_back_to_what_the_device_says(reader: Page) -> None:
    reader.emulate_media(color_scheme="light")
    reader.goto("/")
    select = reader.get_by_label("Appearance")
    select.select_option("dark")
    bar = "[...document.querySelectorAll('meta[name=theme-color]')].map(({ media }) => media)"
    assert reader.evaluate(bar) == ["not all", "all"]
    select.select_option("auto")
    assert paper(reader) == PAPER["light"]
    assert reader.evaluate(bar) == [f"(prefers-color-scheme: {each})" for each in PAPER]
    reader.emulate_media(color_scheme="dark")
    assert paper(reader) == PAPER["dark"]


@SCRIPTED
def test_paper_is_printed_light(reader: Page) -> None:
    reader.goto("/articles/mole/")
    reader.get_by_label("Appearance").select_option("dark")
    reader.emulate_media(media="print")
    assert paper(reader) == PAPER["light"]


@SCRIPTED
def test_chosen_colours_have_no_barriers(reader: Page) -> None:
    for choice, device in (("dark", "light"), ("light", "dark")):
        reader.emulate_media(color_scheme=device)  # type: ignore[arg-type]
        for address in ("/articles/mole/", "/ar/articles/mole/"):
            reader.goto(address)
            reader.locator(".appearance select").select_option(choice)
            reader.reload()
            found = Axe().run(reader).response["violations"]
            assert not [(each["id"], [n["html"][:150] for n in each["nodes"]]) for each in found]


@pytest.mark.parametrize("window", EVERYWHERE, indirect=True)
def test_it_is_not_offered_without_scripts(reader: Page, has_scripts: bool) -> None:
    reader.goto("/articles/mole/")
    expect(reader.get_by_label("Appearance")).to_be_visible(visible=has_scripts)
