"""From a reporter's draft to the page: submitted, sent back, mended, approved, published."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Role, Section, Status
from tests.articles.review import bring_to
from tests.browser.conftest import WINDOWS
from tests.browser.desk import DeskPage
from tests.browser.test_desk_accessibility import DJANGOS
from tests.builders import make_article, make_contributor, make_section, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADLINE = "The ferry leaves nine minutes later"


@pytest.fixture(autouse=True)
def site() -> None:
    make_site(name="The Quillmere Courier")


@pytest.fixture
def strict() -> Section:
    section = make_section(name="Harbour")
    section.requires_approval = True
    section.save()
    return section


def review(page: Page) -> Locator:
    return page.locator("#review")


def press(page: Page, name: str, *, says: str = "") -> None:
    """A button of the panel, with a note."""
    review(page).get_by_label("Note to your colleagues").fill(says)
    review(page).get_by_role("button", name=name, exact=True).click()


def open_from_home(page: Page, heading: str) -> None:
    """The one piece that waits below this heading."""
    page.goto("/admin/")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.get_by_role("list", name=heading).get_by_role("link").click()


def test_text_goes_from_the_reporter_through_review_to_readers(
    colleague: Callable[[str], Page], strict: Section, has_scripts: bool
) -> None:
    reporter, editor = colleague("reporter"), colleague("editor")
    make_article(status=Status.DRAFT, slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    article = Article.objects.get()
    form = f"/admin/articles/article/{article.pk}/change/"
    reporter.goto(form)
    reporter.locator("[name='headline']").fill(HEADLINE)
    press(reporter, "Submit for review", says="Please check the minutes.")
    expect(reporter.locator(".messagelist")).to_contain_text("Submitted for review.")
    expect(review(reporter)).to_contain_text("in review")

    open_from_home(editor, "To be reviewed")
    expect(editor.locator("[name='headline']")).to_have_value(HEADLINE)
    expect(review(editor)).to_contain_text("Please check the minutes.")
    DeskPage(editor, has_scripts=has_scripts).press("Publish")
    expect(editor.locator(".errornote, .errorlist").first).to_be_visible()
    assert Article.objects.get().status == Status.DRAFT
    press(editor, "Request changes")
    expect(review(editor).locator(".errorlist")).to_have_text("Say what is to be changed.")
    press(editor, "Request changes", says="It is ten minutes.")
    expect(editor.locator(".messagelist")).to_contain_text("Changes are requested.")

    open_from_home(reporter, "Changes are requested")
    expect(review(reporter)).to_contain_text("It is ten minutes.")
    reporter.locator("[name='headline']").fill(HEADLINE.replace("nine", "ten"))
    reporter.locator(".submit-row [name='_submit']").click()
    expect(review(reporter)).to_contain_text("in review")

    open_from_home(editor, "To be reviewed")
    press(editor, "Approve")
    expect(editor.locator(".messagelist")).to_contain_text("Approved: it may be published.")
    DeskPage(editor, has_scripts=has_scripts).press("Publish")
    expect(editor.locator(".messagelist")).to_contain_text("is live")
    editor.goto("/articles/ferry/")
    expect(editor.get_by_role("heading", level=1)).to_have_text(HEADLINE.replace("nine", "ten"))


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_review_is_written_with_the_keyboard_alone(colleague: Callable[[str], Page]) -> None:
    editor, article = colleague("editor"), bring_to("in_review")
    editor.goto(f"/admin/articles/article/{article.pk}/change/")
    editor.locator("[name='_continue']").focus()
    reach(editor, "review-text")
    editor.keyboard.type("Name the harbour master.")
    reach(editor, "_request_changes")
    editor.keyboard.press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("Changes are requested.")
    expect(review(editor)).to_contain_text("Name the harbour master.")


def reach(page: Page, name: str) -> None:
    """Goes on with the Tab key to the element with this id or name."""
    for _step in range(20):
        page.keyboard.press("Tab")
        if name in page.evaluate("[document.activeElement.id, document.activeElement.name]"):
            return
    pytest.fail(f"{name} is not reached")


@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_review_and_first_page_have_no_barriers(
    colleague: Callable[[str], Page], scheme: str
) -> None:
    article, other = bring_to("in_review", is_live=True), bring_to("changes_requested")
    page, found = colleague("chief"), {}
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    forms = [f"articles/article/{each.pk}/change/" for each in (article, other)]
    for path in ("", "articles/article/", "articles/remit/", "articles/remit/add/", *forms):
        page.goto(f"/admin/{path}")
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0 or path.endswith("article/"), path
        for violation in Axe().run(page).response["violations"]:
            if violation["id"] not in DJANGOS:
                nodes = [node["html"][:200] for node in violation["nodes"]]
                found[f"{path} {violation['id']}"] = nodes
    assert not found
