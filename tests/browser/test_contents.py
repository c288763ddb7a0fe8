"""A long text's parts, listed above it: folded on a phone, open where there is room."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import EVERYWHERE
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY = pytest.mark.parametrize("window", EVERYWHERE, indirect=True)
PARTS = {
    "en": ("The mole", "Its stones", "What it costs", "Contents"),
    "ar": ("رصيف الميناء", "حجارته", "ما يكلّفه", "Contents"),
}


@pytest.fixture(params=PARTS)
def parts(request: pytest.FixtureRequest) -> tuple[str, ...]:
    make_site()
    parts = PARTS[request.param]
    body = "".join(f"<h2>{part}</h2>{'<p>The boat.</p>' * 40}" for part in parts[:3])
    make_article(slug="mole", language=request.param, body=body)
    return (f"{'/ar' * (request.param == 'ar')}/articles/mole/", *parts)


@EVERY
def test_each_part_is_reached_with_scripts_and_without(
    newcomer: Callable[[], Page], window: tuple[str, bool], parts: tuple[str, ...]
) -> None:
    page, (address, *names, _contents) = newcomer(), parts
    page.goto(address)
    contents = page.locator(".contents")
    if window[0] == "phone":
        expect(contents.get_by_role("link")).to_have_count(0)
        contents.locator("summary").click()
    expect(contents.get_by_role("link")).to_have_text(names[:3])
    contents.get_by_role("link", name=names[2], exact=True).click()
    expect(page.get_by_role("heading", name=names[2])).to_be_in_viewport()
    assert page.evaluate("document.querySelector(':target').tagName") == "H2"


@pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str, indirect=True)
def test_list_has_no_barriers_light_and_dark(reader: Page, parts: tuple[str, ...]) -> None:
    for scheme in ("light", "dark"):
        reader.emulate_media(color_scheme=scheme)
        reader.goto(parts[0])
        reader.locator(".contents summary").evaluate("(each) => (each.parentElement.open = true)")
        found = Axe().run(reader, context="main").response["violations"]
        assert not [(each["id"], [n["html"][:150] for n in each["nodes"]]) for each in found]
