"""What the tests of typing without saving share."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.sessions import Session
from articles.models import Article, Autosave, Role
from articles.publishing import publish
from tests.browser.desk import PASSWORD
from tests.browser.test_desk_accessibility import DJANGOS
from tests.builders import make_article, make_colleague, make_contributor, make_site

OLD, NEW = "The ferry leaves eight minutes later", "The ferry stays in the harbour"
FORM = "/admin/articles/article/{}/change/"


def make_live() -> Article:
    make_site()
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=make_colleague("chief"))
    return article


def open_form(page: Page, article: Article | None = None) -> None:
    page.goto(FORM.format(article.pk) if article else "/admin/articles/article/add/")
    watching(page)


def watching(page: Page) -> None:
    """Until the script knows what the form held before anybody typed."""
    expect(page.locator("#autosave[data-is-watching]")).to_be_attached()


def status(page: Page) -> Any:
    return page.locator("#autosave-status")


def kept(page: Page) -> None:
    """Until the site has what was typed."""
    expect(status(page)).to_contain_text("Saved as a draft copy at")


def fields() -> dict[str, list[str]]:
    return Autosave.objects.get().fields


def copies(page: Page) -> list[str]:
    """What the browser's storage keeps."""
    script = "Object.entries(localStorage).filter(([n]) => n.startsWith('articles.typed:'))"
    return [text for _name, text in page.evaluate(f"{script}")]


def sign_out_everybody() -> None:
    Session.objects.all().delete()


def sign_in_on(page: Page, username: str) -> None:
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#article_form")).to_be_visible()


def sign_in_elsewhere(page: Page, username: str) -> None:
    """In the tab that the page's link opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    sign_in_on(opened.value, username)
    opened.value.close()


def crash(page: Page) -> Page:
    """The page goes without a word to its script; another one in its place."""
    again = page.context.new_page()
    page.close(run_before_unload=False)
    return again


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["id"] not in DJANGOS]
