"""Previews in a browser: framed at the desk, and by a link for somebody without an account."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, Role, Slot, Status
from articles.previewing import share
from tests.browser.conftest import WINDOWS
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_site,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTED = [(name, True) for name in WINDOWS]
DARK, LIGHT = "rgb(18, 21, 25)", "rgb(251, 250, 246)"


@pytest.fixture
def draft() -> Article:
    make_site(name="The Quillmere Courier")
    return make_article(
        status=Status.DRAFT,
        headline="A quiet morning",
        lead_image=make_image(),
        byline=[(make_contributor(), Role.REPORTER)],
    )


def ground_of(page: Page) -> str:
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    return frame.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")


def test_frame_is_as_wide_as_a_phone_and_as_dark_as_asked(
    colleague: Callable[[str], Page], draft: Article
) -> None:
    page = colleague("reporter")
    page.goto(f"/admin/articles/article/{draft.pk}/preview/?frame=desktop")
    assert ground_of(page) == LIGHT
    page.get_by_role("link", name="Dark").click()
    assert ground_of(page) == DARK
    page.get_by_role("link", name="Phone").click()
    assert ground_of(page) == DARK
    width = page.locator("iframe").evaluate("frame => frame.getBoundingClientRect().width")
    assert 250 < width <= 392  # with its border
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("A quiet morning")


@pytest.mark.parametrize("window", [("desktop", False)], ids=str, indirect=True)
def test_frames_are_walked_by_keyboard(colleague: Callable[[str], Page], draft: Article) -> None:
    page = colleague("reporter")
    page.goto(f"/admin/articles/article/{draft.pk}/preview/?frame=phone")
    page.get_by_role("link", name="Phone").focus()
    for _step in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Dark")).to_be_focused()
    page.keyboard.press("Enter")
    assert ground_of(page) == DARK


def test_somebody_without_an_account_reads_what_a_reporter_shares(
    colleague: Callable[[str], Page], reader: Page, draft: Article, has_scripts: bool
) -> None:
    page = colleague("reporter")
    page.goto(f"/admin/articles/article/{draft.pk}/change/")
    page.get_by_role("button", name="Make a preview link").click()
    expect(page.locator(".messagelist")).to_contain_text("The preview link is made.")
    address = page.locator(".preview-link").input_value()
    if has_scripts:
        expect(page.locator(".preview-links").get_by_role("button", name="Copy")).to_be_visible()
    path = "/preview/" + address.partition("/preview/")[2]
    reader.goto(path)
    expect(reader.locator("h1")).to_have_text("A quiet morning")
    page.get_by_role("button", name="Revoke").click()
    expect(page.locator(".messagelist")).to_contain_text("leads nowhere now")
    assert not page.locator(".preview-link").count()


def test_paper_is_shown_at_another_moment(colleague: Callable[[str], Page], draft: Article) -> None:
    make_article(headline="News of today")
    in_a_year = timezone.now() + timedelta(days=365)
    coming = make_article(headline="Next year's story", publish_at=in_a_year)
    Slot.objects.create(language="en", article=coming, is_pinned=True)
    page = colleague("editor")
    page.goto("/admin/articles/slot/")
    page.get_by_role("link", name="Preview", exact=True).click()
    lead = page.frame_locator("iframe").locator(".teaser-lead .teaser-headline")
    expect(lead).to_have_text("News of today")
    page.get_by_label("Moment").fill(f"{coming.publish_at + timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Show").click()
    expect(lead).to_have_text("Next year's story")


@pytest.mark.parametrize("window", SCRIPTED, ids=str, indirect=True)
def test_pages_have_no_barriers(
    colleague: Callable[[str], Page], reader: Page, draft: Article
) -> None:
    editor = make_editor()
    link, double = share(draft, by=editor), make_contributor(name="M. Okafor")
    person = draft.contributions.get().contributor
    Slot.objects.create(language="en", article=make_article())
    page, found = colleague("editor"), {}
    for path in (
        f"article/{draft.pk}/change/", f"article/{draft.pk}/preview/?frame=phone", "slot/",
        "slot/add/", "slot/preview/?frame=desktop&scheme=dark", "redirect/",
        f"contributor/merge/{person.pk}/{double.pk}/",
    ):  # fmt: skip
        found[path] = barriers(page, f"/admin/articles/{path}")
    for path in (f"/preview/{link.token}/", "/corrections/"):
        found[path] = barriers(reader, path)
    assert not {path: seen for path, seen in found.items() if seen}


def barriers(page: Page, path: str) -> list[str]:
    page.goto(path)
    known = {"empty-table-header"}  # Django's
    found = Axe().run(page).response["violations"]
    return [f"{v['id']} {v['nodes'][0]['html'][:150]}" for v in found if v["id"] not in known]
