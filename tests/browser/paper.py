"""A paper with every kind of page that readers see, and what a browser measures of them."""

import time
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from playwright.sync_api import Page, Route

from articles.models import Article, Role
from comments.models import Comment
from fundraising.recording import record_gift
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_image,
    make_section,
    make_site,
)
from tests.comments.rows import make_long_conversation
from tests.fundraising.builders import make_campaign

PAGE = "/articles/ferry/"
CONVERSATION = f"{PAGE}comments/"
PAGES = ("/", "/ar/", PAGE, CONVERSATION, "/sections/harbour/", "/contributors/mina/", "/support/")
WATCH = """
  window.shifts = [];
  window.largest = null;
  const watch = (type, note) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
    observer.observe({ type, buffered: true });
  };
  watch("layout-shift", (entry) => {
    const moved = entry.sources.map(({ node }) => node?.className || node?.nodeName);
    window.shifts.push([entry.value, moved.join(", ")]);
  });
  watch("largest-contentful-paint", (entry) => (window.largest = entry.element));
"""
SCROLL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  while (scrollY + innerHeight + 1 < document.documentElement.scrollHeight) {
    scrollBy(0, 400);
    await frame();
    await frame();
  }
}"""


def make_paper() -> Article:
    """Returns the article with a picture, a goal and thirty threads of several heights."""
    make_site(name="The Quillmere Courier", place="Quillmere")
    section, picture = make_section(slug="harbour", name="Harbour"), make_image(file=grainy())
    mina = make_contributor(slug="mina", name="Mina Drost", portrait=picture)
    looks = {"section": section, "lead_image": picture, "body": "<p>The boat.</p>" * 30}
    for number in range(8):
        headline = f"The ferry leaves {number} minutes later"
        make_article(headline=headline, standfirst="Again.", **looks)
    article = make_article(
        slug="ferry", headline="The ferry", byline=[(mina, Role.REPORTER)], **looks
    )
    make_article(story=article.story, language="ar", slug="ferry", headline="العبارة", **looks)
    campaign = make_campaign(goal_minor=500000, is_featured=True)
    day, leila = date(2026, 10, 1), make_colleague("fundraiser")
    record_gift(campaign, amount_minor=235500, occurred_on=day, by=leila)
    make_long_conversation(article, threads=30, replies=4)
    Comment.objects.update(guest_name="Bartholomew Achterberg-Quill")
    return article


def grainy() -> SimpleUploadedFile:
    """Of one colour alone it would not count as the largest thing to see."""
    target = BytesIO()
    Pillow.effect_noise((1600, 1000), 60).save(target, "JPEG")
    return SimpleUploadedFile("harbour.jpg", target.getvalue())


def come_late(route: Route) -> None:
    """A script that comes after the page was painted."""
    time.sleep(0.02)
    route.continue_()


def open_slowly(reader: Page, address: str) -> None:
    """Opens a page whose scripts come after the first paint, and waits until all is done."""
    reader.goto("about:blank")  # else an address with another # would not load anew
    reader.goto(address)
    reader.wait_for_load_state("networkidle")
    if reader.locator(".comment-time").count():
        reader.locator(".comment-time time[title]").first.wait_for(state="attached")
    reader.wait_for_timeout(100)  # frames, until the last shift is told


def shifts(reader: Page) -> list[tuple[float, str]]:
    """How much moved without the reader's doing, and what."""
    return reader.evaluate("window.shifts")
