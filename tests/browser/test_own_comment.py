"""One's own comment on a phone of 360 pixels, right after writing it, and that of a permalink."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article
from comments.models import Comment
from tests.browser.test_writing import fill
from tests.builders import make_article, make_site
from tests.comments.builders import write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("window", [("phone", True)], ids=str, indirect=True),
]
PAGE = "/articles/last-winter/"
# How far the frame of what has the focus reaches above, and how far from its words it stands.
FRAME = """each => {
  const numbers = (part, ...names) => {
    const style = getComputedStyle(each, part);
    return names.map((name) => parseFloat(style[name]));
  };
  const [offset, outline, inside] = numbers(null, "outlineOffset", "outlineWidth", "paddingLeft");
  const [start, border] = numbers("::after", "left", "borderLeftWidth");
  const top = each.getBoundingClientRect().top;
  return outline
    ? { top: top - offset - outline, distance: offset + inside }
    : { top, distance: -start - border };
}"""
# Where the words of an element begin, in pixels from the left.
BEGINNING = """each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return range.getBoundingClientRect().left;
}"""


@pytest.fixture
def article(reader: Page) -> Article:
    reader.set_viewport_size({"width": 360, "height": 740})
    make_site()
    return make_article(slug="last-winter")


def publish(reader: Page) -> None:
    reader.goto(PAGE)
    fill(reader, "The ice is thick.").get_by_role("button", name="Publish").click()
    reader.wait_for_url("**?posted=*")


def post(reader: Page) -> Comment:
    publish(reader)
    comment = Comment.objects.latest("id")
    expect(
        reader.locator(f"#comment-{comment.pk} > .comment-actions .comment-delete")
    ).to_be_visible()
    return comment


def test_one_patch_marks_it_and_all_stays_in_the_column(reader: Page, article: Article) -> None:
    comment = reader.locator(f"#comment-{post(reader).pk}")
    head, text = (comment.locator(f"> .comment-{part}").bounding_box() for part in ("head", "text"))
    assert head and text
    beside = {"x": text["x"] - 6, "y": head["y"] + 1, "width": 1}
    height = text["y"] + text["height"] - head["y"] - 2
    shot = reader.screenshot(clip=beside | {"height": height})  # type: ignore[arg-type]
    assert len(Image.open(BytesIO(shot)).getcolors() or []) == 1
    edge = comment.locator("> .comment-text p").evaluate(BEGINNING)
    for link in comment.locator("> .comment-actions > a:visible").all():
        assert link.evaluate(BEGINNING) >= edge - 0.5


def test_nobody_is_asked_to_report_themselves(reader: Page, article: Article) -> None:
    other = write(article)
    own = post(reader)
    expect(
        reader.locator(f"#comment-{other.pk} > .comment-actions > .comment-flag")
    ).to_be_visible()
    expect(reader.locator(f"#comment-{own.pk} > .comment-actions > .comment-flag")).to_be_hidden()
    links = reader.locator(f"#comment-{own.pk} > .comment-actions > :is(a, button):visible")
    expect(links).to_have_text(["Reply", "Share", "Change", "Delete"])


def test_frame_of_a_held_one_touches_no_words(reader: Page, article: Article) -> None:
    make_site(comment_policy="held")
    publish(reader)
    held = reader.locator(".comment-held")
    expect(held).to_be_focused()
    assert held.evaluate(FRAME)["distance"] >= 6


def test_frame_of_a_permalink_s_comment_covers_no_heading(reader: Page, article: Article) -> None:
    comment = write(article, in_reply_to=write(article))
    reader.goto(f"/comments/{comment.pk}/")
    focused = reader.locator(f"#comment-{comment.pk}")
    expect(focused).to_be_focused()
    heading = reader.locator(".around-heading", has_text="The answer")
    bottom = heading.evaluate("each => each.getBoundingClientRect().bottom")
    frame = focused.evaluate(FRAME)
    assert frame["top"] >= bottom and frame["distance"] >= 6


def test_ways_of_a_nested_comment_are_one_line(reader: Page, article: Article) -> None:
    above = None
    for _depth in range(4):
        above = write(article, in_reply_to=above)
    reader.goto(PAGE)
    expect(reader.locator(".thread-line")).to_have_count(3)
    for actions in reader.locator(".comment-actions:has(+ .thread-line)").all()[:3]:
        expect(actions.locator(".comment-share")).to_be_visible()
        assert actions.evaluate("each => each.offsetHeight") <= 44
