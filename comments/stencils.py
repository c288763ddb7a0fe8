"""Many comments from few renderings of their template.

Most comments of a page differ only in the texts at certain places. So the template is rendered once
for each kind of comment, with marks in these places, and every comment of the kind is that with its
own texts put there.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from comments.lines import Line

# What comments/_comments.html asks of a line, what it writes of it, and what makes a line the only
# one of its kind, so that it is rendered by itself.
ASKED = ("hidden", "why", "focus", "badge", "is_new", "answered", "answered_is_here", "has_history",
         "edited", "quote", "question", "quote_place", "quote_has_changed", "folded")  # fmt: skip
WRITTEN = ("id", "tail", "end", "hue", "initials", "name", "written", "written_text", "language",
           "html", "score", "badge", "answered", "answered_name", "quote", "question",
           "quote_place", "why")  # fmt: skip
ALONE = ("context", "rest")

OPEN, CLOSE = "\ue000", "\ue001"  # of no meaning anywhere, and in no text but ours
MARK = re.compile(f"{OPEN}(\\w+){CLOSE}")
MARKS = {name: SafeString(f"{OPEN}{name}{CLOSE}") for name in WRITTEN}


def write(lines: Iterable[Line], render: Callable[[Line], str]) -> SafeString:
    """The lines as `render` makes them one by one."""
    stencils: dict[tuple[object, ...], list[str]] = {}
    written = []
    for line in lines:
        if any(name in line for name in ALONE):
            written.append(render(line))
            continue
        kind = (line.get("hidden"), *[bool(line.get(name)) for name in ASKED])
        if kind not in stencils:
            stencils[kind] = MARK.split(render(_marked(line)))
        written += _filled(stencils[kind], line)
    return SafeString("".join(written))


def _marked(line: Line) -> Line:
    """A line of the same kind, with a mark for every text."""
    asked = {name: line[name] for name in ASKED if line.get(name)}
    return asked | {
        name: mark for name, mark in MARKS.items() if name not in ASKED or name in asked
    }


def _filled(stencil: list[str], line: Line) -> Iterable[str]:
    """What stands around the marks, in turns with the texts at their places."""
    pieces = stencil.copy()
    for place in range(1, len(pieces), 2):
        pieces[place] = conditional_escape(line[pieces[place]])
    return pieces
