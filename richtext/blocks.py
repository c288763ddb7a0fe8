"""The blocks of an article's HTML, and which of two texts' blocks stand side by side."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from richtext.reading import for_readers
from richtext.source import BLOCKS, TAG, VOID

HEADINGS = {"h2", "h3", "h4"}

type Pair = tuple[int | None, int | None]


class Block(NamedTuple):
    """One outermost element: its tag's name, and its safe HTML."""

    kind: str
    html: SafeString


def blocks(html: str, *, prefix: str = "") -> list[Block]:
    """The outermost blocks in order, as readers get them. Loose words between are paragraphs.

    `prefix` begins the ids of headings and footnotes.
    """
    cleaned = for_readers(html, prefix=prefix)
    found, loose_from = [], 0
    for kind, place in _outermost(cleaned):
        found += [_paragraph(cleaned[loose_from : place.start])]
        found += [Block(kind, mark_safe(cleaned[place.start : place.stop]))]  # noqa: S308
        loose_from = place.stop
    found += [_paragraph(cleaned[loose_from:])]
    return [block for block in found if block]


def pairs(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Which blocks stand side by side, by their kinds: numbers of both, None beside nothing.

    Every block of both sides comes once and in order, and no heading stands beside what is none.
    Where both have as many headings, what follows them keeps to its heading.
    """
    heads = [[n for n, kind in enumerate(side) if kind in HEADINGS] for side in (left, right)]
    if len(heads[0]) != len(heads[1]):
        heads = [[], []]
    found: list[Pair] = []
    at = (0, 0)
    for here in [*zip(*heads, strict=True), (len(left), len(right))]:
        found += _of_one_section(left, right, range(at[0], here[0]), range(at[1], here[1]))
        at = here
    return found


def _of_one_section(
    left: Sequence[str], right: Sequence[str], ours: range, theirs: range
) -> Iterator[Pair]:
    """By order; where one has more, kinds that agree from the end on stay together."""
    alike = 0
    if len(ours) != len(theirs):
        first = _alike(left, right, zip(ours, theirs, strict=False))
        most = min(len(ours), len(theirs)) - first
        ends = list(zip(reversed(ours), reversed(theirs), strict=False))
        alike = _alike(left, right, iter(ends[:most]))
    cut, other = len(ours) - alike, len(theirs) - alike
    yield from _by_order(left, right, deque(ours[:cut]), deque(theirs[:other]))
    yield from zip(ours[cut:], theirs[other:], strict=True)


def _by_order(
    left: Sequence[str], right: Sequence[str], ours: deque[int], theirs: deque[int]
) -> Iterator[Pair]:
    """One beside the other; a heading alone where the other side has none at that place."""
    while ours and theirs:
        heads = left[ours[0]] in HEADINGS, right[theirs[0]] in HEADINGS
        one = ours.popleft() if heads[0] >= heads[1] else None
        other = theirs.popleft() if heads[1] >= heads[0] else None
        yield one, other
    yield from ((one, None) for one in ours)
    yield from ((None, other) for other in theirs)


def _alike(left: Sequence[str], right: Sequence[str], couples: Iterator[tuple[int, int]]) -> int:
    """How many of the couples are of one kind, up to the first that are not."""
    count = 0
    for one, other in couples:
        if left[one] != right[other]:
            break
        count += 1
    return count


def _outermost(html: str) -> Iterator[tuple[str, range]]:
    """The name and place of each block that is in no other."""
    depth, start = 0, 0
    for tag in TAG.finditer(html):
        name = tag["name"]
        if name not in BLOCKS:
            continue
        if depth == 0:
            start = tag.start()
        if name not in VOID:
            depth += -1 if tag["slash"] else 1
        if depth == 0:
            yield name, range(start, tag.end())


def _paragraph(loose: str) -> Block | None:
    words = loose.strip()
    return Block("p", mark_safe(f"<p>{words}</p>")) if words else None  # noqa: S308
