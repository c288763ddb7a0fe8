"""Revisions at the desk: two people write one article, old texts are compared and come back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles import drafts
from articles.models import Article, Revision
from tests.articles.revisions import LIVE, make_live, save
from tests.browser.conftest import WINDOWS
from tests.browser.desk import DeskPage
from tests.builders import make_colleague, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITH_SCRIPTS = [(name, True) for name in WINDOWS]


@pytest.fixture
def editor() -> User:
    make_site(name="The Quillmere Courier")
    return make_colleague("editor", username="bertil")


@pytest.fixture
def article(editor: User) -> Article:
    return make_live(by=editor, slug="ferry", kicker="Ferries")


def write(desk: DeskPage, headline: str, words: str) -> None:
    desk.fill(headline=headline)
    if not desk.has_scripts:
        return desk.fill(body=f"<p>{words}</p>")
    desk.editor.click()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.type(words)
    return None


def test_of_two_who_write_at_once_nobody_loses_a_word(
    colleague: Callable[[str], Page], article: Article, has_scripts: bool
) -> None:
    mine, theirs = (
        DeskPage(colleague(role), has_scripts=has_scripts) for role in ("reporter", "editor")
    )
    for desk in (mine, theirs):
        desk.open("articles/article", article.pk, "change")
    theirs.fill(headline="Theirs", kicker="Boats")
    theirs.press("Save draft")
    theirs.expect_message("Saved as draft, revision 2.")
    write(mine, "Mine", "All that I typed.")
    mine.press("Save draft")
    conflict = mine.page.locator(".conflict")
    expect(conflict).to_contain_text("This article was saved while you were writing")
    expect(conflict.locator("ins", has_text="Theirs")).to_be_visible()
    expect(mine.page.locator("[name='headline']")).to_have_value("Mine")
    expect(mine.page.locator("[name='kicker']")).to_have_value("Boats")
    expect(mine.page.locator("[name='body']")).to_have_value("<p>All that I typed.</p>")
    mine.press("Save as chosen")
    expect(conflict.locator(".errorlist")).to_have_text("Choose one of the two.")
    conflict.get_by_label("Take theirs").check()
    mine.press("Save as chosen")
    mine.expect_message("Saved as draft, revision 3.")
    content = drafts.newest(article).snapshot  # type: ignore[union-attr]
    told = [content[key] for key in ("headline", "kicker", "body")]
    assert told == ["Theirs", "Boats", "<p>All that I typed.</p>"]


def test_old_text_is_found_compared_named_and_brought_back(
    colleague: Callable[[str], Page], article: Article, editor: User, has_scripts: bool
) -> None:
    for number in (2, 3):
        save(article, by=editor, headline=f"The ferry leaves {number} minutes later")
    desk = DeskPage(colleague("reporter"), has_scripts=has_scripts)
    desk.open("articles/article", article.pk, "change")
    desk.page.locator(".object-tools").get_by_role("link", name="Revisions").click()
    row = desk.page.locator("#revision-1")
    row.get_by_text("Add a label").click()
    row.get_by_label("Label of revision 1").fill("as agreed")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".revision-label")).to_have_text("as agreed")
    desk.page.get_by_role("radio", name="From revision 2").check()
    desk.page.get_by_role("radio", name="To revision 3").check()
    desk.press("Compare the two that are marked")
    expect(desk.page.locator(".comparison del")).to_have_text("2")
    expect(desk.page.locator(".comparison ins")).to_have_text("3")
    desk.page.get_by_role("link", name="Choose two others").click()
    desk.page.get_by_role("link", name="Restore revision 1").click()
    expect(desk.page.locator(".comparison ins")).to_have_text("eight")
    desk.press("Restore as a draft")
    desk.expect_message("Revision 1 is back as a draft, revision 4.")
    expect(desk.page.locator("[name='headline']")).to_have_value(LIVE)
    assert Revision.objects.filter(label="as agreed", number=1).exists()


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_conflict_is_settled_by_keyboard_alone(
    colleague: Callable[[str], Page], article: Article, editor: User
) -> None:
    page = colleague("reporter")
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    save(article, by=editor, headline="Theirs")
    page.locator("[name='headline']").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Mine")
    page.keyboard.press("Enter")
    expect(page.locator(".conflict")).to_be_visible()
    reach(page, "input[name='take-headline']")
    page.keyboard.press("Space")
    expect(page.locator("[value='mine']")).to_be_checked()
    reach(page, ".conflict [type='submit']")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Saved as draft, revision 3.")
    assert drafts.newest(article).snapshot["headline"] == "Mine"  # type: ignore[union-attr]


def reach(page: Page, selector: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")
