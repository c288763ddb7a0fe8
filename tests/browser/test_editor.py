"""An editor's path: a translated story is published, read, changed and withdrawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Revision, Role, Section
from tests.browser.desk import DeskPage
from tests.builders import (
    make_colleague,
    make_contributor,
    make_section,
    make_site,
    picture_file,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SITE = "The Quillmere Courier"
STORY = {
    "headline": "The keeper's last winter",
    "standfirst": "After forty years the lamp is lit by a switch.",
}
ADDRESS = "/articles/the-keeper-s-last-winter/"
CREDIT = (
    f"Originally appeared at Hafenblatt Nordermoor, translated by Mina Drost exclusively for {SITE}"
)


@pytest.fixture
def section() -> Section:
    make_site(name=SITE)
    make_contributor(slug="mina-drost", name="Mina Drost")
    return make_section(name="Harbour")


@pytest.fixture
def desk(newcomer: Callable[[], Page], section: Section, has_scripts: bool) -> DeskPage:
    make_colleague("editor", username="bertil")
    return DeskPage(newcomer(), has_scripts=has_scripts)


def add_picture(desk: DeskPage) -> None:
    desk.open("articles/image", "add")
    picture = {"name": "light.jpg", "mimeType": "image/jpeg", "buffer": picture_file().read()}
    desk.page.locator("[name='file']").set_input_files(picture)
    desk.fill(alts_en="A lighthouse in snow", credit="Oona Pellinen")
    desk.save()


def add_source(desk: DeskPage) -> None:
    desk.open("translations/licence", "add")
    desk.fill(name="Free to translate", slug="free")
    desk.save()
    desk.open("translations/publication", "add")
    desk.fill(name="Hafenblatt Nordermoor", slug="hafenblatt", language="de")
    desk.fill(url="https://hafenblatt.example/")
    desk.choose("licence", "Free to translate")
    desk.save()
    desk.open("translations/sourcework", "add")
    desk.choose("publication", "Hafenblatt Nordermoor")
    desk.fill(title="Der letzte Winter", url="https://hafenblatt.example/winter/", language="de")
    desk.save()


def write_article(desk: DeskPage) -> None:
    desk.open("articles/article", "add")
    desk.fill(**STORY)
    desk.write("He counted the boats,", "every night")
    desk.select(section="Harbour")
    desk.choose("contributions-0-contributor", "Mina Drost")
    desk.page.locator("[name='contributions-0-role']").select_option(Role.TRANSLATOR)
    desk.choose("lead_image", "A lighthouse in snow")
    desk.page.locator("[name='attribution-0-origin']").select_option("translation")
    desk.choose("attribution-0-source_work", "Der letzte Winter (Hafenblatt Nordermoor)")
    desk.fill(**{"attribution-0-exclusive_for": SITE})


def test_editor_publishes_a_translation_that_is_read_changed_and_withdrawn(
    desk: DeskPage, newcomer: Callable[[], Page]
) -> None:
    desk.sign_in("bertil")
    add_picture(desk)
    add_source(desk)
    write_article(desk)
    desk.press("Publish")
    desk.expect_message("is live")
    stranger = newcomer()
    read(stranger)
    desk.fill(headline="The keeper's very last winter")
    desk.press("Publish changes")
    desk.expect_message("is live")
    stranger.reload()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("The keeper's very last winter")
    assert Revision.objects.count() == 2
    desk.press("Withdraw")
    desk.expect_message("readers are told that it is gone")
    assert stranger.goto(ADDRESS).status == 410
    expect(stranger.locator("body")).not_to_contain_text("every night")


def read(stranger: Page) -> None:
    stranger.goto("/")
    stranger.get_by_role("link", name=STORY["headline"]).first.click()
    assert stranger.url.endswith(ADDRESS)
    expect(stranger.locator("article").first).to_contain_text(STORY["standfirst"])
    expect(stranger.locator("strong", has_text="every night")).to_be_visible()
    expect(stranger.get_by_alt_text("A lighthouse in snow")).to_be_visible()
    expect(stranger.locator(".credit")).to_contain_text(CREDIT)


def test_refused_publication_names_what_is_missing_and_keeps_what_was_typed(
    colleague: Callable[[str], Page], section: Section, has_scripts: bool
) -> None:
    desk = DeskPage(colleague("editor"), has_scripts=has_scripts)
    desk.open("articles/article", "add")
    desk.fill(**STORY)
    desk.write("He counted the boats,", "every night")
    desk.choose("contributions-0-contributor", "Mina Drost")
    desk.press("Publish")
    field = desk.page.locator(".field-section")
    expect(field.locator(".errorlist")).to_have_text("Choose the section in which it appears.")
    expect(desk.page.locator("[name='headline']")).to_have_value(STORY["headline"])
    expect(desk.page.locator("[name='contributions-0-contributor']")).not_to_have_value("")
    if has_scripts:
        expect(desk.editor.locator("strong")).to_have_text("every night")
    expect(desk.page.locator("[name='body']")).to_have_value(
        "<p>He counted the boats, <strong>every night</strong></p>"
    )
    assert not Article.objects.exists()
    desk.select(section="Harbour")
    desk.press("Publish")
    desk.expect_message("is live")
