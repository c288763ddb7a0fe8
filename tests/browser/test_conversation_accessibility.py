"""Every state of a conversation passes axe and fits its window, from the left and from the right.

With scripts only, because axe is one.
"""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment, Discussion
from comments.moderating import hold, remove
from tests.browser.conftest import WINDOWS, SignIn
from tests.browser.live import open_page, pill, wait_for_news
from tests.browser.test_conversation_reading import violations
from tests.browser.test_invitation import BODY, invitation, read_on
from tests.builders import make_article, make_site
from tests.comments.builders import hours_pass, make_guest, make_moderator, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str),
]


@pytest.fixture(params=["en", "ar"])
def article(request: pytest.FixtureRequest) -> Article:
    make_site()
    return make_article(slug="ferry", headline="العبّارة", language=request.param, body=BODY)


@pytest.fixture
def talk(article: Article) -> Comment:
    """A thread with answers in both directions of writing; an older one of tombstones."""
    gone = write(article, text="Buy my boats")
    waits = write(article, in_reply_to=gone)
    write(article, in_reply_to=waits, text="Nobody does.")
    remove(gone, by=make_moderator())
    hold(waits, by=make_moderator())
    root = write(article, text="من سيكتب السجل؟", guest=make_guest(name="سلمى حداد"))
    low = write(article, in_reply_to=root, text="Who cares?")
    Comment.objects.filter(pk=low.pk).update(downs=9)
    return root


def page_of(article: Article) -> str:
    return f"{'/ar' if article.language == 'ar' else ''}/articles/ferry/"


def expect_no_barriers(reader: Page) -> None:
    assert violations(reader) == [], reader.url
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.evaluate(overflow) <= 0, "the page fits the window"


def test_page_with_tombstones_folded_comments_and_an_invitation(
    reader: Page, article: Article, talk: Comment
) -> None:
    Discussion.objects.update(invites=True)
    reader.goto(page_of(article))
    read_on(reader, share=0.6)
    expect(invitation(reader)).to_be_in_viewport()
    expect(reader.locator(".tombstone")).to_have_count(2)
    expect_no_barriers(reader)
    reader.locator(".comment-folded > summary").click()
    reader.locator(f"#comment-{talk.pk} > .thread-line").click()
    expect_no_barriers(reader)


def test_reply_form_and_what_others_have_written(
    reader: Page, article: Article, talk: Comment
) -> None:
    open_page(reader, page_of(article))
    reader.locator(f"#comment-{talk.pk} > .comment-actions > .comment-reply").click()
    expect(reader.locator(f"#comment-{talk.pk} > form.comment-form")).to_be_visible()
    write(article, in_reply_to=talk)
    wait_for_news(reader)
    expect(pill(reader)).to_be_in_viewport()
    expect_no_barriers(reader)
    pill(reader).click()
    expect(reader.locator(".comment:focus")).to_have_count(1)
    expect_no_barriers(reader)


def test_form_that_was_refused(reader: Page, article: Article) -> None:
    reader.goto(f"{page_of(article)}comment/")
    reader.locator("form.comment-form button").first.click()
    expect(reader.get_by_role("alert")).to_be_visible()
    expect_no_barriers(reader)


def test_what_is_new_since_the_last_visit(
    reader: Page, article: Article, talk: Comment, sign_in: SignIn
) -> None:
    user = sign_in(reader)
    type(user).objects.filter(pk=user.pk).update(language=article.language)
    with reader.expect_response("**/comments/visit/"):
        reader.goto(page_of(article))
    hours_pass(2)
    write(article, in_reply_to=talk), write(article, author=user)
    reader.goto("/me/comments/")
    expect(reader.locator(".unread")).to_be_visible()
    expect_no_barriers(reader)
    reader.goto(page_of(article))
    expect(reader.locator(".conversation-unread")).to_be_visible()
    expect_no_barriers(reader)
    reader.locator(".conversation-unread a").click()
    expect(reader.locator(".comment-filters")).to_be_visible()
    expect_no_barriers(reader)
