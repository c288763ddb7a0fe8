"""What happens between the click on a button and the answer: nothing twice, and no word is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from articles import drafts
from articles.models import Article
from tests.browser.conftest import SignIn
from tests.browser.desk import DeskPage
from tests.browser.typing import FORM, NEW, copies, make_live, open_form
from tests.builders import make_colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = ".submit-row [name='_continue']"
scripts = pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
with_and_without = pytest.mark.parametrize(
    "window", [("desktop", True), ("desktop", False)], ids=str, indirect=True
)


@pytest.fixture
def live() -> Article:
    return make_live()


@pytest.fixture
def page(newcomer: Callable[[], Page], sign_in: SignIn, live: Article) -> Page:
    page = newcomer()
    sign_in(page, make_colleague("editor", username="bertil"))
    return page


def hold_posts(page: Page) -> list[Route]:
    """What the form sends from now on waits here until it is let go."""
    held: list[Route] = []

    def meet(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
        else:
            route.continue_()

    page.route("**/change/", meet)
    return held


@scripts
def test_what_is_typed_before_the_answer_comes_is_offered_back(page: Page, live: Article) -> None:
    open_form(page, live)
    desk, held = DeskPage(page, has_scripts=True), hold_posts(page)
    desk.fill(headline=NEW)
    page.locator("[name=kicker]").focus()
    page.evaluate("(save) => { document.querySelector(save).click(); }", SAVE)
    while not held:
        page.wait_for_timeout(50)
    page.keyboard.type("Typed late")
    held[0].continue_()
    desk.expect_message("Saved as draft, revision 2")
    assert drafts.pending(live).snapshot["kicker"] == ""
    page.locator("#autosave-browser [data-way=back]").click()
    expect(page.locator("[name=kicker]")).to_have_value("Typed late")
    expect(page.locator("[name=headline]")).to_have_value(NEW)
    assert copies(page) == []


@with_and_without
def test_double_click_saves_once(page: Page, live: Article, has_scripts: bool) -> None:
    page.goto(FORM.format(live.pk))
    desk = DeskPage(page, has_scripts=has_scripts)
    desk.fill(headline=NEW)
    page.locator(SAVE).dblclick()
    desk.expect_message("Saved as draft, revision 2")
    assert live.revisions.count() == 2


@with_and_without
def test_double_click_adds_one_article(page: Page, live: Article, has_scripts: bool) -> None:
    page.goto("/admin/articles/article/add/")
    desk = DeskPage(page, has_scripts=has_scripts)
    desk.fill(headline=NEW)
    page.locator(SAVE).dblclick()
    expect(page.locator(".messagelist")).to_be_visible()
    assert Article.objects.exclude(pk=live.pk).count() == 1
