"""What the demo's privacy pages say of giving is what the code does."""

from pathlib import Path

import pytest

from fundraising.models.events import PAYLOADS_ARE_KEPT
from fundraising.models.statements import STATEMENTS_ARE_KEPT

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "pages" / "privacy"
GIVING = {"en": "Giving", "de": "Spenden", "tr": "Bağış yaparken", "ru": "Пожертвования",
          "ar": "التبرّع"}  # fmt: skip


@pytest.mark.parametrize(("language", "heading"), GIVING.items())
def test_privacy_page_says_what_is_kept_of_a_gift_and_for_how_long(language, heading):
    page = (PAGES / f"{language}.md").read_text()
    section = page.partition(f"## {heading}\n")[2]
    assert f" {PAYLOADS_ARE_KEPT.days} " in section
    assert PAYLOADS_ARE_KEPT == STATEMENTS_ARE_KEPT  # one number stands for both
