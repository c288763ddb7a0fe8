"""Many comments from few renderings of their template.

Most comments differ only in the texts at certain places. So the template is rendered once for
each kind of comment, with marks in these places, and every comment of the kind is that with its own
texts put there. What is rendered is kept for the pages that follow, in each process.
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from comments.lines import Line

# What comments/_comments.html asks of a line, what it writes of it, and what makes a line the only
# one of its kind, so that it is rendered by itself.
ASKED = ("hidden", "why", "focus", "badge", "is_new", "answered", "answered_is_here", "has_history",
         "edited", "quote", "question", "quote_place", "quote_has_changed", "folded", "pick",
         "pick_note", "pinned", "closed")  # fmt: skip
WRITTEN = ("id", "tail", "end", "hue", "initials", "name", "written", "written_text", "language",
           "html", "score", "badge", "answered", "answered_name", "quote", "question",
           "quote_place", "why", "pick_note")  # fmt: skip
ALONE = ("context", "rest")

OPEN, CLOSE = "\ue000", "\ue001"  # of no meaning anywhere, and in no text but ours
MARK = re.compile(f"{OPEN}(\\w+){CLOSE}")


def _mark(name: str) -> SafeString:
    return SafeString(f"{OPEN}{name}{CLOSE}")


MARKS = {name: _mark(name) for name in WRITTEN}


Stencil = list[str]  # what stands around the places, in turns with their names
MOST_KEPT = 1000
_kept: dict[tuple[object, ...], Stencil] = {}


class Page(NamedTuple):
    """What all comments of a page share."""

    asked: tuple[object, ...]  # whatever else decides what the template writes
    addresses: dict[str, str]  # what it writes beside the lines' own texts, by its name


def write(
    lines: Iterable[Line], render: Callable[[Line, dict[str, str]], str], page: Page
) -> SafeString:
    """The lines as `render` makes them one by one, each with the page's addresses."""
    stencils: dict[tuple[object, ...], Stencil] = {}
    written = []
    for line in lines:
        if not line.keys().isdisjoint(ALONE):
            written.append(render(line, page.addresses))
            continue
        asked = map(line.get, ASKED)
        kind = (line.get("hidden"), *map(bool, asked))
        if kind not in stencils:
            stencils[kind] = _addressed(_stencil(kind, line, render, page), page.addresses)
        written += _filled(stencils[kind], line)
    return SafeString("".join(written))


def _stencil(
    kind: tuple[object, ...],
    line: Line,
    render: Callable[[Line, dict[str, str]], str],
    page: Page,
) -> Stencil:
    """Rendered once in each process, and language; while templates are being written, always."""
    key = (get_language(), page.asked, kind)
    if key in _kept:
        return _kept[key]
    marks: dict[str, str] = {name: _mark(name) for name in page.addresses}
    stencil = MARK.split(render(_marked(line), marks))
    if not settings.DEBUG and len(_kept) < MOST_KEPT:
        _kept[key] = stencil
    return stencil


def _addressed(stencil: Stencil, addresses: dict[str, str]) -> Stencil:
    """With the page's addresses in their places."""
    pieces = stencil[:1]
    for name, after in zip(stencil[1::2], stencil[2::2], strict=True):
        if name in addresses:
            pieces[-1] += conditional_escape(addresses[name]) + after
        else:
            pieces += [name, after]
    return pieces


def _marked(line: Line) -> Line:
    """A line of the same kind, with a mark for every text."""
    asked = {name: line[name] for name in ASKED if line.get(name)}
    return asked | {
        name: mark for name, mark in MARKS.items() if name not in ASKED or name in asked
    }


def _filled(stencil: Stencil, line: Line) -> Iterable[str]:
    """What stands around the marks, in turns with the texts at their places."""
    pieces = stencil.copy()
    pieces[1::2] = [
        text if type(text := line[name]) is SafeString else conditional_escape(text)
        for name in stencil[1::2]
    ]
    return pieces
