"""Accents that were piled upon each other, before they were refused, cover no other words."""

import pytest
from playwright.sync_api import Page

from comments.models import Comment
from tests.builders import make_article, make_site
from tests.comments.builders import write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PILE = "Z" + "\u035c" * 200 + "\u030d" * 200
FLATTEN = """piled => piled.querySelectorAll(".comment-name, .comment-text p").forEach(each => {
  each.textContent = "Z";
})"""


@pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True)
def test_piled_accents_leave_the_next_comment_as_it_was(reader: Page) -> None:
    make_site()
    article = make_article(slug="ferry")
    old, new = write(article, text="Z"), write(article, text="The bakery opens at five.")
    Comment.objects.filter(pk=old.pk).update(guest_name=PILE[:80], html=f"<p>{PILE}</p>")
    reader.goto("/articles/ferry/")
    other = reader.locator(f"#comment-{new.pk}")
    piled = other.screenshot()
    reader.locator(f"#comment-{old.pk}").evaluate(FLATTEN)
    assert piled == other.screenshot()
