"""The invitation to comment: of stories that ask for it, quiet, and gone for good once closed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from comments.models import Discussion
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)
BODY = "<p>The harbour board agreed on Tuesday.</p>" * 60


@pytest.fixture
def article() -> Article:
    """A long story that invites readers to comment."""
    make_site()
    article = make_article(slug="last-winter", body=BODY)
    Discussion.objects.create(story=article.story, invites=True)
    return article


def invitation(reader: Page) -> Locator:
    return reader.locator(".invitation")


def read_on(reader: Page, *, share: float) -> None:
    """Scrolls until so much of the text has come into sight."""
    reader.evaluate(
        """share => {
            const { top, height } = document.getElementById("text").getBoundingClientRect();
            scrollBy(0, top + height * share - innerHeight);
        }""",
        share,
    )


def test_invitation_leads_to_the_form(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    link = invitation(reader).get_by_role("link", name="Would love your thoughts, please comment.")
    link.click()
    expect(reader).to_have_url(f"{reader.url.split('#')[0]}#write")
    expect(reader.locator("#write")).to_be_in_viewport()


def test_no_story_invites_unless_the_desk_says_so(reader: Page, article: Article) -> None:
    make_article(slug="bakery")
    reader.goto("/articles/bakery/")
    expect(invitation(reader)).to_have_count(0)
    reader.goto(PAGE)
    expect(invitation(reader)).to_have_count(1)


def test_closed_conversation_invites_nobody(reader: Page, article: Article) -> None:
    Discussion.objects.update(policy="closed")
    reader.goto(PAGE)
    expect(invitation(reader)).to_have_count(0)


@pytest.mark.parametrize("window", [("phone", False), ("desktop", False)], ids=str)
def test_without_scripts_it_is_a_line_below_the_text(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    expect(invitation(reader)).to_be_visible()
    expect(invitation(reader).get_by_role("button")).to_have_count(0)


@SCRIPTED
def test_it_comes_once_the_story_is_half_read(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    expect(invitation(reader)).not_to_be_in_viewport()
    read_on(reader, share=0.4)
    expect(invitation(reader)).not_to_be_in_viewport()
    read_on(reader, share=0.6)
    expect(invitation(reader)).to_be_in_viewport()
    read_on(reader, share=1.2)
    expect(invitation(reader)).not_to_contain_class("invitation-floating")


@SCRIPTED
def test_once_closed_it_never_comes_again_below_that_story(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    read_on(reader, share=0.6)
    close = reader.get_by_role("button", name="Close the invitation")
    close.focus()
    close.press("Enter")
    expect(invitation(reader)).to_have_count(0)
    reader.goto(PAGE)
    read_on(reader, share=0.6)
    expect(invitation(reader)).to_have_count(0)
    other = make_article(slug="bakery", body=BODY)
    Discussion.objects.create(story=other.story, invites=True)
    reader.goto("/articles/bakery/")
    expect(invitation(reader)).to_have_count(1)
