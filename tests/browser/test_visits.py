"""New since the last visit: said at the conversation's head, or in the list of one's own."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Article
from comments.models import Comment, Participant
from tests.browser.conftest import SignIn
from tests.browser.test_writing import fill
from tests.builders import make_article, make_site
from tests.comments.builders import hours_pass, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)


@pytest.fixture
def article() -> Article:
    make_site()
    article = make_article(slug="last-winter", headline="Last winter")
    write(article, text="The gulls did it.")
    hours_pass(1)
    return article


def read_page(reader: Page, *, is_noted: bool = True) -> None:
    """Opens the story; waits until the script has noted the visit."""
    if not is_noted:
        reader.goto(PAGE)
        reader.wait_for_load_state("networkidle")
        return
    with reader.expect_response("**/comments/visit/") as response:
        reader.goto(PAGE)
    assert response.value.status == 204


def write_as_guest(reader: Page, *, is_remembered: bool) -> None:
    reader.goto(PAGE)
    form = fill(reader, "I will come back.")
    form.get_by_label("Remember me").set_checked(is_remembered)
    form.get_by_role("button", name="Publish").click()
    expect(reader.locator(".comments")).to_contain_text("I will come back.")


def expect_two_new(reader: Page, later: list[Comment]) -> None:
    """On the page of what is new, in the order of the talk's newest."""
    marked = reader.locator(".comment:has(> .comment-head > .comment-new)")
    expect(marked).to_have_count(2)
    for comment in later:
        expect(reader.locator(f"#comment-{comment.pk} > .comment-head")).to_contain_text("new")
    current = reader.locator(".comment-filters [aria-current=true]")
    expect(current).to_have_text("New since your last visit")


@SCRIPTED
def test_member_sees_the_name_under_which_they_write(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    member = sign_in(reader)
    reader.goto(PAGE)
    line = reader.locator("#write .comment-writer")
    expect(line).to_have_text(f"You write as {member.public_name}.")


@SCRIPTED
def test_member_who_comes_back_is_led_to_what_is_new(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)
    read_page(reader)
    line = reader.locator(".conversation-unread")
    expect(line).to_be_hidden()
    hours_pass(2)
    root = Comment.objects.get()
    later = [write(article, in_reply_to=root), write(article)]
    read_page(reader)
    marks = reader.locator(".comment-new")
    expect(marks).to_have_count(2)
    expect(reader.locator(f"#comment-{root.pk} > .comment-head")).not_to_contain_text("new")
    line.get_by_role("link", name="2 new since your last visit").click()
    expect_two_new(reader, later)
    expect(reader.get_by_text("The gulls did it.")).to_be_visible()


@SCRIPTED
def test_what_was_read_is_new_until_the_visit_ends(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)
    read_page(reader)
    hours_pass(2)
    write(article)
    hours_pass(0.1)
    for _reload in range(2):
        read_page(reader)
        expect(reader.get_by_role("link", name="1 new since your last visit")).to_be_visible()
    hours_pass(2)
    read_page(reader)
    expect(reader.locator(".conversation-unread")).to_be_hidden()


@SCRIPTED
def test_what_was_shown_while_the_page_stayed_open_is_not_new_again(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)
    reader.clock.install()
    read_page(reader)
    comment = write(article)
    reader.clock.fast_forward(31_000)
    with reader.expect_response("**/comments/visit/"):
        reader.get_by_role("button", name="1 new comment: show").click()
    expect(reader.locator(f"#comment-{comment.pk}")).to_be_focused()
    hours_pass(2)
    read_page(reader)
    expect(reader.locator(".conversation-unread")).to_be_hidden()


@SCRIPTED
def test_own_comments_are_never_called_new(reader: Page, article: Article, sign_in: SignIn) -> None:
    user = sign_in(reader)
    read_page(reader)
    hours_pass(2)
    write(article, author=user)
    read_page(reader)
    expect(reader.locator(".conversation-unread")).to_be_hidden()
    expect(reader.locator(".comment-new")).to_have_count(0)


@SCRIPTED
def test_what_came_while_the_page_was_on_its_way_stays_new(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)

    def comment_first(route: Route) -> None:
        write(article)
        route.continue_()

    reader.route("**/me/overlay/*", comment_first, times=1)
    read_page(reader)
    hours_pass(2)
    read_page(reader)
    expect(reader.get_by_role("link", name="1 new since your last visit")).to_be_visible()


@SCRIPTED
@pytest.mark.parametrize("is_remembered", [True, False])
def test_guest_is_told_who_asked_to_be_remembered(
    reader: Page, article: Article, is_remembered: bool
) -> None:
    write_as_guest(reader, is_remembered=is_remembered)
    if is_remembered:
        read_page(reader)
    hours_pass(2)
    later = [write(article), write(article)]
    read_page(reader, is_noted=is_remembered)
    if not is_remembered:
        expect(reader.locator(".conversation-unread")).to_be_hidden()
        expect(reader.locator(".comment-new")).to_have_count(0)
        return
    reader.get_by_role("link", name="2 new since your last visit").click()
    expect_two_new(reader, later)


@SCRIPTED
def test_stranger_asks_for_nothing_and_leaves_no_trace(reader: Page, article: Article) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    read_page(reader, is_noted=False)
    assert not [address for address in asked if "/me/" in address or "visit" in address]
    assert not Participant.objects.exclude(visited_at=None).exists()
    assert not reader.context.cookies()


@pytest.mark.parametrize("window", [("phone", False), ("desktop", False)], ids=str)
def test_without_scripts_a_members_list_leads_to_what_is_new(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)
    reader.goto(PAGE)
    fill(reader, "I will come back.").get_by_role("button", name="Publish").click()
    hours_pass(2)
    later = [write(article), write(article)]
    reader.goto(PAGE)
    reader.get_by_role("link", name="Your comments and votes").first.click()
    expect(reader.locator(".unread")).to_contain_text("2 new comments")
    reader.locator(".unread").get_by_role("link", name="Last winter").click()
    expect_two_new(reader, later)


@pytest.mark.parametrize("window", [("phone", False), ("desktop", False)], ids=str)
def test_without_scripts_a_guest_marks_as_read_and_finds_what_is_new(
    reader: Page, article: Article
) -> None:
    reader.goto(PAGE)
    reader.get_by_role("button", name="Mark as read").click()
    expect(reader).to_have_url(re.compile(r"last-winter/#conversation$"))
    hours_pass(2)
    later = [write(article), write(article)]
    reader.goto("/me/comments/")
    reader.locator(".unread").get_by_role("link", name="Last winter").click()
    expect_two_new(reader, later)
