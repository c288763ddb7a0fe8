"""Passing a comment on: by what the device offers, else by copying its address."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)
# What a device may offer, in place of its own.
OFFERS = "navigator.share = async (what) => { %s; window.shared = what; }"
OFFERS_NOTHING = "Object.defineProperty(navigator, 'share', { value: undefined })"
COPIES = """
Object.defineProperty(navigator, "clipboard", {
    value: { writeText: async (text) => { %s; window.copied = text; } } });
"""
REFUSES = "throw new DOMException('no', '%s')"


@pytest.fixture
def comment() -> Comment:
    return write(make_article(slug="last-winter", headline="Last winter"))


def share(reader: Page, comment: Comment, *scripts: str) -> None:
    for script in scripts:
        reader.add_init_script(script)
    reader.goto(PAGE)
    reader.locator(f"#comment-{comment.pk}").get_by_role("button", name="Share").click()


def address(live_server: object, comment: Comment) -> str:
    return f"{live_server}/comments/{comment.pk}/"


@SCRIPTED
def test_device_that_shares_gets_the_permalink(
    reader: Page, comment: Comment, live_server: object
) -> None:
    share(reader, comment, OFFERS % "")
    shared = reader.evaluate("window.shared")
    assert shared["url"] == address(live_server, comment)
    assert "Last winter" in shared["title"]
    expect(reader.get_by_role("button", name="Address copied")).to_have_count(0)


@SCRIPTED
def test_elsewhere_the_address_is_copied_and_the_button_says_so(
    reader: Page, comment: Comment, live_server: object
) -> None:
    share(reader, comment, OFFERS_NOTHING, COPIES % "")
    expect(reader.get_by_role("button", name="Address copied")).to_be_focused()
    expect(reader.locator("#conversation-status")).to_have_text("Address copied")
    assert reader.evaluate("window.copied") == address(live_server, comment)


@SCRIPTED
def test_who_thinks_better_of_it_stays_where_they_are(reader: Page, comment: Comment) -> None:
    share(reader, comment, OFFERS % REFUSES % "AbortError", COPIES % "")
    expect(reader.locator(".comment-share")).to_have_count(1)
    assert reader.evaluate("window.copied ?? null") is None
    assert reader.url.endswith(PAGE)


@SCRIPTED
def test_where_nothing_may_be_copied_the_address_is_shown(
    reader: Page, comment: Comment, live_server: object
) -> None:
    share(reader, comment, OFFERS_NOTHING, COPIES % REFUSES % "NotAllowedError")
    expect(reader).to_have_url(address(live_server, comment))


@SCRIPTED
def test_device_that_will_not_share_copies(
    reader: Page, comment: Comment, live_server: object
) -> None:
    share(reader, comment, OFFERS % REFUSES % "NotAllowedError", COPIES % "")
    expect(reader.get_by_role("button", name="Address copied")).to_be_visible()
    assert reader.evaluate("window.copied") == address(live_server, comment)


@SCRIPTED
def test_each_comment_is_shared_once_and_tombstones_are_not(reader: Page, comment: Comment) -> None:
    answer = write(comment.article, in_reply_to=comment)
    Comment.objects.filter(pk=comment.pk).update(status="removed", reason="abuse")
    for place in (PAGE, f"/comments/{answer.pk}/"):
        reader.goto(place)
        expect(reader.locator(".comment-share")).to_have_count(1)


def test_time_is_the_permalink_with_scripts_and_without(
    reader: Page, comment: Comment, has_scripts: bool
) -> None:
    reader.goto(PAGE)
    expect(reader.locator(".comment-share")).to_have_count(1 if has_scripts else 0)
    reader.locator(f"#comment-{comment.pk} .comment-time").click()
    expect(reader).to_have_url(f"{reader.url.split('/comments/')[0]}/comments/{comment.pk}/")
    expect(reader.locator(f"#comment-{comment.pk}")).to_be_focused()
