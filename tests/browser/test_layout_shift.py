"""Nothing on a page moves unless the reader does something, however late the scripts come."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.browser.conftest import WINDOWS, SignIn
from tests.browser.paper import (
    CONVERSATION,
    PAGE,
    PAGES,
    SCROLL,
    WATCH,
    come_late,
    make_paper,
    open_slowly,
    shifts,
)
from tests.comments.builders import hours_pass, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [(name, True) for name in WINDOWS], ids=str, indirect=True),
]


@pytest.fixture
def article() -> Article:
    return make_paper()


@pytest.fixture
def reader(reader: Page) -> Page:
    reader.add_init_script(WATCH)
    reader.route("**/*.js", come_late)
    return reader


@pytest.mark.parametrize("who", ["stranger", "member"])
def test_pages_stand_still_to_their_end(
    reader: Page, article: Article, sign_in: SignIn, who: str
) -> None:
    if who == "member":
        sign_in(reader)
    for address in (*PAGES, f"{PAGE}#conversation"):
        open_slowly(reader, address)
        reader.evaluate(SCROLL)
        reader.wait_for_timeout(100)
        assert shifts(reader) == [], address


def test_what_is_new_to_a_member_moves_nothing(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)
    open_slowly(reader, CONVERSATION)
    hours_pass(2)
    write(article)
    write(article)
    open_slowly(reader, CONVERSATION)
    expect(reader.locator(".conversation-unread")).to_be_visible()
    expect(reader.locator(".comment-new")).to_have_count(2)
    expect(reader.locator("#write [name=email]")).to_be_disabled()
    assert shifts(reader) == []


def test_member_has_no_fields_for_a_name_further_down(
    reader: Page, article: Article, sign_in: SignIn
) -> None:
    sign_in(reader)
    open_slowly(reader, PAGE)
    expect(reader.locator("#write [name=text]")).to_have_count(1)
    expect(reader.locator("#write [name=name]")).to_have_count(0)


def test_address_of_a_comment_leads_to_it(reader: Page, article: Article) -> None:
    reader.goto(PAGE)
    ids = [each.get_attribute("id") for each in reader.locator(".comment[id]").all()]
    assert len(ids) > 60
    for comment in (ids[0], ids[len(ids) // 2], ids[-1]):
        open_slowly(reader, f"{PAGE}#{comment}")
        expect(reader.locator(f"#{comment} > .comment-head")).to_be_in_viewport(ratio=1)
        assert shifts(reader) == [], comment


def test_address_leads_to_a_comment_far_below_on_a_long_page(
    reader: Page, article: Article
) -> None:
    """There threads that nobody has come near have no height of their own yet."""
    whole = f"{CONVERSATION}?show=all"
    reader.goto(whole)
    ids = [each.get_attribute("id") for each in reader.locator(".comment[id]").all()]
    assert len(ids) == 150
    for comment in (ids[100], ids[-1]):
        open_slowly(reader, f"{whole}#{comment}")
        expect(reader.locator(f"#{comment} > .comment-head")).to_be_in_viewport(ratio=1)
