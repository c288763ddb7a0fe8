"""Writing, changing and taking back, by keyboard and mouse, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment, Status
from tests.browser.conftest import SignIn
from tests.browser.test_reader import fill_in
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"


@pytest.fixture
def article() -> Article:
    return make_article(slug="last-winter", headline="Last winter")


@pytest.fixture
def own(reader: Page, article: Article) -> Comment:
    """A comment that the reader has just written."""
    reader.goto(PAGE)
    fill_in(reader, text="The logbook is in the attic.")
    expect(reader.locator(".comment")).to_contain_text("in the attic")
    return Comment.objects.get()


def open_own(reader: Page, comment: Comment, link: str, *, has_scripts: bool) -> None:
    """Follows the link on one's comment in the conversation, or in the list of one's own."""
    if not has_scripts:
        reader.goto("/me/comments/")
    place = "comment" if has_scripts else "own"
    reader.locator(f"#{place}-{comment.pk}").get_by_role("link", name=link).click()


def test_reader_changes_a_comment(reader: Page, own: Comment, has_scripts: bool) -> None:
    open_own(reader, own, "Change", has_scripts=has_scripts)
    reader.get_by_label("Comment").fill("The logbook is in the *cellar*.")
    reader.get_by_role("button", name="Save the change").click()
    comment = reader.locator(f"#comment-{own.pk}")
    expect(comment.locator("em")).to_have_text("cellar")
    expect(comment.locator(".comment-edited")).to_have_text("edited")


def test_reader_deletes_a_comment(reader: Page, own: Comment, has_scripts: bool) -> None:
    open_own(reader, own, "Delete", has_scripts=has_scripts)
    reader.get_by_role("button", name="Delete the comment").click()
    expect(reader.locator("p.notice")).to_contain_text("deleted")
    expect(reader.locator(f"#comment-{own.pk}")).to_have_count(0)


def test_held_comment_is_shown_to_its_writer(
    reader: Page, article: Article, has_scripts: bool
) -> None:
    root = write(article)
    make_site(comment_policy="held")
    reader.goto(f"/comments/{root.pk}/reply/")
    fill_in(reader, text="Only I can read this.")
    if not has_scripts:
        reader.locator("p.notice").get_by_role("link").click()
    waiting = reader.locator("article", has_text="Waits for a moderator").last
    expect(waiting).to_contain_text("Only I can read this.")
    assert Comment.objects.latest("id").status == Status.HELD


def test_own_vote_is_still_shown_tomorrow(
    reader: Page, article: Article, has_scripts: bool
) -> None:
    root = write(article, text="Who will write the logbook?")
    reader.goto(PAGE)
    up = reader.get_by_role("button", name="Vote for this comment")
    up.click()
    expect(reader.locator(".comment-score").first).to_have_text("1")
    if has_scripts:
        reader.goto(PAGE)
        expect(up).to_have_attribute("aria-pressed", "true")
        return
    reader.goto("/me/comments/")
    expect(reader.locator(".own-vote")).to_contain_text("Who will write the logbook?")
    reader.get_by_role("button", name="Take the vote back").click()
    expect(reader.locator(".comment-score")).to_have_text("0")
    root.refresh_from_db()
    assert root.score == 0


def test_member_writes_without_a_name_or_address(
    reader: Page, article: Article, sign_in: SignIn, has_scripts: bool
) -> None:
    wilma = sign_in(reader, make_user(username="wilma", first_name="Wilma", last_name="Ode"))
    reader.goto(PAGE)
    form = reader.locator("#write")
    if has_scripts:
        expect(form.locator("[name=name]:enabled")).to_have_count(0)
    form.get_by_role("textbox", name="Comment").fill("The logbook is in the attic.")
    form.get_by_role("button", name="Publish comment").click()
    expect(reader.locator(".comment")).to_contain_text("Wilma Ode")
    assert Comment.objects.get().author == wilma
