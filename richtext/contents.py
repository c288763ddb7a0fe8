"""The headings of a text as places: each has an id, and a long text lists them.

The id is made of the heading's words, so that it stays while these do, whatever comes before it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from django.utils.text import slugify

from richtext.articles import clean_article_html
from richtext.outline import HEADINGS
from richtext.shapes import Element, parsed
from richtext.source import TAG

LONGEST_ID = 60
FEWEST, DEEPEST = 3, 3  # of the headings that a list of contents wants; the level of its lowest
_has_headings = re.compile("<h[2-4]>")


class Entry(NamedTuple):
    """One heading: where its tag's attributes begin in the cleaned HTML, and what it says."""

    offset: int
    level: int
    id: str
    text: str


def entries(cleaned: str, *, prefix: str = "") -> list[Entry]:
    """Every heading of cleaned HTML. `prefix` begins the ids, where a page shows two texts."""
    found: list[Entry] = []
    taken: set[str] = set()
    same: Counter[str] = Counter()
    for offset, name, inner in _headings(cleaned):
        text = _words(inner)
        slug = slugify(text, allow_unicode=True)[:LONGEST_ID].strip("-_")
        place = base = f"{prefix}part-{slug}" if slug else f"{prefix}part"
        while place in taken:
            same[base] += 1
            place = f"{base}-{same[base] + 1}"
        taken.add(place)
        found.append(Entry(offset, HEADINGS[name], place, text))
    return found


def with_ids(cleaned: str, *, prefix: str = "") -> str:
    """The cleaned HTML with the ids of its headings."""
    if not _has_headings.search(cleaned):
        return cleaned
    pieces, at = [], 0
    for each in entries(cleaned, prefix=prefix):
        pieces += [cleaned[at : each.offset], f' id="{each.id}"']
        at = each.offset
    return "".join([*pieces, cleaned[at:]])


def contents(html: str) -> list[Entry]:
    """What a list of a stored text's contents names; nothing for fewer than FEWEST headings."""
    if len(_has_headings.findall(html)) < FEWEST:
        return []
    found = entries(clean_article_html(html))
    listed = [each for each in found if each.text and each.level <= DEEPEST]
    return listed if len(listed) >= FEWEST else []


def _headings(cleaned: str) -> Iterator[tuple[int, str, str]]:
    """Of each that is in no other: where its attributes would stand, its name and its HTML."""
    opened = None
    for tag in TAG.finditer(cleaned):
        if tag["name"] not in HEADINGS:
            continue
        if opened is None:
            opened = None if tag["slash"] else tag
        elif tag["slash"] and tag["name"] == opened["name"]:
            yield opened.end() - 1, tag["name"], cleaned[opened.end() : tag.start()]
            opened = None


def _words(inner: str) -> str:
    """A heading's own words: its footnotes stand below the text."""
    root = parsed(inner)
    root.change(lambda element, _parent: _said(element))
    return " ".join(unescape(root.text).split())


def _said(element: Element) -> list[Element | str]:
    if element.has_class("footnote"):
        return []
    return [" "] if element.name == "br" else [element]
