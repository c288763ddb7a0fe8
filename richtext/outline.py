"""What an article's HTML consists of, for those who check it: headings, links, pictures, words."""

from html.parser import HTMLParser
from typing import NamedTuple

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What ends the words before it and after it.
BLOCKS = {
    *HEADINGS,
    *("p", "li", "ol", "ul", "blockquote", "figure", "figcaption", "aside", "section", "div"),
    *("table", "caption", "tr", "td", "th", "hr", "pre", "dl", "dt", "dd", "details", "summary"),
}
PROSE = {"p", "li", "blockquote"}


class Heading(NamedTuple):
    level: int
    text: str
    has_picture: bool


class Link(NamedTuple):
    url: str
    text: str


class Picture(NamedTuple):
    """`alt` is None where there is no such attribute. A decorative one says so by its role."""

    source: str
    alt: str | None
    is_decorative: bool


class Outline(HTMLParser):
    """The text, read once from its beginning to its end.

    `paragraphs` are the words of each paragraph, item of a list and quotation: neither headings
    nor tables, captions or code.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._block = "p"  # loose words between blocks are a paragraph
        self._has_picture = False
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
        elif tag == "img":
            is_decorative = told.get("role") in ("presentation", "none")
            self.pictures.append(
                Picture(told.get("src", ""), dict(attrs).get("alt"), is_decorative)
            )
            self._has_picture = True
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
            self.headings.append(Heading(HEADINGS[block], text, self._has_picture))
        elif text and block in PROSE:
            self.paragraphs.append(text)
        self._words, self._block, self._has_picture = [], following, False


def _joined(words: list[str]) -> str:
    return " ".join("".join(words).split())
