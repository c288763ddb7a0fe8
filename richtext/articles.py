"""The text of articles and pages: what editors may write, and its safe HTML."""

import re

import nh3
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from markdown_it import MarkdownIt

# The editor's toolbar and the allow-list below are derived from the same list.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"protocols": ["http", "https", "mailto"]},
    "HardBreak": True,
}
_allowed = allowlist_from_extensions(expand_extensions(EXTENSIONS))
_allowed["attributes"] |= {"a": {"href", "title"}, "*": set()}
_cleaner = nh3.Cleaner(**{**_allowed, "link_rel": "noopener"})
_markdown = MarkdownIt("js-default", {"html": False, "typographer": False})
MOST_PASSES = 10
EMPTY_DOCUMENTS = ("<p></p>", "<h2></h2>", "<h3></h3>")


def clean_article_html(html: str) -> str:
    """The HTML with everything that the editor cannot produce removed. Idempotent."""
    cleaned = _cleaner.clean(html).strip()
    # What is left when a tag goes may be nested as no parser reads it: <h2><b><h2>.
    for _attempt in range(MOST_PASSES):
        before, cleaned = cleaned, _cleaner.clean(cleaned).strip()
        if cleaned == before:
            break
    return "" if cleaned in EMPTY_DOCUMENTS else cleaned


def safe_article_html(html: str) -> SafeString:
    """Stored article HTML for a template, cleaned once more: the database may hold old rules."""
    return mark_safe(clean_article_html(html))  # noqa: S308


def absolute_article_html(html: str, *, base_url: str) -> SafeString:
    """The same for other places than the page at `base_url`: every link says its host."""
    elsewhere = nh3.Cleaner(
        **{**_allowed, "link_rel": "noopener", "url_relative": ("rewrite_with_base", base_url)}
    )
    return mark_safe(elsewhere.clean(clean_article_html(html)))  # noqa: S308


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
