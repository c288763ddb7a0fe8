"""What an article's HTML consists of, for those who check it: headings, links, words."""

from html.parser import HTMLParser
from typing import NamedTuple

from richtext.source import BLOCKS

HEADINGS = {f"h{level}": level for level in (2, 3, 4)}
PROSE = {"p", "li", "blockquote"}


class Heading(NamedTuple):
    level: int
    text: str


class Link(NamedTuple):
    url: str
    text: str


class Outline(HTMLParser):
    """The text, read once from its beginning to its end.

    `paragraphs` are the words of each paragraph, item of a list and quotation: neither headings
    nor tables, captions or code.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._block = "p"  # loose words between blocks are a paragraph
        self._link: tuple[str, list[str]] | None = None
        self.feed(html)
        self.close()
        self._end_block("p")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self._end_block(tag)
        elif tag == "a" and "href" in told:
            self._link = told["href"].strip(), []
        elif tag == "br":
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block("p")
        elif tag == "a" and self._link:
            url, words = self._link
            self.links.append(Link(url, _joined(words)))
            self._link = None

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._link:
            self._link[1].append(data)

    def _end_block(self, following: str) -> None:
        text, block = _joined(self._words), self._block
        if block in HEADINGS:
            self.headings.append(Heading(HEADINGS[block], text))
        elif text and block in PROSE:
            self.paragraphs.append(text)
        self._words, self._block = [], following


def _joined(words: list[str]) -> str:
    return " ".join("".join(words).split())
