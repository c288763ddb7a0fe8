"""Two editions side by side, as readers meet them."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Story
from tests.builders import make_article, make_contributor, make_site
from tests.translations.builders import make_attribution

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/articles/winter/with/ar/"


@pytest.fixture
def page(newcomer: Callable[[], Page]) -> Page:
    make_site(editions=("en", "ar"))
    story, byline = Story.objects.create(), [(make_contributor(slug="mina"), "translator")]
    arabic = "<p>أربعون عامًا.</p><h2>الضوء</h2><p>وانطفأ.</p>"
    source = make_article(story=story, language="ar", headline="الشتاء الأخير", body=arabic)
    english = "<p>Forty years.</p><h2>The light</h2><p>And it went out.</p><p>So it is told.</p>"
    article = make_article(
        story=story, slug="winter", headline="The last winter", body=english, byline=byline
    )
    make_attribution(article=article, source_article=source)
    page = newcomer()
    page.goto("/articles/winter/")
    page.get_by_role("link", name="Read it beside the original").click()
    return page


def test_blocks_stand_side_by_side_or_one_below_the_other(
    page: Page, window: tuple[str, bool]
) -> None:
    assert page.url.endswith(PAGE)
    ours = page.get_by_text("And it went out.").bounding_box()
    theirs = page.get_by_text("وانطفأ.").bounding_box()
    is_below = theirs["y"] >= ours["y"] + ours["height"]
    assert is_below == (window[0] == "phone")
    assert is_below or abs(theirs["y"] - ours["y"]) < 8
    expect(page.get_by_text("وانطفأ.")).to_have_css("direction", "rtl")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("window", [("desktop", True), ("phone", True)], ids=str, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_barriers(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
