"""A page that stays open says what others have written, and changes nothing before it is asked to.

With scripts only: without them a page is as it was opened.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Article
from comments.models import Comment
from comments.moderating import approve
from tests.browser.live import PAGE, open_page, pill, wait_for_news
from tests.browser.test_writing import fill
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str),
]


@pytest.fixture
def article() -> Article:
    make_site()
    return make_article(slug="last-winter", headline="Last winter")


@pytest.fixture
def roots(article: Article) -> list[Comment]:
    return [write(article, text="The gulls did it. " * 40) for _number in range(6)]


def ids(reader: Page) -> list[str | None]:
    return [one.get_attribute("id") for one in reader.locator(".comments > .comment").all()]


def test_nothing_moves_until_the_reader_asks(
    reader: Page, article: Article, roots: list[Comment]
) -> None:
    open_page(reader)
    middle = reader.locator(f"#comment-{roots[2].pk}")
    middle.scroll_into_view_if_needed()
    before = middle.bounding_box(), reader.evaluate("scrollY"), ids(reader)
    write(article)
    write(article, in_reply_to=roots[5])
    wait_for_news(reader)
    expect(pill(reader)).to_have_text("2 new comments: show")
    expect(pill(reader)).to_be_in_viewport()
    assert (middle.bounding_box(), reader.evaluate("scrollY"), ids(reader)) == before


def test_new_ones_come_to_their_places_and_the_first_has_the_focus(
    reader: Page, article: Article, roots: list[Comment]
) -> None:
    open_page(reader)
    reply = write(article, in_reply_to=roots[2], text="It was the cat.")
    thread = write(article, text="Who pays for it?")
    wait_for_news(reader)
    pill(reader).click()
    expect(reader.locator(f"#comment-{thread.pk}")).to_be_focused()
    assert ids(reader) == [f"comment-{one.pk}" for one in [thread, *reversed(roots)]]
    below = reader.locator(f"#comment-{roots[2].pk} > .replies > #comment-{reply.pk}")
    expect(below.locator(".comment-new")).to_have_text("new")
    expect(reader.locator(".conversation-head .comment-count")).to_contain_text("8 comments")
    expect(reader.locator(".comment-share")).to_have_count(8)
    expect(pill(reader)).to_be_hidden()
    wait_for_news(reader)
    expect(pill(reader)).to_be_hidden()


def test_in_the_order_of_the_oldest_new_threads_come_last(
    reader: Page, article: Article, roots: list[Comment]
) -> None:
    open_page(reader, f"{PAGE}?sort=oldest")
    later = [write(article), write(article)]
    wait_for_news(reader)
    pill(reader).click()
    expect(reader.locator(f"#comment-{later[0].pk}")).to_be_focused()
    assert ids(reader) == [f"comment-{one.pk}" for one in [*roots, *later]]


def test_what_came_after_the_question_is_shown_once_and_not_announced_again(
    reader: Page, article: Article, roots: list[Comment]
) -> None:
    open_page(reader)
    write(article)
    wait_for_news(reader)
    expect(pill(reader)).to_have_text("1 new comment: show")
    last = write(article)
    pill(reader).click()
    expect(reader.locator(f"#comment-{last.pk}")).to_be_focused()
    wait_for_news(reader)
    expect(pill(reader)).to_be_hidden()


def test_reply_on_a_later_page_comes_with_its_thread_to_the_end(
    reader: Page, article: Article
) -> None:
    roots = [write(article) for _number in range(22)]
    open_page(reader)
    reply = write(article, in_reply_to=roots[0])
    wait_for_news(reader)
    pill(reader).click()
    expect(reader.locator(f"#comment-{reply.pk}")).to_be_focused()
    assert ids(reader)[-1] == f"comment-{roots[0].pk}"
    reader.get_by_role("link", name="More comments").click()
    expect(reader.locator(".comments > .comment")).to_have_count(22)


def test_more_replies_than_a_page_shows_are_a_click_away(reader: Page, article: Article) -> None:
    root = write(article)
    open_page(reader)
    replies = [write(article, in_reply_to=root) for _number in range(13)]
    wait_for_news(reader)
    pill(reader).click()
    expect(reader.locator(f"#comment-{replies[0].pk}")).to_be_focused()
    expect(reader.locator(".replies > .comment")).to_have_count(10)
    reader.get_by_role("link", name="Show more replies").click()
    expect(reader.locator(".replies > .comment")).to_have_count(13)


def test_order_that_was_kept_comes_with_what_is_new_by_then(
    reader: Page, article: Article, roots: list[Comment]
) -> None:
    reader.goto(PAGE)
    reader.get_by_role("link", name="Oldest").click()
    later: list[Comment] = []

    def comment_first(route: Route) -> None:
        later.append(write(article))
        route.continue_()

    reader.route("**/comments/?sort=oldest", comment_first, times=1)
    with reader.expect_response("**/comments/?sort=oldest"):
        open_page(reader)
    expect(reader.locator(".comments > .comment").last).to_have_id(f"comment-{later[0].pk}")
    wait_for_news(reader)
    expect(pill(reader)).to_be_hidden()


def test_reply_in_a_closed_thread_opens_it(reader: Page, article: Article) -> None:
    root = write(article)
    write(article, in_reply_to=root)
    open_page(reader)
    reader.get_by_role("button", name="Replies to Ines Halloran").click()
    reply = write(article, in_reply_to=root)
    wait_for_news(reader)
    pill(reader).click()
    expect(reader.locator(f"#comment-{reply.pk}")).to_be_focused()
    line = reader.get_by_role("button", name="Replies to Ines Halloran")
    expect(line).to_have_attribute("aria-expanded", "true")


def test_own_held_comment_is_replaced_once_it_is_approved(reader: Page, article: Article) -> None:
    make_site(comment_policy="held")
    reader.goto(PAGE)
    fill(reader, "It was the cat.").get_by_role("button", name="Publish").click()
    held = reader.locator(".comment-held")
    expect(held).to_contain_text("It was the cat.")
    open_page(reader)
    expect(held).to_contain_text("It was the cat.")
    approve(Comment.objects.get(), by=make_moderator())
    wait_for_news(reader)
    pill(reader).click()
    expect(held).to_have_count(0)
    expect(reader.locator(".comments > .comment")).to_have_count(1)
    expect(reader.get_by_role("link", name="Reply")).to_be_visible()


def test_reader_of_one_language_is_told_of_that_one(reader: Page, article: Article) -> None:
    german = make_article(story=article.story, language="de", slug="winter")
    write(article), write(german)
    open_page(reader, f"{PAGE}?lang=de")
    write(article)
    wait_for_news(reader)
    expect(pill(reader)).to_be_hidden()
    comment = write(german)
    wait_for_news(reader)
    pill(reader).click()
    expect(reader.locator(f"#comment-{comment.pk}")).to_be_focused()
    expect(reader.locator(".comments > .comment")).to_have_count(2)
