"""A machine's translation is marked where the reader looks: below the headline."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from articles.models import Role
from tests.builders import make_article, make_contributor, make_site
from tests.translations.builders import make_attribution, make_source_work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CASES = {
    "en": ("/articles/winter/", "Machine translation, reviewed by a person"),
    "ar": ("/ar/articles/winter/", "ترجمة آلية، راجعها إنسان"),
}


@pytest.mark.parametrize("language", CASES)
def test_machine_translation_is_labelled_above_its_text(reader: Page, language: str) -> None:
    address, label = CASES[language]
    make_site(name="The Quillmere Courier")
    byline = [(make_contributor(name="Wiebke Harmsen"), Role.REPORTER)]
    article = make_article(
        slug="winter", language=language, headline="Last winter at the lighthouse", byline=byline
    )
    make_attribution(
        article=article,
        source_work=make_source_work(),
        method="machine-reviewed",
        tool="Tidewords 3",
        reviewer=make_contributor(name="Imogen Tarrant"),
        reviewed_on=date(2026, 5, 3),
        exclusive_for="The Quillmere Courier",
    )
    reader.goto(address)
    mark = reader.locator(".article-head .credit .machine-label")
    expect(mark).to_be_visible()
    expect(mark).to_have_text(label)
    tops = [mark, reader.locator("h1"), reader.locator("#text")]
    top, headline, text = (each.bounding_box()["y"] for each in tops)  # type: ignore[index]
    assert headline < top < text
    assert not reader.evaluate("document.documentElement.scrollWidth > innerWidth")
