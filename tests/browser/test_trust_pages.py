"""Reports, notices, appeals, sanctions and their desk pass axe, and their forms want no script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comments.models import Appeal, Comment, Flag, Notice
from comments.moderating import hold, remove
from comments.noticing import link, receive
from tests.browser.conftest import SignIn, Speak
from tests.browser.test_account_pages import LOOKED_AT
from tests.browser.test_every_page import expect_keyboard_reaches_all, expect_no_barriers
from tests.browser.test_passkeys import press
from tests.browser.typing import barriers
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import (
    make_appeal,
    make_flag,
    make_moderator,
    make_sanction,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = ["comment/queue/", "comment/queue/held/", "comment/queue/approved/",
        "comment/queue/rejected/", "comment/", "comment/{comment}/change/", "appeal/",
        "appeal/{appeal}/change/", "sanction/", "sanction/{sanction}/change/", "notice/",
        "notice/{notice}/change/"]  # fmt: skip


@pytest.fixture
def comment() -> Comment:
    make_site(name="The Quillmere Courier", editions=("en", "ar"))
    return write(make_article(slug="ferry"), author=make_user(username="wilma"))


@pytest.fixture
def notice(comment: Comment) -> Notice:
    why = "It gives the number of our door."
    return receive(Notice(address=f"/comments/{comment.pk}/", why=why, language="en"))


def pages(comment: Comment, notice: Notice) -> list[str]:
    taken_away = write(comment.article, author=comment.author, text="Buy my boats")
    make_sanction(taken_away, measure="warn")
    remove(taken_away, by=make_moderator(), reason="spam", note="Not below a story.")
    stranger_s = write(comment.article)
    return [f"/comments/{stranger_s.pk}/flag/", f"/comments/{taken_away.pk}/appeal/",
            "/moderation/", "/moderation/notice/", link(notice), "/me/comments/"]  # fmt: skip


@LOOKED_AT
def test_pages_of_readers_are_without_barriers(
    reader: Page,
    sign_in: SignIn,
    comment: Comment,
    notice: Notice,
    speak: Speak,
    scheme: Any,
    language: str,
) -> None:
    reader.emulate_media(color_scheme=scheme)
    speak(reader, language)
    sign_in(reader, comment.author)
    for address in pages(comment, notice):
        is_public = language == "ar" and not address.startswith(("/me/", "/comments/"))
        answer = reader.goto(f"/ar{address}" if is_public else address)
        assert answer and answer.status == 200, address
        expect_no_barriers(reader)


@pytest.mark.parametrize(
    ("window", "scheme"),
    [(("desktop", True), "light"), (("phone", True), "dark")],
    ids=str,
    indirect=["window"],
)
def test_desk_of_moderators_is_without_barriers(
    colleague: Callable[[str], Page], comment: Comment, notice: Notice, scheme: Any
) -> None:
    page, found = colleague("moderator"), {}
    page.emulate_media(color_scheme=scheme)
    make_flag(comment)
    hold(write(comment.article), by=make_moderator())
    ids = {"comment": comment.pk, "notice": notice.pk}
    ids["appeal"] = make_appeal(write(comment.article, text="Buy my boats")).pk
    ids["sanction"] = make_sanction(comment, measure="warn").pk
    for path in DESK:
        answer = page.goto(f"/admin/comments/{path.format(**ids)}")
        assert answer and answer.status == 200, path
        if broken := barriers(page):
            found[path] = broken
    assert not found


def test_keyboard_reaches_all_of_the_pages(
    reader: Page, sign_in: SignIn, comment: Comment, notice: Notice
) -> None:
    sign_in(reader, comment.author)
    for address in pages(comment, notice):
        reader.goto(address)
        reader.wait_for_load_state("networkidle")
        expect_keyboard_reaches_all(reader)


def test_reader_reports_a_comment(reader: Page, comment: Comment) -> None:
    reader.goto(f"/comments/{comment.pk}/flag/")
    reader.get_by_label("Why?").select_option("off_topic")
    press(reader, "Send to the moderators")
    reader.wait_for_load_state()
    assert Flag.objects.get().reason == "off_topic"


def test_writer_asks_for_another_look(reader: Page, sign_in: SignIn, comment: Comment) -> None:
    sign_in(reader, comment.author)
    remove(comment, by=make_moderator(), reason="abuse")
    reader.goto(f"/comments/{comment.pk}/appeal/")
    reader.locator("textarea").fill("It was a joke.")
    reader.locator("main form .button").first.click()
    reader.wait_for_load_state()
    assert Appeal.objects.get().text == "It was a joke."


def test_anybody_gives_notice_and_reads_it_again(reader: Page, comment: Comment) -> None:
    reader.goto("/moderation/notice/")
    reader.locator("[name=address]").fill(f"/comments/{comment.pk}/")
    reader.locator("[name=why]").fill("It gives the number of our door.")
    reader.get_by_label("I believe in good faith").check()
    reader.locator("main form .button").first.click()
    expect(reader.get_by_text("It gives the number of our door.")).to_be_visible()
    assert Notice.objects.get().reference in reader.locator("main").inner_text()
