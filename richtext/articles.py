"""The text of articles and pages: what editors may write, and its safe HTML."""

import re
from functools import lru_cache
from typing import Any

import nh3
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from richtext.shapes import shaped

# What the editor (static/richtext/editor.js) writes.
TAGS = {
    "a", "aside", "blockquote", "br", "code", "em", "figcaption", "figure", "h2", "h3", "h4", "hr",
    "img", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "th", "tr", "ul",
}  # fmt: skip
SPANS = re.compile("[2-9]|[1-9][0-9]")
ATTRIBUTES: dict[str, dict[str, re.Pattern[str] | None]] = {  # what their values must be
    "a": {"href": None, "title": None},
    "aside": {"class": re.compile("pull-quote")},
    "figure": {"class": re.compile("embed|wide")},
    "img": {"src": re.compile("/images/[1-9][0-9]{0,17}/"), "alt": None},
    "ol": {"start": re.compile("[2-9]|[1-9][0-9]{1,4}"), "type": re.compile("[aAiI]")},
    "span": {
        "class": re.compile("footnote"),
        "lang": re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"),
        "dir": re.compile("ltr|rtl"),
    },
    "td": {"colspan": SPANS, "rowspan": SPANS},
    "th": {"colspan": SPANS, "rowspan": SPANS},
}


def _filter(tag: str, name: str, value: str) -> str | None:
    pattern = ATTRIBUTES.get(tag, {}).get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


_allowed: dict[str, Any] = {
    "tags": TAGS,
    "attributes": {"*": set(), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    "url_schemes": {"http", "https", "mailto"},
    "link_rel": "noopener",
}
_cleaner = nh3.Cleaner(**_allowed, attribute_filter=_filter)
_markdown = MarkdownIt("js-default", {"html": True, "typographer": False})  # cleaned afterwards
MOST_PASSES = 10
EMPTY_DOCUMENTS = ("<p></p>", "<h2></h2>", "<h3></h3>", "<h4></h4>")


@lru_cache(maxsize=32)  # an article's page asks for the same one several times
def clean_article_html(html: str) -> str:
    """The HTML with everything that the editor cannot produce removed. Idempotent."""
    cleaned = _cleaned(html)
    # What is left when a tag goes may be nested as no parser reads it: <h2><b><h2>.
    for _attempt in range(MOST_PASSES):
        before, cleaned = cleaned, _cleaned(cleaned)
        if cleaned == before:
            break
    else:  # no end of it: the words alone
        cleaned = nh3.clean(cleaned, tags=set()).strip()
    return "" if cleaned in EMPTY_DOCUMENTS else cleaned


def _cleaned(html: str) -> str:
    return shaped(_cleaner.clean(html)).strip()


def safe_article_html(html: str) -> SafeString:
    """Stored article HTML for a template, cleaned once more: the database may hold old rules."""
    return mark_safe(clean_article_html(html))  # noqa: S308


def with_host(html: str, *, base_url: str) -> SafeString:
    """Clean article HTML whose links and pictures say the host, as on the page at `base_url`."""
    elsewhere = nh3.Cleaner(**_allowed, url_relative=("rewrite_with_base", base_url))
    return mark_safe(elsewhere.clean(html))  # noqa: S308


def article_html_from_markdown(markdown: str) -> str:
    """Article HTML from Markdown, for texts that come from files and not from the editor."""
    return clean_article_html(_markdown.render(markdown))


def article_html_from_plain(text: str) -> SafeString:
    """Plain text as paragraphs: an empty line parts them, any other end of a line is kept."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return format_html_join(
        "",
        "<p>{}</p>",
        (
            (format_html_join(mark_safe("<br>"), "{}", ((line,) for line in each.split("\n"))),)
            for each in paragraphs
            if each.strip()
        ),
    )
