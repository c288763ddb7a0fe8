"""What is there for machines stands under the policy; what is there to copy is copied."""

import json
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.browser.test_conversation_reading import violations
from tests.builders import make_article, make_site
from tests.translations.builders import make_attribution, make_licence, make_source_work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/last-winter/"
OFFER = f"{PAGE}republish/"
SCRIPTED = pytest.mark.parametrize("window", [("phone", True), ("desktop", True)], ids=str)
COPIES = """
Object.defineProperty(navigator, "clipboard", {
    value: { writeText: async (text) => { window.copied = text; } } });
"""


@pytest.fixture(autouse=True)
def article() -> Article:
    make_site(name="The Quillmere Courier")
    headline = "Last winter </script><script>window.broken = true</script>"
    article = make_article(slug="last-winter", headline=headline)
    work = make_source_work(published_on=date(2026, 11, 2), url="https://hafenblatt.example/winter")
    make_attribution(article=article, source_work=work, licence=make_licence(is_share_alike=True))
    return article


def test_data_stands_under_the_policy_and_runs_nothing(
    reader: Page, article: Article, has_scripts: bool
) -> None:
    reader.goto(PAGE)
    told = json.loads(reader.locator("script[type='application/ld+json']").text_content() or "")
    assert told["@graph"][0]["headline"] == article.headline
    if has_scripts:
        assert reader.evaluate("window.broken") is None


def test_print_shows_the_credit_and_the_addresses(reader: Page, live_server: object) -> None:
    reader.goto(PAGE)
    expect(reader.get_by_text("https://hafenblatt.example/winter")).to_be_hidden()
    reader.emulate_media(media="print")
    expect(reader.locator(".credit")).to_be_visible()
    expect(reader.get_by_text("https://hafenblatt.example/winter")).to_be_visible()
    expect(reader.locator(".print-address").last).to_contain_text(PAGE)
    expect(reader.get_by_role("link", name="Republish this piece")).to_be_hidden()


def test_reader_finds_the_text_to_copy(reader: Page) -> None:
    reader.goto(PAGE)
    reader.get_by_role("link", name="Republish this piece").click()
    expect(reader.get_by_text("under the same licence")).to_be_visible()
    html = reader.get_by_role("textbox", name="As HTML")
    assert html.input_value().startswith("<h1>Last winter &lt;/script&gt;")


@SCRIPTED
def test_button_copies_the_text_and_says_so(reader: Page) -> None:
    reader.add_init_script(COPIES)
    reader.goto(OFFER)
    reader.get_by_role("button", name="Copy: As plain text").click()
    expect(reader.get_by_role("status")).to_have_text("Copied")
    assert (
        reader.evaluate("window.copied")
        == reader.get_by_role("textbox", name="As plain text").input_value()
    )


@SCRIPTED
def test_page_to_copy_from_has_no_barriers(reader: Page) -> None:
    reader.goto(OFFER)
    assert violations(reader) == []
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert reader.evaluate(width) <= 0, "the page fits the window"
