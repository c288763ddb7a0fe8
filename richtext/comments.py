"""The text of comments: a small Markdown, and its safe HTML.

Readers get paragraphs, emphasis, lists, quotations, code and links: no HTML of their own, no
pictures, headings, tables or rules.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MAX_LENGTH = 5000
MAX_BRACKETS = 500  # each may open a link, and every opened one is searched for its end
ALLOWED = {"a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "s", "strong", "ul"}
SCHEMES = {"http", "https", "mailto"}

# The preset that is bounded against hostile nesting and takes no HTML.
_markdown = MarkdownIt("js-default", {"linkify": True, "breaks": True}).disable(
    ["image", "heading", "lheading", "table", "hr"]
)
_cleaner = nh3.Cleaner(
    tags=ALLOWED,
    attributes={"a": {"href"}, "*": set()},
    url_schemes=SCHEMES,
    url_relative="deny",  # a relative link would lead into the site, to its admin for example
    link_rel="nofollow ugc noopener",
)


def render_comment(text: str) -> str:
    """Safe HTML of what a reader wrote. Raises ValueError, before any work, beyond the limits."""
    if len(text) > MAX_LENGTH or text.count("[") > MAX_BRACKETS:
        raise ValueError(f"At most {MAX_LENGTH} characters, {MAX_BRACKETS} of them brackets.")
    return _cleaner.clean(_markdown.render(text)).strip()


def stored_comment_html(html: str) -> SafeString:
    """HTML that `render_comment` made when the comment was written, for a template."""
    return mark_safe(html)  # noqa: S308
