"""Reading a long conversation: its pages, its threads, its permalinks."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment
from tests.browser.conftest import WINDOWS
from tests.builders import make_article, make_site
from tests.comments.builders import write
from tests.comments.rows import make_long_conversation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/ferry/"


@pytest.fixture
def article() -> Article:
    make_site(name="The Quillmere Courier")
    return make_article(slug="ferry", headline="The ferry")


def violations(page: Page) -> list[str]:
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in Axe().run(page).response["violations"]
    ]


def test_next_page_and_more_replies_come_in_place(
    reader: Page, article: Article, has_scripts: bool
) -> None:
    make_long_conversation(article, threads=25, replies=14)
    reader.goto(PAGE)
    threads = reader.locator(".comments > .comment")
    expect(threads).to_have_count(20)
    reader.get_by_role("link", name="Show 4 more replies").first.click()
    if has_scripts:
        expect(threads.first.locator(".replies > .comment")).to_have_count(14)
        expect(threads.first.locator(".replies > .comment:focus")).to_have_count(1)
        reader.get_by_role("link", name="More comments").click()
        expect(threads).to_have_count(25)
        expect(reader.locator(".comments > .comment").nth(20)).to_be_focused()
        expect(reader.get_by_role("link", name="More comments")).to_have_count(0)
    else:
        expect(reader.locator(".comment[id]")).to_have_count(4)
        reader.goto(PAGE)
        reader.get_by_role("link", name="More comments").click()
        expect(threads).to_have_count(5)


def test_missing_comment_of_the_address_has_its_own_page(
    reader: Page, article: Article, has_scripts: bool
) -> None:
    make_long_conversation(article, threads=30)
    last = Comment.objects.order_by("public_at").first()
    assert last
    reader.goto(f"{PAGE}#comment-{last.pk}" if has_scripts else f"/comments/{last.pk}/")
    comment = reader.locator(f"#comment-{last.pk}")
    expect(comment).to_be_focused()
    reader.get_by_role("link", name="Its place in the conversation").click()
    expect(comment).to_be_visible()
    expect(reader).to_have_url(f"{reader.url.split('#')[0]}#comment-{last.pk}")


def test_chosen_order_is_remembered_on_the_device(
    reader: Page, article: Article, has_scripts: bool
) -> None:
    first, second = write(article), write(article)
    reader.goto(PAGE)
    reader.get_by_role("link", name="Oldest").click()
    shown = reader.locator(".comments > .comment").first
    expect(shown).to_have_id(f"comment-{first.pk}")
    reader.goto(PAGE)
    expect(shown).to_have_id(f"comment-{first.pk if has_scripts else second.pk}")


@pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True)
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_pages_of_the_conversation_are_accessible(
    reader: Page, article: Article, prefix: str
) -> None:
    """With scripts only, because axe is one."""
    edition = make_article(slug="ferry", story=article.story, language="ar") if prefix else article
    make_long_conversation(edition, threads=3, replies=12)
    root = Comment.objects.filter(parent=None).first()
    assert root
    low = write(edition, in_reply_to=root)
    Comment.objects.filter(pk=low.pk).update(downs=9)
    thread = f"{prefix}{PAGE}comments/?thread={root.pk}"
    for address in (f"{prefix}{PAGE}comments/", thread, f"{prefix}/comments/{low.pk}/"):
        reader.goto(address)
        assert violations(reader) == [], address
