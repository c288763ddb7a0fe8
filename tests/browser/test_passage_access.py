"""Passages by keyboard alone, in a narrow window, and for assistive technology."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment
from tests.browser.conftest import WINDOWS
from tests.browser.passages import EDITIONS, Edition, mark
from tests.builders import make_article, make_site
from tests.comments.builders import make_question, make_quote, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
with_scripts = pytest.mark.parametrize(
    "window", [(name, True) for name in WINDOWS], ids=str, indirect=True
)


@pytest.fixture(params=EDITIONS, ids=lambda edition: edition.language)
def edition(request: pytest.FixtureRequest) -> Edition:
    return request.param


@pytest.fixture
def article(edition: Edition) -> Article:
    make_site(name="The Quillmere Courier")
    return make_article(slug="ferry", language=edition.language, body=edition.body)


def test_question_is_answered_by_keyboard_alone(
    reader: Page, edition: Edition, article: Article, has_scripts: bool
) -> None:
    asked = make_question(article, exact=edition.once)
    reader.goto(edition.page)
    go_by_tab(reader, ".question-bubble")
    reader.keyboard.press("Enter")
    if not has_scripts:
        go_by_tab(reader, f"#question-{asked.pk} summary", steps=1)
        reader.keyboard.press("Enter")
    expect(reader.locator(f"#question-{asked.pk} summary")).to_be_focused()
    go_by_tab(reader, ".question-reply", steps=1)
    reader.keyboard.press("Enter")
    if has_scripts:
        expect(reader.locator(".question [name=text]")).to_be_focused()
    else:
        reader.wait_for_url("**/answer/")
        go_by_tab(reader, "[name=name]")
    fill_in_by_keyboard(reader, back=has_scripts)
    expect(reader.locator(".comments > .comment")).to_contain_text("By keyboard.")
    assert Comment.objects.get().passage == asked


def go_by_tab(page: Page, selector: str, *, steps: int = 60) -> None:
    for _step in range(steps):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    focused = page.evaluate("document.activeElement.outerHTML")
    pytest.fail(f"{selector} was not reached in {steps} steps, but {focused[:200]}")


def fill_in_by_keyboard(page: Page, *, back: bool) -> None:
    """From the text back to the name, or from the name on; sends with Enter in a line."""
    lines = ["By keyboard.", "wilma@readers.example", "Wilma Achterberg"]
    for number, line in enumerate(lines if back else lines[::-1]):
        if number:
            page.keyboard.press("Shift+Tab" if back else "Tab")
        page.keyboard.type(line)
    if not back:
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")


def barriers(page: Page) -> list[str]:
    """What axe complains of, and whether one must scroll sideways."""
    found = [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in Axe().run(page).response["violations"]
    ]
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, "wider than the window"] if is_wide else found


@pytest.fixture
def lively(article: Article, edition: Edition) -> int:
    """The number of a question with answers, in an article with much else that can go wrong."""
    asked = make_question(article, exact=edition.once)
    for _number in range(2):
        write(article, passage=asked)
    make_question(article, exact=edition.twice, suffix=" ", is_closed=True)
    gone = make_question(article, exact=edition.gone)
    write(article, passage=gone)
    make_quote(article, exact=edition.twice)
    Article.objects.update(body=edition.body.replace(edition.gone, ""))
    return asked.pk


@with_scripts
def test_article_with_passages_has_no_barriers(reader: Page, edition: Edition, lively: int) -> None:
    reader.goto(edition.page)
    assert barriers(reader) == []
    reader.locator(f".question-bubble[href='#question-{lively}']").click()
    reader.locator(f"#question-{lively} .question-reply").click()
    expect(reader.locator(".question [name=text]")).to_be_focused()
    for summary in reader.locator(".question:not(:has([open])) summary").all()[::-1]:
        summary.click()
    assert barriers(reader) == []
    mark(reader, edition.twice)
    expect(reader.locator(".passage-tools")).to_be_visible()
    assert barriers(reader) == []
    reader.locator("[data-verb=quote]").click()
    expect(reader.locator("#write .comment-quoting")).to_be_visible()
    assert barriers(reader) == []


@with_scripts
def test_copied_words_are_those_of_the_text(reader: Page, edition: Edition, lively: int) -> None:
    reader.goto(edition.page)
    reader.locator("#text em").click(click_count=3)
    copied = reader.evaluate("getSelection().toString()")
    assert edition.once in copied and "2" not in copied


@with_scripts
def test_pages_about_passages_have_no_barriers(reader: Page, edition: Edition, lively: int) -> None:
    prefix = edition.page.partition("articles")[0]
    for address in (
        f"{edition.page}passages/",
        f"{edition.page}error/?paragraph=0",
        f"{edition.page}error/sent/",
        f"{edition.page}comment/?paragraph=1",
        f"{edition.page}comments/?show=inline",
        f"{edition.page}comments/?passage={lively}",
        f"{prefix}passages/{lively}/answer/",
    ):
        reader.goto(address)
        assert barriers(reader) == [], address


@with_scripts
def test_refusals_have_no_barriers(reader: Page, edition: Edition, lively: int) -> None:
    prefix = edition.page.partition("articles")[0]
    for address, words in (
        (f"{edition.page}error/?paragraph=0", ""),
        (f"{edition.page}error/?paragraph=0", "Elsewhere"),
        (f"{edition.page}comment/?paragraph=0", "Elsewhere"),
        (f"{prefix}passages/{lively}/answer/", ""),
    ):
        reader.goto(address)
        if words:  # that are not in the text any more
            reader.locator("[name=exact]").evaluate("(field, words) => field.value = words", words)
        reader.locator("form.comment-form button[type=submit]").first.click()
        expect(reader.locator(".error-summary")).to_be_visible()
        assert barriers(reader) == [], address
