"""How a page that stays open asks for what is new: seldom, cheaply, and again after a failure.

With scripts only: without them nothing is asked.
"""

import pytest
from playwright.sync_api import Page, Response, expect

from articles.models import Article
from tests.browser.live import open_page, pill, wait_for_news
from tests.builders import make_article
from tests.comments.builders import write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str),
]
HIDE = """hidden => {
    Object.defineProperty(document, "visibilityState", {
        get: () => hidden ? "hidden" : "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture(autouse=True)
def article() -> Article:
    article = make_article(slug="last-winter")
    write(article)
    return article


@pytest.fixture
def asked(reader: Page) -> list[Response]:
    """The answers to the question whether there is something new."""
    answers: list[Response] = []

    def note(response: Response) -> None:
        if "/comments/latest/" in response.url:
            answers.append(response)

    reader.on("response", note)
    return answers


def bytes_of(answers: list[Response]) -> list[int]:
    """How many each brought; of a 304, which the browser calls a 200 from its own store, none."""
    return [answer.request.sizes()["responseBodySize"] for answer in answers]


def test_while_nothing_happens_the_answer_is_empty(
    reader: Page, article: Article, asked: list[Response]
) -> None:
    open_page(reader)
    for _time in range(3):
        wait_for_news(reader)
    first, *others = bytes_of(asked)
    assert first > 0 and others == [0, 0]
    write(article)
    wait_for_news(reader)
    assert bytes_of(asked)[-1] > 0
    expect(pill(reader)).to_be_visible()


def test_hidden_tab_asks_every_five_minutes_and_at_once_when_it_is_shown(
    reader: Page, article: Article, asked: list[Response]
) -> None:
    open_page(reader)
    reader.evaluate(HIDE, True)
    for _minute in range(4):
        reader.clock.fast_forward(60_000)
        reader.wait_for_timeout(100)
    assert asked == []
    wait_for_news(reader, 61)
    assert len(asked) == 1
    with reader.expect_response("**/comments/latest/*"):
        reader.evaluate(HIDE, False)


def test_lost_connection_is_no_end(reader: Page, article: Article) -> None:
    open_page(reader)
    write(article)
    reader.context.set_offline(True)
    with reader.expect_event("requestfailed"):
        reader.clock.fast_forward(31_000)
    reader.context.set_offline(False)
    wait_for_news(reader)
    expect(pill(reader)).to_be_visible()
