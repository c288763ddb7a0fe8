"""A stored text as readers get it: headings with ids, footnotes below it, tables that scroll,
players on a click.

What is stored has its footnotes where they are spoken of, and its pictures as `/images/<id>/`;
`articles.figures` puts the pictures' own markup in their place.
"""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from richtext.articles import clean_article_html, with_host
from richtext.contents import with_ids
from richtext.embeds import frame_of
from richtext.shapes import LOOKED_AT, Element, parsed
from richtext.source import NOT_TEXT

_embed = re.compile(r'<figure class="embed"><a href="([^"]*)"')


def for_readers(html: str, *, prefix: str = "") -> SafeString:
    """Safe HTML for our own pages, with labels in the active language.

    `prefix` begins the ids of headings and footnotes, where a page shows two texts.
    """
    cleaned = with_ids(clean_article_html(html), prefix=prefix)
    if not LOOKED_AT.search(cleaned):
        return mark_safe(cleaned)  # noqa: S308
    root, notes = parsed(cleaned), _Notes(f"{prefix}note")
    root.change(lambda element, _parent: [notes.taken(element)])
    root.change(lambda element, _parent: [_SHOWN.get(element.name, _as_it_is)(element)])
    for number, table in enumerate(_scrolling(root), 1):
        label = pgettext("in a text", "Table %(number)d") % {"number": number}
        table.attributes["aria-label"] = escape(label)
    return mark_safe(f"{root}{notes.list}")  # noqa: S308


def for_elsewhere(html: str, *, base_url: str, pictures: bool = True) -> SafeString:
    """Safe HTML for feeds and other papers: links say their host, nothing needs our style.

    Without pull-quotes, which repeat the text; and without `pictures` where these are not ours
    to give. An embed is the link that it is.
    """
    cleaned = clean_article_html(html)
    if LOOKED_AT.search(cleaned):
        root, notes = parsed(cleaned), _Notes()
        root.change(lambda element, _parent: _elsewhere(element, pictures=pictures))
        root.change(lambda element, _parent: [notes.plain(element)])
        cleaned = f"{root}{notes.plain_list}"
    return with_host(cleaned, base_url=base_url)


def has_frames(html: str) -> bool:
    """Whether a stored text has something that its page may show in a frame."""
    return any(frame_of(unescape(address)) for address in _embed.findall(html))


class _Notes:
    """The footnotes of a text, numbered as they are met."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.texts: list[SafeString] = []

    def taken(self, element: Element) -> "Element | str":
        """The number in place of a footnote; the element itself where it is none."""
        if not element.has_class("footnote"):
            return element
        self.texts.append(_inner(element))
        number = len(self.texts)
        return format_html(
            '<sup class="footnote-mark" {}><a href="#{}-{}" id="{}-{}-mark" aria-label="{}">{}</a>'
            "</sup>",
            SafeString(NOT_TEXT), self.name, number, self.name, number,
            gettext("Footnote %(number)d") % {"number": number}, number,
        )  # fmt: skip

    def plain(self, element: Element) -> "Element | str":
        if not element.has_class("footnote"):
            return element
        self.texts.append(_inner(element))
        return format_html("<sup>[{}]</sup>", len(self.texts))

    @property
    def list(self) -> SafeString:
        if not self.texts:
            return SafeString()
        back = format_html(
            '{} class="footnote-back" aria-label="{}"',
            SafeString(NOT_TEXT),
            gettext("Back to the text"),
        )
        return format_html(
            '<section class="footnotes" aria-label="{}"><ol>{}</ol></section>',
            gettext("Footnotes"),
            format_html_join(
                "",
                '<li id="{}-{}">{} <a href="#{}-{}-mark" {}>↩</a></li>',
                (
                    (self.name, number, text, self.name, number, back)
                    for number, text in enumerate(self.texts, 1)
                ),
            ),
        )

    @property
    def plain_list(self) -> SafeString:
        items = format_html_join("", "<li>{}</li>", ((text,) for text in self.texts))
        return format_html("<hr><ol>{}</ol>", items) if self.texts else SafeString()


def _as_it_is(element: Element) -> "Element | str":
    return element


def _table(table: Element) -> "Element | str":
    """It scrolls where it is too wide, also by keyboard."""
    attributes = {"class": "table-scroll", "role": "region", "aria-label": "", "tabindex": "0"}
    return Element("div", attributes, [table])


def _scrolling(element: Element) -> Iterator[Element]:
    """The tables below it in their order, as `_table` made them."""
    for child in element.elements():
        if child.has_class("table-scroll"):
            yield child
        yield from _scrolling(child)


def _aside(aside: Element) -> "Element | str":
    aside.attributes[NOT_TEXT] = ""  # it repeats what the text says
    return aside


def _figure(figure: Element) -> "Element | str":
    """With the address of its frame, and with the words that lead there, for the script."""
    if not figure.has_class("embed"):
        return figure
    link = next(figure.elements("a"))
    if frame := frame_of(unescape(link.attributes["href"])):
        label = gettext("Show it here, from %(provider)s") % {"provider": frame.provider}
        note = gettext("%(provider)s then learns that you are reading this.") % {
            "provider": frame.provider
        }
        return format_html(
            '<figure class="embed" data-frame="{}" data-label="{}" data-note="{}">{}'
            '<div class="embed-room" data-not-text></div></figure>',
            frame.address,
            label,
            note,
            _inner(figure),
        )
    return figure


_SHOWN = {"aside": _aside, "figure": _figure, "table": _table}


def _elsewhere(element: Element, *, pictures: bool) -> list["Element | str"]:
    if element.name == "aside":
        return []
    if element.has_class("embed"):
        return [Element("p", children=element.children)]
    return [] if element.name == "figure" and not pictures else [element]


def _inner(element: Element) -> SafeString:
    return mark_safe("".join(map(str, element.children)))  # noqa: S308
