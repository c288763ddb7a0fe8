"""What the pages make a browser fetch: one stylesheet, few scripts, pictures as wide as shown."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from tests.browser.conftest import WINDOWS
from tests.browser.paper import PAGE, PAGES, SCROLL, WATCH, make_paper

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True),
]
SCRIPT_BYTES = 40_000  # before compression; measured: 34 kB, of which gzip leaves 14
SHARPNESS = {"phone": 3, "desktop": 1}  # pixels of the screen to one of the page
BLOCKING = "script:not([type=module], [async], [defer], [type$=json])"
FETCHED = """performance.getEntriesByType("resource")
  .filter(({ name }) => name.endsWith(".js"))
  .map(({ name, decodedBodySize }) => [name, decodedBodySize])"""
PAINTED = """async () => {
  await Promise.all([...document.images].filter(each => each.complete).map(each => each.decode()));
  for (const _frame of [1, 2, 3]) await new Promise(requestAnimationFrame);
}"""
ALL_HERE = """Promise.all(
  [...document.images].filter(({ offsetWidth }) => offsetWidth).map((image) => image.decode())
)"""
PICTURES = """() => [...document.images].map((image) => {
  const { top, width, height } = image.getBoundingClientRect();
  const ratio = image.getAttribute("width") / image.getAttribute("height");
  const offered = [image, ...image.parentElement.querySelectorAll(":scope > source")];
  const steps = offered.flatMap(({ srcset }) => srcset.split(", "));
  const sources = steps.map((each) => each.split(" "));
  const source = sources.find(([address]) => image.currentSrc.endsWith(address));
  return {
    ratio,
    top: top + scrollY,
    shown: Math.max(width, height * ratio), // where it is cut, its whole
    declared: image.naturalWidth, // of a srcset: as wide as its sizes say
    fetched: parseInt(source?.[1]),
    hasSources: Boolean(image.srcset && image.sizes),
    isEager: image.loading === "eager",
    isFirst: image.fetchPriority === "high",
    isLargest: image === window.largest,
  };
})"""


@pytest.fixture
def article() -> Article:
    return make_paper()


@pytest.fixture
def page(browser: Browser, window: tuple[str, bool], live_server: Any) -> Iterator[Page]:
    """On a screen as sharp as such devices have."""
    name, _has_scripts = window
    sharpness = SHARPNESS[name]
    options = WINDOWS[name] | {"device_scale_factor": sharpness, "base_url": live_server.url}
    context = browser.new_context(**options)
    context.add_init_script(WATCH)
    yield context.new_page()
    context.close()


def pictures(page: Page, address: str) -> list[dict[str, Any]]:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate(PAINTED)
    at_once = page.evaluate(PICTURES)
    page.evaluate(SCROLL)
    page.evaluate(ALL_HERE)
    after = page.evaluate(PICTURES)
    return [
        each | {"isLargest": was["isLargest"]} for each, was in zip(after, at_once, strict=True)
    ]


def faults(picture: dict[str, Any], *, window: str) -> list[str]:
    height, shown = WINDOWS[window]["viewport"]["height"], picture["shown"]
    is_far = picture["top"] > 1.5 * height
    is_measured = picture["hasSources"] and shown > 0
    found = {
        "no width and height": not picture["ratio"] > 0,
        "no srcset and sizes": shown > 400 and not picture["hasSources"],
        "sizes too small": is_measured and picture["declared"] < 0.85 * shown,
        "sizes too large": is_measured and picture["declared"] > 1.6 * shown,
        "blurred": is_measured and picture["fetched"] < 0.85 * shown * SHARPNESS[window],
        "eager, but far below": picture["isEager"] and is_far,
        "eager without priority": picture["isEager"] != picture["isFirst"],
        "the largest, but lazy": picture["isLargest"] and not picture["isEager"],
    }
    return [fault for fault, is_so in found.items() if is_so]


def test_one_stylesheet_and_one_small_script_keep_the_page_from_being_painted(
    page: Page, article: Article
) -> None:
    for address in PAGES:
        page.goto(address)
        assert page.locator("link[rel=stylesheet]").count() == 1, address
        blocking = page.locator(BLOCKING)
        expect(blocking).to_have_count(1)
        expect(blocking).to_have_attribute("src", re.compile(r"/appearance(\.\w+)?\.js$"))


def test_scripts_of_an_article_are_few_and_fetched_once(page: Page, article: Article) -> None:
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")
    fetched = page.evaluate(FETCHED)
    assert len(fetched) == len({name for name, _size in fetched})
    assert 0 < sum(size for _name, size in fetched) <= SCRIPT_BYTES


def test_pictures_keep_their_place_and_come_as_wide_as_they_are_shown(
    page: Page, article: Article, window: tuple[str, bool]
) -> None:
    for address in PAGES:
        found = pictures(page, address)
        for number, picture in enumerate(found):
            # Of two that are as large, the browser names the one that it painted first.
            as_large = [each for each in found if each["shown"] >= picture["shown"]]
            picture["isLargest"] &= not any(each["isEager"] for each in as_large)
            assert faults(picture, window=window[0]) == [], (address, number, picture)


def test_first_picture_of_the_front_page_is_fetched_before_all_else(
    page: Page, article: Article
) -> None:
    first, *others = pictures(page, "/")
    assert first["isLargest"] and first["isEager"] and first["isFirst"]
    assert len(others) > 3
    assert not any(each["isEager"] for each in others)
