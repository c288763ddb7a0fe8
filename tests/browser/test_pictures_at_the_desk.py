"""The library of pictures, the form of one, and choosing one: by hand, by keyboard, and for axe."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Image
from tests.browser.conftest import WINDOWS
from tests.browser.desk import DeskPage
from tests.builders import make_article, make_image, make_site, picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITH_SCRIPTS = pytest.mark.parametrize(
    "window", [(name, True) for name in WINDOWS], ids=str, indirect=True
)
CHOOSE = "/admin/articles/image/choose/"


@pytest.fixture
def image() -> Image:
    make_site()
    image = make_image(
        alt="A quay at night", credit="Ines Calder", licence="CC BY 4.0",
        file=picture_file(size=(900, 600)),
    )  # fmt: skip
    make_article(lead_image=image, headline="The ferry is late")
    return image


@pytest.fixture
def page(colleague: Callable[[str], Page], image: Image) -> Page:
    return colleague("editor")


def form_of(image: Image) -> str:
    return f"/admin/articles/image/{image.pk}/change/"


def expect_point(page: Page, x: str, y: str) -> None:
    expect(page.locator("[name=focal_point_x]")).to_have_value(x)
    expect(page.locator("[name=focal_point_y]")).to_have_value(y)


@WITH_SCRIPTS
def test_focal_point_is_set_by_the_arrow_keys(page: Page, image: Image) -> None:
    page.goto(form_of(image))
    marker = page.get_by_role("button", name="Focal point")
    page.locator("[name=file]").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(marker).to_be_focused()
    for key in ("Shift+ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
    expect_point(page, "39", "48")
    page.keyboard.press("Enter")  # sends nothing
    for _time in range(8):
        page.keyboard.press("Shift+ArrowRight")
    expect_point(page, "100", "48")
    DeskPage(page, has_scripts=True).save()
    assert Image.objects.get().focal_point == "1x0.48"


@WITH_SCRIPTS
def test_focal_point_is_set_by_a_click_and_moved_by_numbers(page: Page, image: Image) -> None:
    page.goto(form_of(image))
    picture, marker = page.locator(".picture-preview img"), page.locator(".focal-marker")
    box: Any = picture.bounding_box()
    picture.click(position={"x": box["width"] / 4, "y": box["height"] * 3 / 4})
    share = float(page.locator("[name=focal_point_x]").input_value())
    assert abs(share - 25) < 1
    page.locator("[name=focal_point_x]").fill("60")
    middle: Any = marker.bounding_box()
    assert abs(middle["x"] + middle["width"] / 2 - box["x"] - 0.6 * box["width"]) < 3


def test_focal_point_and_licence_are_written_as_numbers_and_words(
    page: Page, image: Image, has_scripts: bool
) -> None:
    desk = DeskPage(page, has_scripts=has_scripts)
    page.goto(form_of(image))
    expect(page.locator(".focal-marker")).to_be_visible(visible=has_scripts)
    desk.fill(focal_point_x="12.5", focal_point_y="0", licence_ends_on="2031-05-04")
    desk.save()
    kept = Image.objects.get()
    assert (kept.focal_point, kept.licence_ends_on.isoformat()) == ("0.125x0", "2031-05-04")


def test_picture_is_found_opened_and_not_deleted(
    page: Page, image: Image, has_scripts: bool
) -> None:
    page.goto("/admin/articles/image/")
    page.locator("#searchbar").fill("calder")
    page.locator("#searchbar").press("Enter")
    page.get_by_role("link", name="A quay at night").click()
    expect(page.locator(".picture-uses")).to_contain_text("The ferry is late (live)")
    page.locator(".deletelink").click()
    expect(page.locator("#deleted-objects")).to_contain_text("picture of the article")
    expect(page.get_by_role("button", name="Yes")).to_have_count(0)


def test_picture_is_added_where_one_is_chosen(page: Page, image: Image, has_scripts: bool) -> None:
    page.goto(CHOOSE)
    file = {"name": "light.jpg", "mimeType": "image/jpeg", "buffer": picture_file().read()}
    page.locator("[name=file]").set_input_files(file)
    page.locator("[name=alt]").fill('The "Maren" in the ice')
    page.get_by_role("button", name="Add the picture").click()
    new = Image.objects.first()
    assert new is not None
    code = f'<figure><img src="/images/{new.pk}/" alt="The &quot;Maren&quot; in the ice"></figure>'
    expect(page.locator(".picture-code").first).to_have_value(code)


@WITH_SCRIPTS
def test_pages_of_pictures_have_no_barriers(page: Page, image: Image) -> None:
    found = {}
    for path in ("/admin/articles/image/", form_of(image), CHOOSE, "/admin/articles/image/add/"):
        page.goto(path)
        for violation in Axe().run(page).response["violations"]:
            found[f"{path} {violation['id']}"] = [n["html"][:200] for n in violation["nodes"]]
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], path
    assert not found


@WITH_SCRIPTS
def test_readers_get_webp(newcomer: Callable[[], Page], image: Image) -> None:
    reader = newcomer()
    reader.goto("/")
    source = reader.locator(".teaser-picture img").first.evaluate(
        "async (image) => (await image.decode(), image.currentSrc)"
    )
    assert source.endswith(".webp")
