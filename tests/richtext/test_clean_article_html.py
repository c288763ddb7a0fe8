"""Whatever is written into an article's text, only harmless HTML comes out."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from richtext.articles import clean_article_html, safe_article_html

PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<ScRiPt src=//x>", "<svg onload=alert(1)>", "<p onclick='x()'>",
        '<a href="javascript:alert(1)">', "<a href='java\tscript:x'>",
        "<a href=\" &#106;avascript:x\">", "<img src=x onerror=alert(1)>", "<style>*{}</style>",
        "<math><mtext></p><style>", "<!--", "-->", "<iframe srcdoc='<script>'>", "<h2>", "</h2>",
        "<p style='color:red'>", "<p>", "</p>", "<b>", "</b>", "<ul><li>", "<blockquote>", "&lt;",
        "<a href='https://paper.example/' target=_blank>", "</a>",
        "<noscript><p title='</noscript>", '<a href="data:text/html,x">', "'",
        "<template>", "<form action=x><input>", "<base href=//x>", "<![CDATA[", "<br/>", "\x00",
    ]
)  # fmt: skip
HTML = st.lists(PIECES | st.text(max_size=12), max_size=14).map("".join)
ALLOWED = {
    "p", "br", "hr", "strong", "em", "s", "sub", "sup", "h2", "h3", "ul", "ol", "li", "blockquote",
    "a", "b", "i", "u", "del", "strike",
}  # fmt: skip


class Tags(HTMLParser):
    """Every start tag with its attributes, as a browser would read them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    @classmethod
    def of(cls, html):
        parser = cls()
        parser.feed(html)
        parser.close()
        return parser.found


@given(HTML)
@settings(max_examples=400, deadline=None)
def test_only_harmless_tags_and_attributes_survive(html):
    for tag, attributes in Tags.of(clean_article_html(html)):
        assert tag in ALLOWED
        assert set(attributes) <= (
            {"href", "title", "rel"} if tag == "a" else {"start", "type", "data-type"}
        )
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes.get("href") or "", re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


@example("<h2><b><h2>")
@given(HTML)
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_changes_nothing_more(html):
    once = clean_article_html(html)
    assert clean_article_html(once) == once
    assert safe_article_html(html) == once


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain <strong>bold</strong> <em>slanted</em><br>next</p>",
        "<h2>Part</h2><ul><li><p>One</p></li></ul><blockquote><p>Said</p></blockquote><hr>",
    ],
)
def test_what_the_editor_writes_is_kept(html):
    assert clean_article_html(html) == html


def test_links_are_kept_and_open_no_back_door():
    cleaned = clean_article_html('<p><a href="https://paper.example/">x</a></p>')
    assert cleaned == '<p><a href="https://paper.example/" rel="noopener">x</a></p>'
