"""A reader finds an old piece in the archive, in both directions of writing."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_conversation_reading import violations
from tests.builders import make_article, make_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def paper() -> None:
    make_site(name="The Quillmere Courier", editions=("en", "ar"))
    for language in ("en", "ar"):
        for month in range(1, 12):
            moment = datetime(2025, month, 9, tzinfo=UTC)
            make_article(language=language, publish_at=moment, headline=f"Piece {month}")


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_reader_goes_from_the_footer_to_a_month_and_its_piece(
    reader: Page, prefix: str, has_scripts: bool
) -> None:
    for address in (f"{prefix}/archive/", f"{prefix}/archive/2025/03/"):
        reader.goto(f"{prefix}/")
        reader.locator(f".footer a[href='{prefix}/archive/']").click()
        if not address.endswith("archive/"):
            reader.locator(f".archive-months a[href='{address}']").click()
        expect(reader).to_have_url(re.compile(f"{address}$"))
        assert reader.evaluate("document.body.scrollWidth <= innerWidth")
        if has_scripts:  # axe is one itself
            assert violations(reader) == [], address
    reader.get_by_role("link", name="Piece 3").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Piece 3")
