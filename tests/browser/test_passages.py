"""Questions, quotations and error reports: beside the text, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment, ErrorReport
from tests.browser.conftest import WINDOWS
from tests.browser.desk import DeskPage
from tests.browser.passages import EDITIONS, Edition, choose_paragraph, mark
from tests.builders import make_article, make_colleague, make_site
from tests.comments.builders import make_question, write

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


def send(page: Page, *, text: str, within: str = "") -> None:
    form = page.locator(f"{within} form.comment-form").first
    form.locator("[name=name]").fill("Wilma Achterberg")
    form.locator("[name=email]").fill("wilma@readers.example")
    form.locator("[name=text]").fill(text)
    form.locator("button[type=submit]:not([name])").click()


def test_reader_answers_a_question_beside_the_text(
    reader: Page, edition: Edition, article: Article, has_scripts: bool
) -> None:
    asked = make_question(article, exact=edition.once)
    write(article, passage=asked, text="I was there, and wet.")
    reader.goto(edition.page)
    bubble, question = reader.locator(".question-bubble"), reader.locator(f"#question-{asked.pk}")
    expect(bubble).to_have_text("1")
    bubble.click()
    if not has_scripts:
        question.locator("summary").click()
    expect(question.locator(".question-answer")).to_contain_text("I was there, and wet.")
    question.locator(".question-reply").click()
    send(reader, text="So was I.", within=f"#question-{asked.pk}" if has_scripts else "")
    answer = reader.locator(".comments > .comment").first
    expect(answer.locator(".comment-quote")).to_contain_text(edition.once)
    expect(bubble).to_have_text("2")
    assert Comment.objects.filter(passage=asked).count() == 2


def test_all_answers_are_a_click_away(
    reader: Page, edition: Edition, article: Article, has_scripts: bool
) -> None:
    asked = make_question(article, exact=edition.once)
    for number in range(5):
        write(article, passage=asked, text=f"Aye, number {number}.")
    write(article)
    reader.goto(edition.page)
    question = reader.locator(f"#question-{asked.pk}")
    question.locator("summary").click()
    expect(question.locator(".question-answer")).to_have_count(3)
    question.locator(".question-actions > a:not(.button)").click()
    expect(reader.locator(".comments > .comment")).to_have_count(5)
    expect(reader.locator(".comment-filters [aria-current]")).to_have_count(1)


def test_reader_quotes_what_the_text_says(
    reader: Page, edition: Edition, article: Article, has_scripts: bool
) -> None:
    reader.goto(edition.page)
    if has_scripts:
        mark(reader, edition.twice, time=2)
        reader.locator("[data-verb=quote]").click()
        expect(reader.locator("#write .comment-quoting")).to_contain_text(edition.twice)
        expect(reader.locator("#write [name=text]")).to_be_focused()
    else:
        choose_paragraph(reader, edition.once, verb="comment")
    send(reader, text="Says who?")
    comment = reader.locator(".comments > .comment")
    expect(comment.locator(".comment-quote")).to_contain_text(edition.twice)
    comment.locator(".comment-quote-foot a").click()
    quote = Comment.objects.get().passage
    assert quote
    place = reader.locator(f"#passage-{quote.pk}")
    expect(place).to_be_in_viewport()
    assert place.evaluate("mark => mark.closest('p').matches('p + p')")


def test_reader_takes_the_quotation_away_again(
    reader: Page, edition: Edition, article: Article, has_scripts: bool
) -> None:
    reader.goto(edition.page)
    if has_scripts:
        mark(reader, edition.once)
        reader.locator("[data-verb=quote]").click()
    else:
        choose_paragraph(reader, edition.once, verb="comment")
    quoting = reader.locator("form.comment-form").first.locator(".comment-quoting")
    expect(quoting).to_contain_text(edition.once)
    quoting.locator("a.quoting-stop").click()
    expect(quoting).to_be_hidden()
    send(reader, text="Never mind.")
    expect(reader.locator(".comments > .comment")).to_contain_text("Never mind.")
    assert Comment.objects.get().passage is None


@pytest.mark.parametrize("way", ["marked", "paragraph"])
def test_reader_reports_an_error(
    reader: Page, edition: Edition, article: Article, has_scripts: bool, way: str
) -> None:
    reader.goto(edition.page)
    if has_scripts and way == "marked":
        mark(reader, edition.once)
        reader.locator("[data-verb=error]").click()
    else:
        choose_paragraph(reader, edition.once, verb="error")
    expect(reader.locator(".comment-quoting")).to_contain_text(edition.once)
    send_report(reader, "")
    expect(reader.locator(".error-summary")).to_be_visible()
    send_report(reader, "I know why.")
    expect(reader.locator("p.notice")).to_be_visible()
    report = ErrorReport.objects.get()
    assert report.text == "I know why." and edition.once in report.passage.exact


def send_report(page: Page, text: str) -> None:
    page.locator("[name=text]").fill(text)
    page.locator("form.comment-form button").click()


@with_scripts
def test_long_passage_makes_no_address_that_proxies_refuse(reader: Page) -> None:
    make_site()
    words = "العبارة متأخرة اليوم ولا أحد يعرف السبب " * 40
    make_article(slug="ferry", language="ar", body=f"<p>{words}</p>")
    reader.goto("/ar/articles/ferry/")
    mark(reader, words.strip())
    reader.locator("[data-verb=error]").click()
    expect(reader.locator(".comment-quoting")).to_contain_text("العبارة متأخرة")
    assert len(reader.url) < 8000
    send_report(reader, "It left at noon.")
    expect(reader.locator("p.notice")).to_be_visible()


@with_scripts
def test_editor_asks_about_one_of_two_equal_words(
    reader: Page, edition: Edition, article: Article
) -> None:
    desk = DeskPage(reader, has_scripts=True)
    make_colleague("editor", username="ines")
    desk.sign_in("ines")
    reader.goto(edition.page)
    mark(reader, edition.twice, time=2)
    reader.locator("[data-verb=ask]").click()
    expect(reader.locator("[name=exact]")).to_have_value(edition.twice)
    expect(reader.locator("select[name=article]")).to_have_value(str(article.pk))
    desk.fill(question="Were you aboard?")
    desk.press("Save")
    reader.goto(edition.page)
    expect(reader.locator("p:has(em) .question-bubble")).to_have_text("0")
    expect(reader.locator(".question-text")).to_have_text("Were you aboard?")


@with_scripts
def test_readers_are_not_offered_to_ask(reader: Page, edition: Edition, article: Article) -> None:
    reader.goto(edition.page)
    mark(reader, edition.once)
    expect(reader.locator("[data-verb=quote]")).to_be_visible()
    expect(reader.locator("[data-verb=ask]")).to_be_hidden()
    reader.evaluate("getSelection().removeAllRanges()")
    expect(reader.locator(".passage-tools")).to_be_hidden()
