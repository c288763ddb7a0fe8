"""The text of comments: a small Markdown, and its safe HTML.

Readers get paragraphs, emphasis, lists, quotations, code, links and spoilers (lines that begin with
`>!`): no HTML of their own, no pictures, headings, tables or rules.
"""

import re
from functools import lru_cache
from html import unescape

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

MAX_LENGTH = 5000
SPOILER = ">!"
# What costs much for its length, and how often it may occur: no text of the greatest length takes
# more than 50 ms. Each bracket may open a link, and every opened one is searched for its end.
LIMITS = {
    "brackets": (re.compile(r"\["), 150),
    "links": (re.compile(r"://|@"), 100),
    "emphasis": (re.compile(r"[*_~]"), 1000),
    "lines": (re.compile(r"\n"), 500),
}
ALLOWED = {"a", "blockquote", "br", "code", "details", "em", "li", "ol", "p", "pre", "s", "strong",
           "summary", "ul"}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
# Without the slashes a browser takes what follows for a place on the page's own host.
WHOLE = re.compile(r"https?://[^/\\]|mailto:", re.IGNORECASE)

_spoilers = re.compile(r"<details>.*?</details>", re.DOTALL)
# The preset that is bounded against hostile nesting and takes no HTML.
_markdown = MarkdownIt("js-default", {"linkify": True, "breaks": True}).disable(
    ["image", "heading", "lheading", "table", "hr"]
)


def _whole_link(tag: str, name: str, value: str) -> str | None:
    return value if (tag, name) != ("a", "href") or WHOLE.match(value) else None


_cleaner = nh3.Cleaner(
    tags=ALLOWED,
    attributes={"a": {"href"}, "*": set()},
    url_schemes=SCHEMES,
    url_relative="deny",  # a relative link would lead into the site, to its admin for example
    attribute_filter=_whole_link,
    link_rel="nofollow ugc noopener",
)


@lru_cache(maxsize=8)
def excess(text: str) -> str:
    """Of what the text has too much, one of LIMITS; '' where it can be rendered."""
    kinds = (kind for kind, (sign, most) in LIMITS.items() if len(sign.findall(text)) > most)
    return next(kinds, "")


def render_comment(text: str, *, spoiler: str = "Spoiler") -> str:
    """Safe HTML of what a reader wrote; `spoiler` is the word on what hides one.

    Raises ValueError, before any work, beyond the limits.
    """
    if len(text) > MAX_LENGTH or excess(text):
        raise ValueError(f"At most {MAX_LENGTH} characters, and not too many signs.")
    return _rendered(text, spoiler if SPOILER in text else "")


@lru_cache(maxsize=32)  # whoever writes has it checked, and then kept
def _rendered(text: str, spoiler: str) -> str:
    return _cleaner.clean(_markdown.render(text, {"spoiler": spoiler})).strip()


def stored_comment_html(html: str) -> SafeString:
    """HTML that `render_comment` made when the comment was written, for a template."""
    return SafeString(html)


def text_without_spoilers(html: str) -> str:
    """The plain text of HTML that `render_comment` made, with … for what readers open first."""
    return unescape(strip_tags(_spoilers.sub("…", html))).strip()


def _spoiler(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Consecutive lines that begin with `>!` are folded away. Spoilers hold no spoilers."""
    if state.env.get("in_spoiler") or not _opens_spoiler(state, start):
        return False
    if silent:
        return True
    line = start
    while line < end and _opens_spoiler(state, line):
        line += 1
    state.push("details_open", "details", 1).block = True
    state.push("summary_open", "summary", 1)
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = state.env["spoiler"], [], [start, line]
    state.push("summary_close", "summary", -1)
    lines = (
        state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]] for n in range(start, line)
    )
    state.env["in_spoiler"] = True
    state.md.block.parse("\n".join(one[2:] for one in lines), state.md, state.env, state.tokens)
    state.env["in_spoiler"] = False
    state.push("details_close", "details", -1).block = True
    state.line = line
    return True


def _opens_spoiler(state: StateBlock, line: int) -> bool:
    begin = state.bMarks[line] + state.tShift[line]
    end = state.eMarks[line]
    return not state.is_code_block(line) and state.src.startswith(SPOILER, begin, end)


_markdown.block.ruler.before(
    "blockquote", "spoiler", _spoiler, {"alt": ["paragraph", "reference", "blockquote", "list"]}
)
