"""A phone of 360 pixels and the narrowest window: nothing is cut off, nothing leaves its column."""

import pytest
from playwright.sync_api import Page

from comments.voting import Voter, vote
from tests.browser.conftest import SignIn
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True),
]
EDITIONS = ("en", "de", "tr", "ru", "ar")
# Links of the masthead that are cut off by their list or by the window.
CUT = """() => [...document.querySelectorAll(".masthead-line a")].filter((each) => {
  const { left, right, width } = each.getBoundingClientRect();
  const around = (each.closest("nav") ?? document.body).getBoundingClientRect();
  return width && (left < around.left - 1 || right > around.right + 1);
}).map((each) => each.textContent)"""
# Words of own comments that stand out of the column which the heading begins.
OUT = """() => {
  const range = document.createRange();
  const edge = document.querySelector(".own-comments h1").getBoundingClientRect();
  return [...document.querySelectorAll(".own-comments .comment-actions > *")].filter((each) => {
    range.selectNodeContents(each);
    const { left, right } = range.getBoundingClientRect();
    return left < edge.left - 0.5 || right > edge.right + 0.5;
  }).map((each) => each.textContent);
}"""


@pytest.mark.parametrize("width", [320, 360, 390])
def test_every_edition_can_be_read_in_the_masthead(reader: Page, width: int) -> None:
    make_site(name="The Quillmere Courier", place="Quillmere", editions=EDITIONS)
    reader.set_viewport_size({"width": width, "height": 740})
    for language in EDITIONS:
        for page in ("", "archive/"):
            reader.goto(f"/{page}" if language == "en" else f"/{language}/{page}")
            assert reader.locator(".editions a").count() == 5
            assert reader.evaluate(CUT) == []
            assert reader.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_what_one_may_do_with_own_comments_stays_in_the_column(
    reader: Page, sign_in: SignIn, language: str
) -> None:
    make_site(editions=EDITIONS)
    wilma, article = sign_in(reader, make_user(language=language)), make_article()
    write(article, author=wilma)
    vote(write(article), voter=Voter(wilma), value=1)
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto("/me/comments/")
    assert reader.locator(".comment-actions").count() == 2
    assert reader.evaluate(OUT) == []
    assert reader.evaluate("document.documentElement.scrollWidth") == 360
