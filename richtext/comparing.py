"""What has changed between two texts: their paragraphs first, then the words of changed ones.

The HTML that comes out holds <p>, <ins> and <del> around escaped text, and nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from richtext.articles import clean_article_html
from richtext.marks import marked_lines
from richtext.passages import ArticleText
from richtext.shapes import LOOKED_AT, Element, parsed

GAP = "…"  # for paragraphs that are left out
PICTURE, EMBED = "▣", "▶"  # before what tells of one
# Beyond these products of lengths no best alignment is looked for.
MOST_PARAGRAPHS = 1_000 * 1_000
MOST_PAIRS = 60 * 60
MOST_WORDS = 3_000 * 3_000
MOST_WORDS_IN_ALL = 4 * MOST_WORDS  # of one comparison
ALIKE = 0.5  # the share of words in common from which a paragraph counts as changed, not replaced
# A word with the marks that its script writes over it; or one sign that stands between words.
_word = re.compile(r"\s+|[^\s.,;:!?…()\[\]«»„“”\"–—،؛؟]+|.")
_changes = re.compile(r"<(ins|del)>(.*?)</\1>", re.DOTALL)

type _Pair = tuple[str | None, str | None]  # a paragraph before and after


def compare_html(old: str, new: str, *, context: int | None = None) -> SafeString:
    """Two texts of articles compared. Takes their HTML, cleaned or not, and yields safe HTML.

    `context` leaves out paragraphs that are farther from a change; all stay where it is None.
    Costs some 10 ms for 10,000 characters, and less than a second for any length.
    """
    return _compared(_paragraphs(old), _paragraphs(new), context)


def compare_marks(old: str, new: str, *, context: int | None = None) -> SafeString:
    """The same with signs for headings, emphasis and links, for where no word has changed."""
    return _compared(marked_lines(old), marked_lines(new), context)


def differs_beyond(words: str, marks: str) -> bool:
    """Whether a comparison of marks shows a change that the one of the words does not."""
    return _changes.findall(words) != _changes.findall(marks)


def compare_text(old: str, new: str, *, context: int | None = None) -> SafeString:
    """The same of plain text, whose paragraphs are its lines."""
    return _compared(_lines(old), _lines(new), context)


def compare_line(old: str, new: str) -> SafeString:
    """The same of one line, without a <p> around it."""
    if bool(old) and bool(new):
        return _words(old, new, _Budget())
    return _whole(old or None, new or None)


def has_same_words(old: str, new: str) -> bool:
    """Whether two texts of articles differ in nothing that `compare_html` shows."""
    return _paragraphs(old) == _paragraphs(new)


class _Budget:
    """How much more may be compared word by word."""

    def __init__(self) -> None:
        self.left = MOST_WORDS_IN_ALL

    def allows(self, cost: int) -> bool:
        if cost > min(self.left, MOST_WORDS):
            return False
        self.left -= cost
        return True


def _paragraphs(html: str) -> list[str]:
    """With pull-quotes, and with what can be told of pictures and embeds."""
    cleaned = clean_article_html(html)
    if not LOOKED_AT.search(cleaned):
        return ArticleText(cleaned).paragraphs
    root = parsed(cleaned)
    root.change(lambda element, _parent: _told(element))
    return ArticleText(str(root)).paragraphs


def _told(element: Element) -> list[Element | str]:
    if element.name == "aside":
        return [Element("blockquote", children=element.children)]
    if element.name != "figure":
        return [element]
    if element.has_class("embed"):
        link = next(element.elements("a"))
        return [f"<p>{EMBED} {link.text} ({link.attributes['href']})</p>"]
    image = next(element.elements("img"))
    address, alt = image.attributes["src"], image.attributes.get("alt")
    return [
        f"<p>{PICTURE} {f'{alt} ({address})' if alt else address}</p>",
        *(Element("p", children=each.children) for each in element.elements("figcaption")),
    ]


def _lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def _compared(old: list[str], new: list[str], context: int | None) -> SafeString:
    pairs, budget = list(_pairs(old, new)), _Budget()
    shown = _near_changes(pairs, context)
    rows = []
    for number, pair in enumerate(pairs):
        if number in shown:
            rows.append([_paragraph(*pair, budget)])
        elif not rows or rows[-1] != [GAP]:
            rows.append([GAP])
    return format_html_join("\n", "<p>{}</p>", rows)


def _near_changes(pairs: list[_Pair], context: int | None) -> set[int]:
    """The numbers of what is shown."""
    if context is None:
        return set(range(len(pairs)))
    changed = [number for number, (before, after) in enumerate(pairs) if before != after]
    return {near for number in changed for near in range(number - context, number + context + 1)}


def _paragraph(before: str | None, after: str | None, budget: _Budget) -> str:
    if before is None or after is None:
        return _whole(before, after)
    return after if before == after else _words(before, after, budget)


def _whole(before: str | None, after: str | None) -> SafeString:
    """All of it gone, come or replaced."""
    gone = format_html("<del>{}</del>", before) if before is not None else SafeString()
    come = format_html("<ins>{}</ins>", after) if after is not None else SafeString()
    return format_html("{} {}", gone, come) if gone and come else gone or come


def _words(before: str, after: str, budget: _Budget) -> SafeString:
    old, new = _word.findall(before), _word.findall(after)
    if not budget.allows(len(old) * len(new)):
        return _whole(before, after)
    parts = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        if what == "equal":
            parts.append(format_html("{}", come))
            continue
        if gone:
            parts.append(format_html("<del>{}</del>", gone))
        if come:
            parts.append(format_html("<ins>{}</ins>", come))
    return format_html_join("", "{}", ([part] for part in parts))


def _pairs(old: list[str], new: list[str]) -> Iterator[_Pair]:
    """Each paragraph with what became of it, in the order of both texts."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield from zip(new[:start], new[:start], strict=True)
    yield from _changed(old[start : len(old) - end], new[start : len(new) - end])
    tail = new[len(new) - end :]
    yield from zip(tail, tail, strict=True)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many paragraphs the two have in common at their beginning."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))


def _changed(old: list[str], new: list[str]) -> Iterator[_Pair]:
    if len(old) * len(new) > MOST_PARAGRAPHS:
        yield from _aligned(old, new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield from zip(new[j1:j2], new[j1:j2], strict=True)
        else:
            yield from _aligned(old[i1:i2], new[j1:j2])


def _aligned(old: list[str], new: list[str]) -> Iterator[_Pair]:
    """Pairs those that are alike, in their order; of very many, those with the same number."""
    bags = [Counter(each.split()) for each in old], [Counter(each.split()) for each in new]
    if len(old) * len(new) > MOST_PAIRS:
        both = range(min(len(old), len(new)))
        partners = [(i, i) for i in both if _likeness(bags[0][i], bags[1][i]) > 0]
    else:
        partners = list(_partners(*bags))
    i = j = 0
    for next_i, next_j in [*partners, (len(old), len(new))]:
        yield from ((each, None) for each in old[i:next_i])
        yield from ((None, each) for each in new[j:next_j])
        if next_i < len(old):
            yield old[next_i], new[next_j]
        i, j = next_i + 1, next_j + 1


def _partners(old: list[Counter[str]], new: list[Counter[str]]) -> Iterator[tuple[int, int]]:
    """The pairs, by their numbers, that together have most in common."""
    # best[i][j]: the most that old[i:] and new[j:] can have in common
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = _likeness(old[i], new[j]) + best[i + 1][j + 1]
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, below zero where it is too small to speak of."""
    share = 2 * (one & other).total() / (one.total() + other.total())
    return share if share >= ALIKE else -1
