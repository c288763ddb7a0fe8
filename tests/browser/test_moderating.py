"""Moderators at the queues: single keys with scripts, buttons without, and axe finds nothing."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from comments.models import Comment, ModerationEntry
from tests.browser.conftest import WINDOWS
from tests.builders import make_article, make_site
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUEUE = "/admin/comments/comment/queue/unreviewed/"
# The second press comes while the first is on its way, and nothing has been answered.
TWICE = """key => {
    const press = () => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    press();
    setTimeout(press, 20);
}"""


@pytest.fixture
def comments() -> list[Comment]:
    """Three that nobody has looked at, newest first, as the queue has them."""
    make_site()
    article = make_article()
    return [write(article, text=f"The ferry, part {number}") for number in (3, 2, 1)][::-1]


def is_at(page: Page, comment: Comment) -> None:
    expect(page.locator(f"#comment-{comment.pk}")).to_be_focused()


def status_of(comment: Comment) -> tuple[str, str, bool]:
    comment.refresh_from_db()
    return comment.status, comment.reason, comment.reviewed_at is not None


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_keys_go_decide_and_undo(colleague: Callable[[str], Page], comments: list[Comment]) -> None:
    page, (first, second, third) = colleague("moderator"), comments
    page.goto(QUEUE)
    page.keyboard.press("j")
    is_at(page, first)
    page.keyboard.press("j")
    page.keyboard.press("k")
    is_at(page, first)
    page.keyboard.press("a")
    is_at(page, second)  # what came after it
    assert status_of(first) == ("public", "", True)
    page.keyboard.press("r")
    reason = page.locator(f"#comment-{second.pk} [name=reason]")
    expect(reason).to_be_focused()
    page.keyboard.press("a")  # typed into the field, and no key
    reason.select_option("abuse")
    page.locator(f"#comment-{second.pk} .case-remove").click()
    is_at(page, third)
    assert status_of(second) == ("removed", "abuse", True)
    page.keyboard.press("s")
    expect(page.locator(".desk-empty")).to_be_visible()
    assert status_of(third)[0] == "spam"
    page.keyboard.press("u")
    expect(page.locator(f"#comment-{third.pk}")).to_be_visible()
    assert status_of(third) == ("public", "", False)


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_keys_are_about_all_that_are_chosen_and_say_what_they_did(
    colleague: Callable[[str], Page], comments: list[Comment]
) -> None:
    page, (first, second, third) = colleague("moderator"), comments
    page.goto(QUEUE)
    for key in "jjxjx":
        page.keyboard.press(key)
    page.keyboard.press("r")
    expect(page.locator("#several [name=reason]")).to_be_focused()
    page.locator(f"#comment-{third.pk}").focus()
    page.keyboard.press("a")
    told = page.get_by_text("2 comments changed")
    expect(told).to_be_in_viewport()
    assert status_of(second)[2] and status_of(third)[2] and not status_of(first)[2]


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_key_pressed_twice_acts_once(
    colleague: Callable[[str], Page], comments: list[Comment]
) -> None:
    page, (first, second, _third) = colleague("moderator"), comments
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(QUEUE)
    page.keyboard.press("j")
    page.evaluate(TWICE, "a")
    is_at(page, second)
    assert sent.count("POST") == 1 and status_of(first) == ("public", "", True)
    expect(page.locator(".messagelist li")).to_have_text(["1 comment changed."])


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_undoing_leads_to_the_comment_that_came_back(
    colleague: Callable[[str], Page], comments: list[Comment]
) -> None:
    page, (first, second, third) = colleague("moderator"), comments
    page.goto(QUEUE)
    for comment in (first, second):
        page.locator(f"#comment-{comment.pk}").focus()
        page.keyboard.press("a")
        expect(page.locator(f"#comment-{comment.pk}")).to_have_count(0)
    is_at(page, third)
    for comment in (second, first):
        page.keyboard.press("u")
        is_at(page, comment)


@pytest.mark.parametrize("window", [("desktop", True)], ids=str, indirect=True)
def test_keys_choose_help_and_are_switched_off(
    colleague: Callable[[str], Page], comments: list[Comment]
) -> None:
    page, first = colleague("moderator"), comments[0]
    page.goto(QUEUE)
    page.keyboard.press("?")
    expect(page.get_by_text("next comment")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(f"#comment-{first.pk} [type=checkbox]")).to_be_checked()
    page.get_by_label("Single keys act").uncheck()
    page.reload()
    page.locator(f"#comment-{first.pk}").focus()
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    assert not ModerationEntry.objects.exists()


@pytest.mark.parametrize("window", [("phone", False), ("desktop", True)], ids=str, indirect=True)
def test_buttons_do_the_same(colleague: Callable[[str], Page], comments: list[Comment]) -> None:
    page, (first, second, third) = colleague("moderator"), comments
    page.goto(QUEUE)
    page.locator(f"#comment-{first.pk} [value=approve]").click()
    expect(page.locator(".messagelist")).to_contain_text("1 comment changed.")
    for comment in (second, third):
        page.locator(f"#comment-{comment.pk} [type=checkbox]").check()
    page.get_by_text("Decide about several at once").click()
    page.get_by_role("button", name="Remove those chosen").click()
    expect(page.locator("#several .errorlist")).to_contain_text("Say why")
    page.locator("#several [name=reason]").select_option("off_topic")
    page.get_by_role("button", name="Remove those chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("2 comments changed.")
    assert status_of(third) == ("removed", "off_topic", True)


@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
def test_queues_have_no_barriers(colleague: Callable[[str], Page], comments: list[Comment]) -> None:
    page, found = colleague("moderator"), {}
    for address in (QUEUE, f"/admin/comments/comment/{comments[0].pk}/change/"):
        page.goto(address)
        for details in page.locator("#content details").all():
            details.evaluate("each => { each.open = true }")
        for violation in Axe().run(page).response["violations"]:
            nodes = [node["html"][:200] for node in violation["nodes"]]
            found[f"{address} {violation['id']}"] = nodes
    assert not found
