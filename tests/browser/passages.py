"""The same article in two editions for tests of passages, and how readers mark its words."""

from typing import NamedTuple

from playwright.sync_api import Page

MARK = """([words, time]) => {
    const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0 || --time) continue;
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
        return;
    }
}"""


class Edition(NamedTuple):
    language: str
    page: str
    body: str
    twice: str
    once: str
    gone: str


ENGLISH = Edition(
    "en",
    "/articles/ferry/",
    "<p>The ferry is late today.</p><p>The <em>ferry</em> is full. Nobody knows why.</p>",
    "ferry",
    "Nobody knows",
    "today",
)
ARABIC = Edition(
    "ar",
    "/ar/articles/ferry/",
    "<p>العبارة متأخرة اليوم.</p><p>هذه <em>العبارة</em> ممتلئة. لا أحد يعرف السبب.</p>",
    "العبارة",
    "لا أحد يعرف",
    "اليوم",
)
EDITIONS = (ENGLISH, ARABIC)


def mark(page: Page, words: str, *, time: int = 1) -> None:
    """Marks words of the text, where they begin a text node or stand in it for the nth time."""
    page.evaluate(MARK, [words, time])


def choose_paragraph(page: Page, words: str, *, verb: str) -> None:
    """On the page that works without marking."""
    page.locator(".passage-links a").click()
    actions = page.locator(".passages > li", has_text=words).locator(".passage-actions")
    actions.locator(f"a[href*='/{verb}/']").click()
