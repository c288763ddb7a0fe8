"""Deeds of the desk whose outcome readers meet: told, merged, placed, moved to other addresses."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Contributor, Correction, Role, Slot, Status
from articles.models import Page as Standing
from articles.publishing import publish
from tests.browser.desk import DeskPage
from tests.builders import make_article, make_colleague, make_contributor, make_site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("desktop", True), ("phone", False)], indirect=True),
]


@pytest.fixture
def article() -> Article:
    make_site(name="The Quillmere Courier")
    byline = [(make_contributor(slug="maren", name="Maren Okafor"), Role.REPORTER)]
    draft = make_article(status=Status.DRAFT, slug="ferry", byline=byline)
    publish(draft, by=make_colleague("editor"))
    return draft


@pytest.fixture
def desk(colleague: Callable[[str], Page], has_scripts: bool, article: Article) -> DeskPage:
    return DeskPage(colleague("chief"), has_scripts=has_scripts)


def test_correction_is_given_and_read(desk: DeskPage, reader: Page, article: Article) -> None:
    desk.open("articles/article", article.pk, "correct")
    desk.page.get_by_label("Correction", exact=True).check()
    desk.fill(text="It leaves at 7:38, not at 7:30.")
    desk.press("Publish the correction")
    desk.expect_message("The correction is published.")
    reader.goto("/articles/ferry/")
    expect(reader.locator("#corrections")).to_contain_text("It leaves at 7:38, not at 7:30.")
    assert Correction.objects.get().article == article


def test_two_contributors_become_one_and_the_old_address_leads_on(
    desk: DeskPage, reader: Page, article: Article
) -> None:
    twin = make_contributor(slug="m-okafor", name="M. Okafor")
    kept = Contributor.objects.get(slug="maren")
    desk.open("articles/contributor", "merge", kept.pk, twin.pk)
    desk.page.get_by_label("Maren Okafor").check()
    desk.press("Merge")
    desk.expect_message("“M. Okafor” is merged with “Maren Okafor”.")
    reader.goto("/contributors/m-okafor/")
    assert reader.url.endswith("/contributors/maren/")


def test_slot_is_put_and_moved_by_keyboard(desk: DeskPage, article: Article) -> None:
    page = desk.page
    desk.open("articles/slot", "add")
    desk.choose("article", article.headline)
    page.locator("[name='position']").fill("2")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    desk.expect_message("successfully")
    desk.open("articles/slot")
    page.locator("[name='form-0-position']").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    desk.expect_message("successfully")
    assert list(Slot.objects.values_list("article", "position")) == [(article.pk, 1)]


def test_old_address_of_an_article_leads_to_its_new_one(
    desk: DeskPage, reader: Page, article: Article
) -> None:
    desk.open("articles/article", article.pk, "change")
    desk.fill(slug="later-ferry")
    desk.page.locator(".submit-row [name='_publish']").click()
    desk.expect_message("is live")
    reader.goto("/articles/ferry/")
    expect(reader.get_by_role("heading", name=article.headline)).to_be_visible()
    assert reader.url.endswith("/articles/later-ferry/")


def test_standing_page_is_edited_and_read(desk: DeskPage, reader: Page, has_scripts: bool) -> None:
    page = Standing.objects.create(slug="about", language="en", title="About", body="<p>We</p>")
    desk.open("articles/page", page.pk, "change")
    desk.fill(title="About the Courier")
    if has_scripts:
        desk.editor.click()
        desk.page.keyboard.press("Control+a")
    desk.write("Eight people and a", "press")
    desk.save()
    reader.goto("/pages/about/")
    expect(reader.get_by_role("heading", name="About the Courier")).to_be_visible()
    expect(reader.locator("main strong")).to_have_text("press")


def test_time_in_utc_follows_what_is_typed(
    desk: DeskPage, has_scripts: bool, article: Article, settings: Any
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    desk.open("articles/article", article.pk, "change")
    said = desk.page.locator("#id_unpublish_at_zone .moment-in-utc")
    expect(said).to_be_hidden()
    desk.fill(unpublish_at_0="2199-07-01", unpublish_at_1="06:00:00")
    if has_scripts:
        expect(said).to_contain_text("That is 2199-07-01 04:00 UTC.")
        expect(said.locator("..")).to_contain_text("(UTC+02:00)")
        desk.fill(unpublish_at_0="2199-03-31", unpublish_at_1="02:30")  # no clock shows it
        expect(said).to_be_hidden()
    else:
        expect(said).to_be_hidden()
