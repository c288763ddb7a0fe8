"""What an editor types is on the site within seconds, or in the browser, without being saved."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles import drafts
from articles.models import Article, Autosave
from tests.browser.conftest import SignIn
from tests.browser.desk import DeskPage
from tests.browser.typing import (
    NEW,
    barriers,
    copies,
    fields,
    kept,
    make_live,
    open_form,
    sign_in_elsewhere,
    sign_out_everybody,
    status,
)
from tests.builders import make_colleague

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
scripts = pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)


@pytest.fixture
def live() -> Article:
    return make_live()


@pytest.fixture
def page(newcomer: Callable[[], Page], sign_in: SignIn, live: Article) -> Page:
    page = newcomer()
    sign_in(page, make_colleague("editor", username="bertil"))
    return page


@scripts
def test_text_reaches_the_site_while_it_is_typed(page: Page, live: Article) -> None:
    open_form(page, live)
    desk = DeskPage(page, has_scripts=True)
    desk.fill(headline=NEW)
    kept(page)
    before = status(page).text_content()
    desk.write("The board met again", "tonight")
    expect(status(page)).not_to_have_text(before or "")
    assert fields()["headline"] == [NEW]
    assert "The board met again" in fields()["body"][0]
    assert (drafts.pending(live), copies(page)) == (None, [])
    expect(page.locator("#autosave-announced")).to_have_text("Saved as a draft copy")


@scripts
def test_form_that_nobody_touches_sends_nothing(page: Page, live: Article) -> None:
    open_form(page, live)
    page.wait_for_timeout(4000)
    expect(status(page)).to_be_hidden()
    assert not Autosave.objects.exists()


@scripts
def test_row_added_to_the_byline_is_kept_too(page: Page, live: Article) -> None:
    open_form(page, live)
    page.locator("#contributions-group .add-row").get_by_text("Add another").click()
    page.locator("[name='contributions-2-role']").select_option("editor")
    kept(page)
    assert fields()["contributions-2-role"] == ["editor"]


@scripts
def test_text_is_kept_in_the_browser_until_the_site_is_back(page: Page, live: Article) -> None:
    open_form(page, live)
    page.context.set_offline(True)
    DeskPage(page, has_scripts=True).fill(headline=NEW)
    expect(status(page)).to_have_text("Offline: kept in this browser")
    assert len(copies(page)) == 1 and not Autosave.objects.exists()
    page.context.set_offline(False)
    kept(page)
    assert fields()["headline"] == [NEW]
    assert copies(page) == []


@scripts
def test_leaving_within_the_seconds_loses_nothing(page: Page, live: Article) -> None:
    open_form(page, live)
    DeskPage(page, has_scripts=True).fill(headline=NEW)
    page.goto("/admin/")
    open_form(page, live)
    page.locator("#autosave-browser [data-way=back]").click()
    expect(page.locator("[name=headline]")).to_have_value(NEW)


@scripts
def test_browser_that_keeps_nothing_warns_before_leaving(page: Page, live: Article) -> None:
    open_form(page, live)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.context.set_offline(True)
    page.locator("[name=headline]").press_sequentially("x")
    expect(status(page)).to_contain_text("Neither the site nor this browser could keep")
    page.context.set_offline(False)
    page.goto("/admin/")
    assert asked == ["beforeunload"]


@scripts
def test_expired_session_is_told_and_typing_goes_on_after_signing_in_again(
    page: Page, live: Article
) -> None:
    open_form(page, live)
    sign_out_everybody()
    desk = DeskPage(page, has_scripts=True)
    desk.fill(headline=NEW)
    expect(status(page)).to_contain_text("You are signed out: kept in this browser")
    assert not Autosave.objects.exists()
    sign_in_elsewhere(page, "bertil")
    kept(page)
    assert fields()["headline"] == [NEW]
    desk.press("Save draft")
    desk.expect_message("Saved as draft, revision 2")
    assert drafts.pending(live).snapshot["headline"] == NEW


@scripts
def test_text_of_one_person_is_not_sent_as_another_s(page: Page, live: Article) -> None:
    make_colleague("reporter", username="priya")
    open_form(page, live)
    sign_out_everybody()
    DeskPage(page, has_scripts=True).fill(headline=NEW)
    expect(status(page)).to_contain_text("You are signed out")
    sign_in_elsewhere(page, "priya")
    expect(status(page)).to_have_text("Somebody else is signed in here now.")
    assert len(copies(page)) == 1 and not Autosave.objects.exists()


def test_form_sent_after_the_session_expired_is_sent_again(
    page: Page, live: Article, has_scripts: bool
) -> None:
    page.goto(f"/admin/articles/article/{live.pk}/change/")
    desk = DeskPage(page, has_scripts=has_scripts)
    sign_out_everybody()
    desk.fill(headline=NEW)
    desk.press("Save draft")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is lost")
    assert not has_scripts or barriers(page) == []
    sign_in_elsewhere(page, "bertil")
    page.get_by_role("button", name="Send again").click()
    if not has_scripts:  # which know the new token
        page.get_by_role("button", name="Send again").click()
    desk.expect_message("Saved as draft, revision 2")
    assert drafts.pending(live).snapshot["headline"] == NEW
    assert not has_scripts or copies(page) == []


@scripts
def test_two_tabs_of_one_person_overwrite_nothing(page: Page, live: Article) -> None:
    open_form(page, live)
    DeskPage(page, has_scripts=True).fill(headline="First tab")
    kept(page)
    second = page.context.new_page()
    open_form(second, live)
    DeskPage(second, has_scripts=True).fill(headline="Second tab")
    expect(status(second)).to_contain_text("Kept in this browser: another text of yours")
    assert fields()["headline"] == ["First tab"]
    assert "Second" in copies(second)[0]


@scripts
def test_copy_that_takes_long_is_stopped_before_the_text_is_saved(
    page: Page, live: Article
) -> None:
    open_form(page, live)
    happened: list[str] = []
    page.route("**/autosave/", lambda _route: happened.append("sent"))  # and never answered
    page.on("requestfailed", lambda _request: happened.append("stopped"))
    page.on("request", lambda sent: sent.url.endswith("/change/") and happened.append(sent.method))
    desk = DeskPage(page, has_scripts=True)
    with page.expect_request("**/autosave/"):
        desk.fill(headline=NEW)
    desk.press("Save draft")
    desk.expect_message("Saved as draft, revision 2")
    assert happened[:3] == ["sent", "stopped", "POST"]
    assert drafts.pending(live).snapshot["headline"] == NEW
    assert copies(page) == []
