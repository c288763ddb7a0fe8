"""An article's HTML as plain text, and where everything stands in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

BLOCKS = {"aside", "blockquote", "div", "figcaption", "figure", "h2", "h3", "h4", "hr", "li", "ol",
          "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul"}  # fmt: skip
VOID = {"br", "hr", "img"}
NOT_TEXT = "data-not-text"  # on an element that stands in the text and says nothing of its own
TAG = re.compile(r'<(?P<slash>/?)(?P<name>[a-z0-9]+)(?:"[^"]*"|[^">])*>')
# An entity, white space, or words with single spaces between them: the latter stand in the text
# as they do in the HTML.
_token = re.compile(r"&[#\w]+;|\s+|[^\s&]+(?: [^\s&]+)*|&")


class _Segment(NamedTuple):
    """Characters of the text, and the same characters or their one entity in the HTML."""

    text: range
    html: range


class Source:
    """Clean article HTML, read once from its beginning to its end.

    `text` has single spaces for white space, line breaks and borders of blocks, and none at its
    ends. `paragraphs` are the ranges of it that have no block's border inside. What NOT_TEXT marks
    is left out.
    """

    def __init__(self, html: str) -> None:
        self.html = html
        self.paragraphs: list[range] = []
        self._words: list[str] = []
        self._length = 0  # of the words together
        self._has_gap = False
        self._segments: list[_Segment] = []
        self._open: list[int] = []  # where the elements begin that have not ended
        self._left_out: int | None = None  # how many elements were open when one began that is
        self._links: list[range] = []
        self._outermost: list[range] = []
        self._paragraph: list[range] = []  # the runs of the one that is being read
        self._runs: list[range] = []  # of HTML without a tag; a paragraph's begin and end in words
        self._read()
        self.text = "".join(self._words)

    def span(self, place: range) -> range:
        """Where a place of the text stands in the HTML. No space may be at its ends."""
        first, last = self._segment(place.start), self._segment(place.stop - 1)
        return range(
            first.html.start + place.start - first.text.start,
            last.html.stop - (last.text.stop - place.stop),
        )

    def pieces(self, span: range) -> Iterator[range]:
        """The parts of the span that are text: no tags, and no white space between blocks."""
        index = bisect_right(self._runs, span.start, key=lambda run: run.stop)
        while index < len(self._runs) and (piece := _shared(self._runs[index], span)):
            yield piece
            index += 1

    def end_of_link(self, span: range) -> int:
        """Where the link ends in which the span ends; without one, the end of the span."""
        return _end_around(span, self._links)

    def end_of_outermost(self, span: range) -> int:
        """Where the outermost element ends in which the span ends."""
        return _end_around(span, self._outermost)

    def _segment(self, position: int) -> _Segment:
        after = bisect_right(self._segments, position, key=lambda segment: segment.text.start)
        return self._segments[after - 1]

    def _read(self) -> None:
        at = 0
        for tag in TAG.finditer(self.html):
            self._read_run(range(at, tag.start()))
            self._read_tag(tag)
            at = tag.end()
        self._read_run(range(at, len(self.html)))
        self._end_paragraph()

    def _read_run(self, run: range) -> None:
        if self._left_out is not None:
            return
        self._paragraph.append(run)
        for token in _token.finditer(self.html, run.start, run.stop):
            words = unescape(token[0])
            if words.isspace():
                self._has_gap = True
            else:
                self._add(words, range(*token.span()))

    def _add(self, words: str, html: range) -> None:
        if self._has_gap and self._words:
            self._words.append(" ")
            self._length += 1
        self._has_gap = False
        start, self._length = self._length, self._length + len(words)
        self._words.append(words)
        self._segments.append(_Segment(range(start, self._length), html))

    def _read_tag(self, tag: re.Match[str]) -> None:
        name = tag["name"]
        if name in BLOCKS:
            self._end_paragraph()
        if name in BLOCKS | VOID:
            self._has_gap = True
        if tag["slash"]:
            self._end_element(name, range(self._open.pop(), tag.end()))
            if len(self._open) == self._left_out:
                self._left_out = None
        elif name not in VOID:
            if self._left_out is None and NOT_TEXT in tag[0]:
                self._left_out = len(self._open)
            self._open.append(tag.start())

    def _end_element(self, name: str, element: range) -> None:
        if name == "a":
            self._links.append(element)
        if not self._open:
            self._outermost.append(element)

    def _end_paragraph(self) -> None:
        runs, self._paragraph = self._paragraph, []
        # All but the first begin behind the space that stands for the border.
        start = self.paragraphs[-1].stop + 1 if self.paragraphs else 0
        if place := range(start, self._length):
            self.paragraphs.append(place)
            words = self.span(place)
            self._runs += [shared for run in runs if (shared := _shared(run, words))]


def _shared(one: range, other: range) -> range:
    return range(max(one.start, other.start), min(one.stop, other.stop))


def _end_around(span: range, elements: Sequence[range]) -> int:
    """The end of the element in which the span ends: of those, none is inside another."""
    index = bisect_left(elements, span.stop, key=lambda element: element.stop)
    is_inside = index < len(elements) and elements[index].start < span.stop
    return elements[index].stop if is_inside else span.stop
