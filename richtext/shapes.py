"""Elements of a text that mean something in one shape only: figures, pull-quotes, footnotes …"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from richtext.source import TAG, VOID

LOOKED_AT = re.compile(r"<(?:aside|figcaption|figure|img|span|table)\b|<pre>\n")
DEEPEST = 60  # elements in elements
_attribute = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass
class Element:
    """An element, or with no name the whole text. Values of attributes are escaped."""

    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def __str__(self) -> str:
        inner = "".join(map(str, self.children))
        if not self.name:
            return inner
        attributes = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        opening = f"<{self.name}{attributes}>"
        return opening if self.name in VOID else f"{opening}{inner}</{self.name}>"

    def has_class(self, name: str) -> bool:
        return self.attributes.get("class") == name

    def elements(self, name: str = "") -> Iterator["Element"]:
        """Its direct children that are elements, of this name."""
        found = (child for child in self.children if isinstance(child, Element))
        return (child for child in found if name in ("", child.name))

    @property
    def text(self) -> str:
        """Its words, escaped."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def change(self, change: "Change") -> None:
        """Puts what `change` gives in the place of each element below it, innermost first."""
        children: list[Element | str] = []
        for child in self.children:
            if isinstance(child, Element):
                child.change(change)
                children += change(child, self)
            else:
                children.append(child)
        self.children = children


type Change = Callable[[Element, Element], list[Element | str]]


def parsed(html: str) -> Element:
    """The tree of HTML that came out of the cleaner: every element ends, in its order.

    Raises ValueError for what is nested beyond all reason.
    """
    root = Element()
    opened, at = [root], 0
    for tag in TAG.finditer(html):
        if tag.start() > at:
            opened[-1].children.append(html[at : tag.start()])
        at = tag.end()
        if tag["slash"]:
            opened.pop()
            continue
        element = Element(tag["name"], dict(_attribute.findall(tag[0])))
        opened[-1].children.append(element)
        if element.name not in VOID:
            opened.append(element)
        if len(opened) > DEEPEST:
            raise ValueError("Nested too deeply.")
    root.children.append(html[at:])
    return root


def shaped(html: str) -> str:
    """Cleaned HTML without what is in no shape that the editor knows; its words stay."""
    if not LOOKED_AT.search(html):
        return html
    try:
        root = parsed(html)
    except ValueError:
        return TAG.sub("", html)
    root.change(_shaped)
    return str(root)


def _shaped(element: Element, parent: Element) -> list[Element | str]:
    check = _SHAPES.get(element.name)
    return check(element, parent) if check else [element]


def _span(span: Element, _parent: Element) -> list[Element | str]:
    """A footnote, or words in another language; anything else is nothing."""
    if not span.text.strip():
        return span.children
    if "class" in span.attributes:
        span.change(_without_footnotes)
        span.attributes = {"class": span.attributes["class"]}
        return [span]
    if "lang" not in span.attributes:
        return span.children
    span.attributes = {n: span.attributes[n] for n in ("lang", "dir") if n in span.attributes}
    return [span]


def _link(link: Element, _parent: Element) -> list[Element | str]:
    """The number of a footnote is a link, and no link is in another."""
    link.change(_without_footnotes)
    return [link]


def _without_footnotes(element: Element, _parent: Element) -> list[Element | str]:
    return element.children if element.has_class("footnote") else [element]


def _aside(aside: Element, parent: Element) -> list[Element | str]:
    """A pull-quote of paragraphs, in nothing else."""
    inner = [child for child in aside.children if isinstance(child, Element) or child.strip()]
    is_prose = all(isinstance(child, Element) and child.name == "p" for child in inner)
    if parent.name or not (aside.has_class("pull-quote") and is_prose and aside.text.strip()):
        return [part for child in aside.children for part in _loose(child)]
    aside.children = inner
    return [aside]


def _figure(figure: Element, parent: Element) -> list[Element | str]:
    """One of our pictures with its caption, or a link to what may be shown in the page."""
    if parent.name in ("", "li", "blockquote"):
        if figure.has_class("embed"):
            link = next(figure.elements("a"), None)
            if (
                link
                and link.attributes.get("href", "").startswith("https://")
                and link.text.strip()
            ):
                link.attributes = {
                    n: link.attributes[n] for n in ("href", "rel") if n in link.attributes
                }
                link.children = [link.text.strip()]
                figure.children = [link]
                return [figure]
        elif image := next((i for i in figure.elements("img") if "src" in i.attributes), None):
            captions = [each for each in figure.elements("figcaption") if each.text.strip()]
            figure.children = [image, *captions[:1]]
            return [figure]
    return [child for each in figure.children for child in _loose(each)]


def _loose(child: Element | str) -> list[Element | str]:
    """What becomes of a part of a block that is none: its words never join those before."""
    if isinstance(child, str):
        return [Element("p", children=[child])] if child.strip() else []
    if child.name in ("img", "figcaption"):
        return [Element("p", children=child.children)] if child.children else []
    return [child]


def _image(image: Element, parent: Element) -> list[Element | str]:
    image.attributes = {n: image.attributes[n] for n in ("src", "alt") if n in image.attributes}
    return [image] if parent.name == "figure" and "src" in image.attributes else []


def _caption(caption: Element, parent: Element) -> list[Element | str]:
    return [caption] if parent.name == "figure" else [Element("p", children=caption.children)]


def _code_block(block: Element, _parent: Element) -> list[Element | str]:
    """Parsers drop a line break after the tag, so that each reading would drop another."""
    first, *others = block.children or [""]
    if isinstance(first, str):
        block.children = [first.lstrip("\n"), *others]
    return [block]


def _table(table: Element, _parent: Element) -> list[Element | str]:
    """All rows in one body, as the editor keeps them; what is no row stands before it."""
    parts: list[Element | str] = []
    for child in table.children:
        parts += child.children if _is(child, "tbody") else [child]
    parts = [part for part in parts if isinstance(part, Element) or part.strip()]
    rows = [part for part in parts if _is(part, "tr")]
    loose = [part for part in parts if not _is(part, "tr")]
    table.children = [Element("tbody", children=list(rows))]
    return [*loose, table] if rows else loose


def _is(node: Element | str, name: str) -> TypeGuard[Element]:
    return isinstance(node, Element) and node.name == name


_SHAPES: dict[str, Change] = {
    "a": _link,
    "aside": _aside,
    "figcaption": _caption,
    "figure": _figure,
    "img": _image,
    "pre": _code_block,
    "span": _span,
    "table": _table,
}
