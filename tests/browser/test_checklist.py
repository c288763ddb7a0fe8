"""The checklist beside the form: its lines lead to fields, and a reason overrides warnings."""

from collections.abc import Callable
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article, Revision, Role, Status
from tests.browser.conftest import WINDOWS
from tests.browser.desk import DeskPage
from tests.browser.test_desk_accessibility import DJANGOS
from tests.builders import make_article, make_contributor, make_image, make_section, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "The harbour board agreed on Tuesday that the ferry leaves later than it ever did, and why"
SCRIPTS = [(name, True) for name in WINDOWS]
WITH_SCRIPTS = pytest.mark.parametrize("window", SCRIPTS, ids=str, indirect=True)
type Come = Callable[[str], Page]


def make_unready(**fields: object) -> Article:
    """A draft of which every kind of field has something said."""
    make_site()
    make_section()
    lacking = {"section": None, "byline": [], "body": "<h3>Skipped</h3><p>Text.</p>",
               "headline": f"{LONG} {LONG[:40]}", "lead_image": make_image(alt="")}  # fmt: skip
    return make_article(status=Status.DRAFT, **(lacking | fields))


def open_form(page: Page, article: Article) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/")


def test_every_line_leads_to_its_field(colleague: Come, has_scripts: bool) -> None:
    page, article = colleague("editor"), make_unready()
    open_form(page, article)
    places = {
        "Choose the section": "#id_section",
        "cut it off": "#id_headline",
        "must be of level 2": ".tiptap" if has_scripts else "#id_body",
        "Describe the picture": ".field-lead_image .select2-selection"
        if has_scripts
        else "#id_lead_image",
        "Name at least one person": "#contributions-0 .select2-selection"
        if has_scripts
        else "#id_contributions-0-contributor",
    }
    for words, place in places.items():
        line = page.locator(".checklist").get_by_role("link", name=words)
        line.focus()
        page.keyboard.press("Enter")
        expect(page.locator(place).first).to_be_focused()
        expect(page.locator(place).first).to_be_in_viewport()


def test_warning_is_overridden_with_a_reason_by_keyboard_alone(
    colleague: Come, has_scripts: bool
) -> None:
    byline = [(make_contributor(), Role.REPORTER)]
    article = make_unready(
        section=make_section(), byline=byline, body="<p>Text.</p>", lead_image=None
    )
    page = colleague("editor")
    open_form(page, article)
    kicker = page.locator("[name='kicker']")
    kicker.fill("Ferries")
    page.get_by_role("button", name="Publish", exact=True).focus()
    page.keyboard.press("Enter")
    warnings = page.get_by_role("region", name="Nothing forbids publishing this, but:")
    expect(warnings).to_contain_text("cut it off")
    expect(kicker).to_have_value("Ferries")
    page.get_by_label("Why it is published all the same").focus()
    page.keyboard.type("It is the name of the law")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Publish with this reason")).to_be_focused()
    page.keyboard.press("Enter")
    DeskPage(page, has_scripts=has_scripts).expect_message("is live")
    assert Revision.objects.get().warnings_reason == "It is the name of the law"
    article.refresh_from_db()
    assert article.kicker == "Ferries"


def test_checklist_is_asked_anew_when_the_draft_is_saved(
    colleague: Come, has_scripts: bool
) -> None:
    desk, article = DeskPage(colleague("reporter"), has_scripts=has_scripts), make_unready()
    open_form(desk.page, article)
    desk.select(section="Harbour")
    desk.fill(headline="Short")
    desk.press("Save draft")
    panel = desk.page.locator(".checklist")
    expect(panel).to_contain_text("Name at least one person in the byline.")
    expect(panel).not_to_contain_text("Choose the section")
    expect(panel).not_to_contain_text("cut it off")


def test_times_say_their_zone_beside_utc(colleague: Come, has_scripts: bool) -> None:
    page, article = colleague("editor"), make_unready()
    open_form(page, article)
    described = page.locator("#id_publish_at_0").get_attribute("aria-describedby") or ""
    assert "id_publish_at_zone" in described
    expect(page.locator("#id_publish_at_zone")).to_contain_text("Times are in UTC.")


@WITH_SCRIPTS
def test_checklist_and_warnings_have_no_barriers(colleague: Come) -> None:
    byline = [(make_contributor(), Role.REPORTER)]
    warned = make_unready(
        section=make_section(), byline=byline, body="<p>Text.</p>", lead_image=None
    )
    page, found = colleague("editor"), {}
    for article, theme in product((make_unready(), warned), ("light", "dark")):
        page.emulate_media(color_scheme=theme)
        open_form(page, article)
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.locator(".errornote")).to_be_visible()
        for violation in Axe().run(page).response["violations"]:
            if violation["id"] not in DJANGOS:
                found[violation["id"], theme] = [n["html"][:200] for n in violation["nodes"]]
    assert not found
