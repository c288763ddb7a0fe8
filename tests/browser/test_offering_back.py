"""What was typed and not saved comes back: after a crash, signing in again, and beside others."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles import drafts
from articles.models import Article, Autosave, Revision
from tests.browser.conftest import SignIn
from tests.browser.desk import DeskPage
from tests.browser.typing import (
    NEW,
    OLD,
    barriers,
    copies,
    crash,
    fields,
    kept,
    make_live,
    open_form,
    sign_in_on,
    sign_out_everybody,
    status,
    watching,
)
from tests.builders import make_colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
scripts = pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
OFFER, COPY = "#autosave-offer", "#autosave-browser"
SIZES = [("desktop", True), ("phone", True)]
sizes = pytest.mark.parametrize("window", SIZES, ids=str, indirect=True)


@pytest.fixture
def live() -> Article:
    return make_live()


@pytest.fixture
def page(newcomer: Callable[[], Page], sign_in: SignIn, live: Article) -> Page:
    page = newcomer()
    sign_in(page, make_colleague("editor", username="bertil"))
    return page


@sizes
def test_page_that_crashed_offers_what_was_typed(page: Page, live: Article) -> None:
    open_form(page, live)
    DeskPage(page, has_scripts=True).write("All of it was", "typed")
    kept(page)
    page = crash(page)
    open_form(page, live)
    expect(page.locator(OFFER)).to_contain_text("and did not save.")
    assert barriers(page) == []
    page.get_by_role("link", name="Bring it back").click()
    watching(page)
    expect(page.locator(".tiptap")).to_contain_text("All of it was")
    typed = page.locator("[name=body]").input_value()
    page.get_by_role("button", name="Save draft").click()
    DeskPage(page, has_scripts=True).expect_message("Saved as draft, revision 2")
    assert drafts.pending(live).snapshot["body"] == typed
    expect(page.locator(OFFER)).to_have_count(0)


@scripts
def test_new_article_survives_a_crash(page: Page) -> None:
    open_form(page)
    DeskPage(page, has_scripts=True).fill(headline=NEW)
    kept(page)
    page = crash(page)
    open_form(page)
    page.get_by_role("link", name="Bring it back").click()
    watching(page)
    page.get_by_role("button", name="Save draft").click()
    DeskPage(page, has_scripts=True).expect_message("was added successfully")
    assert Article.objects.filter(headline=NEW).count() == 1
    assert not Autosave.objects.exists()


def lose_offline(page: Page, live: Article) -> Page:
    """Typed without a connection, crashed, and opened again with one."""
    open_form(page, live)
    page.context.set_offline(True)
    DeskPage(page, has_scripts=True).fill(headline=NEW)
    expect(status(page)).to_have_text("Offline: kept in this browser")
    page = crash(page)
    page.context.set_offline(False)
    open_form(page, live)
    return page


@sizes
def test_text_typed_offline_survives_a_crash(page: Page, live: Article) -> None:
    page = lose_offline(page, live)
    expect(page.locator("[name=headline]")).to_have_value(OLD)
    expect(page.locator(COPY)).to_contain_text("This browser has kept what you typed until")
    assert barriers(page) == []
    page.locator(COPY).get_by_role("button", name="Bring it back").click()
    expect(page.locator("[name=headline]")).to_have_value(NEW)
    page.get_by_role("button", name="Save draft").click()
    DeskPage(page, has_scripts=True).expect_message("Saved as draft, revision 2")
    assert drafts.pending(live).snapshot["headline"] == NEW
    open_form(page, live)
    expect(page.locator(COPY)).to_be_hidden()
    assert copies(page) == [] and not Autosave.objects.exists()


@scripts
def test_text_kept_by_the_browser_is_thrown_away(page: Page, live: Article) -> None:
    page = lose_offline(page, live)
    page.locator(COPY).get_by_role("button", name="Throw it away").click()
    expect(page.locator(COPY)).to_be_hidden()
    assert copies(page) == []


@scripts
def test_damaged_copy_hides_no_other_and_goes(page: Page, live: Article) -> None:
    page = lose_offline(page, live)
    for name, text in (("!", "{"), ("~", "null"), ("0", '{"at": 1}')):
        page.evaluate("([n, t]) => localStorage.setItem(`articles.typed:${n}`, t)", [name, text])
    page.reload()
    page.locator(COPY).get_by_role("button", name="Bring it back").click()
    expect(page.locator("[name=headline]")).to_have_value(NEW)
    assert copies(page) == []


@scripts
def test_text_of_an_expired_session_is_offered_after_signing_in(page: Page, live: Article) -> None:
    open_form(page, live)
    sign_out_everybody()
    DeskPage(page, has_scripts=True).fill(headline=NEW)
    expect(status(page)).to_contain_text("You are signed out: kept in this browser")
    page.reload()
    sign_in_on(page, "bertil")
    watching(page)
    page.locator(COPY).get_by_role("button", name="Bring it back").click()
    expect(page.locator("[name=headline]")).to_have_value(NEW)


@scripts
def test_text_is_brought_back_with_the_keyboard_alone(page: Page, live: Article) -> None:
    open_form(page, live)
    page.locator("[name=headline]").press("End")
    page.keyboard.type(" after all")
    kept(page)
    page = crash(page)
    open_form(page, live)
    page.get_by_role("link", name="Skip to main content").press("Enter")
    for _step in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Bring it back":
            break
    page.keyboard.press("Enter")
    expect(page.locator("[name=headline]")).to_have_value(f"{OLD} after all")
    watching(page)
    page.locator("[name=headline]").press("Enter")
    DeskPage(page, has_scripts=True).expect_message("Saved as draft, revision 2")
    assert drafts.pending(live).snapshot["headline"] == f"{OLD} after all"


def test_offer_works_without_scripts(page: Page, live: Article, has_scripts: bool) -> None:
    page.goto(f"/admin/articles/article/{live.pk}/change/")
    expect(page.locator(COPY)).to_be_hidden()
    keys = {name: [page.locator(f"#article_form [name={name}]").input_value()]
            for name in ("autosave_key", "based_on")}  # fmt: skip
    bertil = User.objects.get(username="bertil")
    typed = {"headline": [NEW], **keys}
    place = {"article": live, "user": bertil, "based_on": live.published_revision}
    Autosave.objects.create(fields=typed, **place)
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator(OFFER)).to_have_count(0)
    Autosave.objects.create(fields=typed, **place)
    page.reload()
    page.get_by_role("link", name="Bring it back").click()
    expect(page.locator("[name=headline]")).to_have_value(NEW)


@scripts
def test_two_people_who_save_the_same_article_lose_nothing(
    page: Page, live: Article, newcomer: Callable[[], Page], sign_in: SignIn
) -> None:
    priya = newcomer()
    sign_in(priya, make_colleague("reporter", username="priya"))
    for each in (page, priya):
        open_form(each, live)
    DeskPage(page, has_scripts=True).fill(headline="Bertil's")
    kept(page)
    theirs = DeskPage(priya, has_scripts=True)
    theirs.fill(headline="Priya's")
    expect(priya.locator("#autosave-present")).to_have_text(
        "bertil is writing in this article too."
    )
    theirs.press("Save draft")
    theirs.expect_message("Saved as draft, revision 2")
    page.locator("[name=standfirst]").fill("Typed since")
    expect(status(page)).to_contain_text("priya saved revision 2 meanwhile: your text is kept")
    assert fields()["standfirst"] == ["Typed since"]
    mine = DeskPage(page, has_scripts=True)
    mine.press("Save draft")
    expect(page.locator("#conflict-headline")).to_contain_text("Priya's")
    expect(page.locator("[name=headline]")).to_have_value("Bertil's")
    page.locator("#conflict-headline").get_by_label("Keep mine").check()
    mine.press("Save as chosen")
    mine.expect_message("Saved as draft, revision 3")
    saved = Revision.objects.order_by("number").values_list("snapshot__headline", flat=True)
    assert list(saved) == [OLD, "Priya's", "Bertil's"]
