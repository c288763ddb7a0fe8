"""Writing beside the source, by keyboard alone; the console fails the test if it complains."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article, Status, Story
from articles.publishing import publish
from tests.browser.test_desk_accessibility import DJANGOS
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_image,
    make_site,
    picture_file,
)
from tests.translations.builders import make_attribution

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = [("desktop", True)]
BLOCKS = 40


def paragraphs(language: str, words: int) -> str:
    """As many blocks in each language, but of different lengths."""
    return "".join(f"<p>{language} {n}. {'word ' * words}</p>" for n in range(BLOCKS))


@pytest.fixture
def draft() -> Article:
    """An English draft of an Arabic article with a picture."""
    make_site()
    story, chief = Story.objects.create(), make_colleague("chief")
    image = make_image(alts={"ar": "منارة"}, file=picture_file())
    source = make_article(
        story=story,
        language="ar",
        headline="الشتاء الأخير",
        standfirst="أربعون عامًا",
        body=paragraphs("ar", 60),
        byline=[(make_contributor(), "reporter")],
        lead_image=image,
    )
    publish(source, by=chief, overriding="made-up words")
    text = paragraphs("en", 25)
    draft = make_article(story=story, status=Status.DRAFT, headline="", slug="last", body=text)
    make_attribution(article=draft, source_article=source)
    return draft


@pytest.fixture
def page(colleague: Callable[[str], Page], draft: Article) -> Page:
    page = colleague("translator")
    page.goto(f"/admin/articles/article/{draft.pk}/beside/")
    return page


def press_until(page: Page, key: str, name: str) -> None:
    """Presses the key until the control with this name has the focus."""
    control = page.get_by_role("button", name=name)
    for _press in range(100):
        if control.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} cannot be reached")


def tops(page: Page, number: int) -> tuple[float, float]:
    """How high the block with this number stands on either side."""
    places = (f"#beside-body > :nth-child({number})", f".tiptap > :nth-child({number})")
    return tuple(page.locator(each).bounding_box()["y"] for each in places)


@pytest.mark.parametrize("window", DESKTOP, ids=str, indirect=True)
def test_short_text_is_copied_and_saved_by_keyboard(page: Page, draft: Article) -> None:
    expect(page.locator(".tiptap")).to_be_visible()
    page.keyboard.press("F6")
    press_until(page, "Tab", "Copy from the source: Headline")
    page.keyboard.press("Enter")
    headline = page.locator("[name='headline']")
    expect(headline).to_have_value("الشتاء الأخير")
    expect(headline).to_be_focused()
    expect(page.locator(".beside-status")).to_contain_text("Copied: Headline")
    page.keyboard.press("Control+z")
    expect(headline).to_have_value("")
    page.keyboard.type("The last winter")
    press_until(page, "Tab", "Save draft")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    assert page.url.endswith("/beside/")
    assert Article.objects.get(pk=draft.pk).headline == "The last winter"


@pytest.mark.parametrize("window", DESKTOP, ids=str, indirect=True)
def test_a_key_goes_from_one_side_to_the_other(page: Page) -> None:
    source, editor = page.locator("#beside-source"), page.locator(".tiptap")
    editor.focus()
    page.keyboard.press("F6")
    expect(source).to_be_focused()
    page.keyboard.press("F6")
    expect(editor).to_be_focused()
    page.keyboard.press("F6")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to our text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#beside-form")).to_be_focused()


@pytest.mark.parametrize("window", DESKTOP, ids=str, indirect=True)
def test_both_sides_scroll_together_whichever_leads(page: Page) -> None:
    page.locator(".tiptap > :nth-child(20)").click()
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.getElementById('beside-source').scrollTop > 1000")
    page.wait_for_timeout(300)
    first = page.evaluate(FIRST_BELOW_HEAD)
    theirs, ours = tops(page, first)
    assert abs(theirs - ours) < 150
    before = page.evaluate("scrollY")
    page.keyboard.press("F6")
    page.keyboard.press("PageUp")
    page.wait_for_function("before => scrollY < before - 100", arg=before)


FIRST_BELOW_HEAD = """() => {
  const line = document.querySelector(".beside-head").getBoundingClientRect().bottom;
  const blocks = [...document.getElementById("beside-body").children];
  return blocks.findIndex((each) => each.getBoundingClientRect().top > line) + 1;
}"""


@pytest.mark.parametrize("window", DESKTOP, ids=str, indirect=True)
def test_scrolling_together_is_switched_off_by_a_button(page: Page) -> None:
    expect(page.locator(".tiptap")).to_be_visible()
    button = page.get_by_role("button", name="Scroll together")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    source = page.locator("#beside-source")
    before = source.evaluate("each => each.scrollTop")
    page.locator(".tiptap > :nth-child(20)").click()
    page.keyboard.press("PageDown")
    page.wait_for_timeout(400)
    assert source.evaluate("each => each.scrollTop") == before


@pytest.mark.parametrize("window", DESKTOP, ids=str, indirect=True)
def test_who_wants_less_motion_switches_it_on(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    button = page.get_by_role("button", name="Scroll together")
    expect(button).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("window", DESKTOP, ids=str, indirect=True)
def test_picture_of_the_source_is_used(page: Page, draft: Article) -> None:
    expect(page.locator(".beside-picture")).to_contain_text("no alternative text")
    page.get_by_role("button", name="Use this picture").press("Enter")
    picture = draft.story.articles.get(language="ar").lead_image_id
    expect(page.locator("[name='lead_image']")).to_have_value(str(picture))
    page.get_by_role("button", name="Save draft").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    assert Article.objects.get(pk=draft.pk).lead_image_id == picture


def test_each_side_keeps_its_direction_and_nothing_is_too_wide(
    page: Page, has_scripts: bool, window: tuple[str, bool]
) -> None:
    expect(page.locator("#beside-body")).to_have_css("direction", "rtl")
    editor = page.locator(".tiptap" if has_scripts else "[name='body']")
    expect(editor).to_have_css("direction", "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    source, form = page.locator("#beside-source"), page.locator("#beside-form")
    is_beside = form.bounding_box()["x"] > source.bounding_box()["x"] + 100
    assert is_beside == (window[0] == "desktop")
    expect(page.get_by_role("button", name="Copy from")).to_have_count(2 if has_scripts else 0)


@pytest.mark.parametrize("window", [("desktop", True), ("phone", True)], ids=str, indirect=True)
def test_page_has_no_barriers_of_ours(page: Page) -> None:
    expect(page.locator(".tiptap")).to_be_visible()
    violations = Axe().run(page).response["violations"]
    assert [v["id"] for v in violations if v["id"] not in DJANGOS] == []
