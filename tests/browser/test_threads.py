"""Threads as readers like them: closed by their line, what was voted down opened, times told."""

from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment
from tests.builders import make_article, make_site
from tests.comments.builders import hours_pass, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)


@pytest.fixture
def article() -> Article:
    make_site()
    return make_article(slug="last-winter")


@SCRIPTED
def test_thread_is_closed_and_opened_by_keyboard(reader: Page, article: Article) -> None:
    root = write(article)
    reply = write(article, in_reply_to=root)
    write(article, in_reply_to=reply)
    reader.goto(PAGE)
    line = reader.locator(f"#comment-{root.pk} > .thread-line")
    expect(line).to_have_accessible_name("Replies to Ines Halloran")
    expect(line).to_have_attribute("aria-expanded", "true")
    line.focus()
    for key, is_open in (("Enter", False), ("Space", True)):
        line.press(key)
        expect(line).to_have_attribute("aria-expanded", str(is_open).lower())
        expect(reader.locator(f"#comment-{reply.pk}")).to_be_visible(visible=is_open)
        expect(line).to_be_focused()
    expect(reader.locator(".thread-line")).to_have_count(2)


@SCRIPTED
def test_line_of_a_thread_covers_nothing(reader: Page, article: Article) -> None:
    root = write(article)
    write(article, in_reply_to=root)
    reader.goto(PAGE)
    comment = reader.locator(f"#comment-{root.pk}")
    comment.locator("> .thread-line").click(trial=True)
    for link in comment.locator("> .comment-actions > :is(a, button)").all():
        link.click(trial=True)  # it times out where something else would take the click


def test_comment_that_was_voted_down_opens_on_request(reader: Page, article: Article) -> None:
    low, other = write(article, text="Buy my boats"), write(article, text="Who buys boats?")
    answer = write(article, in_reply_to=low, text="Nobody does")
    Comment.objects.filter(pk=low.pk).update(downs=9)
    reader.goto(PAGE)
    for shown in (other, answer):
        expect(reader.get_by_text(shown.text)).to_be_visible()
    expect(reader.get_by_text("Buy my boats")).to_be_hidden()
    summary = reader.get_by_text("Readers voted this comment down. Show it")
    summary.focus()
    summary.press("Enter")
    expect(reader.get_by_text("Buy my boats")).to_be_visible()


@pytest.mark.parametrize(("hours", "words"), [(0.1, "6 minutes ago"), (3, "3 hours ago")])
def test_times_are_absolute_until_the_script_makes_them_distances(
    reader: Page, article: Article, has_scripts: bool, hours: float, words: str
) -> None:
    comment = write(article)
    hours_pass(hours)
    comment.refresh_from_db()
    reader.goto(PAGE)
    time = reader.locator(f"#comment-{comment.pk} time")
    stated = datetime.fromisoformat(time.get_attribute("datetime") or "")
    assert stated == comment.created_at.replace(microsecond=0)
    written = f"{timezone.localtime(comment.created_at):%Y}"
    if has_scripts:
        expect(time).to_have_text(words)
        assert written in (time.get_attribute("title") or "")
    else:
        expect(time).to_contain_text(written)


def test_statistics_stand_at_the_head(reader: Page, article: Article) -> None:
    root = write(article)
    write(article, in_reply_to=root)
    reader.goto(PAGE)
    statistics = reader.locator(".conversation-head > .comment-count")
    for words in ("2 comments", "1 thread", "2 people"):
        expect(statistics).to_contain_text(words)
    Comment.objects.filter(pk=root.pk).update(ups=2)
    reader.get_by_role("link", name="Most reacted comment").click()
    expect(reader.locator(f"#comment-{root.pk}")).to_be_focused()
    reader.goto(PAGE)
    reader.get_by_role("link", name="Hottest thread").click()
    expect(reader.locator(f"#comment-{root.pk}")).to_be_focused()
