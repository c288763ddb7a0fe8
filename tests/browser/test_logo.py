"""The logo that suits the paper, light or dark; nothing moves while it comes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.builders import make_article, make_site, picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    make_article(slug="mole")


def drawn(name: str) -> Any:
    return picture_file(name=f"{name}.png", kind="PNG", size=(300, 80))


def ground(page: Page) -> str:
    return page.locator(".nameplate img").evaluate("e => getComputedStyle(e).backgroundColor")


@SCRIPTED
@pytest.mark.parametrize(("device", "choice"), [("light", "dark"), ("dark", "light")])
def test_each_paper_has_its_own_logo(reader: Page, device: str, choice: str) -> None:
    make_site(name="The Courier", logo=drawn("day"), logo_dark=drawn("night"))
    reader.emulate_media(color_scheme=device)  # type: ignore[arg-type]
    reader.goto("/articles/mole/")
    expect(reader.locator(f".logo-{device}")).to_be_visible()
    expect(reader.locator(f".logo-{choice}")).to_be_hidden()
    reader.get_by_label("Appearance").select_option(choice)
    expect(reader.locator(f".logo-{choice}")).to_be_visible()
    expect(reader.locator(f".logo-{device}")).to_be_hidden()
    expect(reader.get_by_role("img", name="The Courier")).to_have_count(1)
    reader.emulate_media(media="print", color_scheme="dark")
    expect(reader.locator(".logo-light")).to_be_visible()
    expect(reader.locator(".logo-dark")).to_be_hidden()


@SCRIPTED
def test_one_logo_stands_on_light_ground_in_the_dark(reader: Page) -> None:
    make_site(name="The Courier", logo=drawn("day"))
    reader.emulate_media(color_scheme="dark")
    reader.goto("/")
    assert ground(reader) == "rgb(251, 250, 246)"
    reader.emulate_media(color_scheme="light")
    assert ground(reader) == "rgba(0, 0, 0, 0)"


@SCRIPTED
@pytest.mark.parametrize("address", ["/", "/articles/mole/"])
def test_logo_has_its_place_before_it_comes(reader: Page, address: str) -> None:
    make_site(name="The Courier", logo=drawn("day"))
    held: list[Route] = []
    reader.route("**/media/site/**", lambda route: held.append(route))
    with reader.expect_request("**/media/site/**"):
        reader.goto(address, wait_until="domcontentloaded")
    before = reader.locator(".logo").bounding_box()
    assert before and before["width"] > before["height"] * 3
    for each in held:
        each.continue_()
    expect(reader.locator(".logo")).to_have_js_property("naturalWidth", 300)
    assert reader.locator(".logo").bounding_box() == before
