"""The translation desk as people use it: with and without scripts, by keyboard, with axe."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Role, Story
from tests.browser.conftest import WINDOWS
from tests.browser.desk import DeskPage
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.comments.builders import make_error_report
from tests.translations.builders import make_assignment
from translations.models import Assignment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/admin/translations/desk/"


@pytest.fixture
def story() -> Story:
    make_site()
    story = make_article(headline="The ferry").story
    make_article(story=story, language="tr", status="draft")
    late = date.today() - timedelta(days=3)
    vera = make_colleague("translator", username="vera")
    make_assignment(story=story, language="ar", owner=vera, due_on=late, note="Short")
    return story


def test_story_is_requested_and_taken_on_and_begun(
    colleague: Callable[[str], Page], story: Story, has_scripts: bool
) -> None:
    editor = colleague("editor")
    editor.goto(DESK)
    editor.get_by_role("checkbox", name="The ferry").check()
    editor.get_by_text("Request translations of the marked stories").click()
    editor.locator("#request").get_by_label("Deutsch").check()
    editor.locator("#request").get_by_role("button", name="Request").click()
    DeskPage(editor, has_scripts=has_scripts).expect_message("1 translation requested.")
    translator = colleague("translator")
    translator.goto(f"{DESK}?language=de")
    translator.get_by_role("button", name="Take on (DE)").focus()
    translator.keyboard.press("Enter")
    expect(translator.locator(f"#cell-{story.pk}-de")).to_contain_text("mine")
    translator.get_by_role("link", name="Begin").click()
    expect(translator.get_by_label("Deutsch")).to_be_checked()
    translator.get_by_role("button", name="Begin the translation").click()
    translator.goto(DESK)
    expect(translator.locator(f"#cell-{story.pk}-de")).to_contain_text("in progress")


def test_enter_in_a_field_of_the_request_takes_on_nothing(
    colleague: Callable[[str], Page], story: Story
) -> None:
    editor = colleague("editor")
    editor.goto(DESK)
    editor.get_by_text("Request translations of the marked stories").click()
    editor.locator("#request [name='note']").press("Enter")
    expect(editor.locator(".errorlist").first).to_contain_text("Mark at least one story")
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_of_translations_has_no_barriers(
    colleague: Callable[[str], Page], story: Story, scheme: str
) -> None:
    page, found = colleague("editor"), {}
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for path in ("", f"{story.pk}/ar/"):
        page.goto(DESK + path)
        found |= barriers(page)
    assert not found


@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
def test_own_translations_and_the_public_list_have_no_barriers(
    newcomer: Callable[[], Page], sign_in: Callable[..., object], story: Story
) -> None:
    page, mina = newcomer(), make_colleague("translator", username="mina")
    byline = [(make_contributor(user=mina), Role.TRANSLATOR)]
    make_error_report(make_article(story=story, language="de", byline=byline))
    make_assignment(story=story, language="ru", owner=mina)
    sign_in(page, mina)
    found = {}
    for address in ("/admin/my-translations/", "/translators/"):
        page.goto(address)
        found |= barriers(page)
    assert not found


@pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True)
def test_nothing_is_wider_than_a_phone(colleague: Callable[[str], Page], story: Story) -> None:
    page = colleague("editor")
    page.goto(DESK)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def barriers(page: Page) -> dict[str, list[str]]:
    violations = Axe().run(page).response["violations"]
    return {
        f"{page.url} {violation['id']}": [node["html"][:200] for node in violation["nodes"]]
        for violation in violations
    }
