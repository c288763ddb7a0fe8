"""Figures, pull-quotes, footnotes, tables and embeds are stored in one shape, or not at all."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from richtext.articles import ATTRIBUTES, TAGS, clean_article_html
from tests.richtext.test_clean_article_html import HTML, Tags

FIGURE = '<figure><img src="/images/7/" alt="A quay"><figcaption>At dawn</figcaption></figure>'
TABLE = (
    "<table><tbody><tr><th><p>Boat</p></th><th><p>Hour</p></th></tr>"
    '<tr><td colspan="2"><p>None</p></td></tr></tbody></table>'
)
KEPT = {
    "headings": "<h2>One</h2><h3>Two</h3><h4>Three</h4>",
    "a figure": FIGURE,
    "a wide figure without words": '<figure class="wide"><img src="/images/7/"></figure>',
    "a decorative figure": '<figure><img src="/images/7/" alt=""></figure>',
    "a caption with a link": FIGURE.replace(
        "At", '<a href="/x/" rel="noopener">At</a> <em>at</em>'
    ),
    "a pull-quote": '<aside class="pull-quote"><p>It was <em>checking</em>.</p></aside>',
    "a footnote": '<p>So<span class="footnote">Or <em>nearly</em>.</span> it was.</p>',
    "notes side by side": '<p>a<span class="footnote">x</span><span class="footnote">y</span></p>',
    "another language": '<p>The <span lang="ar" dir="rtl">ميناء</span> is shut.</p>',
    "a table": TABLE,
    "code": "<p>Say <code>OK</code>.</p><pre><code>a\n  b &lt; c</code></pre>",
    "an embed": '<figure class="embed"><a href="https://vimeo.com/12345678" rel="noopener">Film'
    "</a></figure>",
    "lists": '<ol start="3"><li><p>c</p></li></ol><ol type="a"><li><p>a</p></li></ol>',
}
CHANGED = [
    ('<p><img src="/images/7/" alt="x"></p>', ""),
    ('<figure><img src="https://other.example/x.jpg" alt="x"></figure>', ""),
    ('<figure><img src="/images/7/../../admin/"><figcaption>A</figcaption></figure>', "<p>A</p>"),
    ("<figcaption>A</figcaption>", "<p>A</p>"),
    ('<aside class="ad"><p>A</p></aside>', "<p>A</p>"),
    ('<aside class="pull-quote">A</aside>', "<p>A</p>"),
    ('<li><aside class="pull-quote"><p>A</p></aside></li>', "<li><p>A</p></li>"),
    ('<p>a<span style="color:red">b</span></p>', "<p>ab</p>"),
    ('<p>a<span lang="d&quot;e" dir="up">b</span></p>', "<p>ab</p>"),
    ('<p><span class="footnote">a<span class="footnote">b</span></span></p>',
     '<p><span class="footnote">ab</span></p>'),
    ('<a href="/x/">a<span class="footnote">b</span></a>',
     '<a href="/x/" rel="noopener">ab</a>'),
    ('<p>a<span class="footnote"> </span></p>', "<p>a </p>"),
    ('<figure class="embed"><a href="http://x.example/">A</a></figure>',
     '<a href="http://x.example/" rel="noopener">A</a>'),
    ('<figure class="embed"><a title="x" href="https://x.example/">A</a></figure>',
     '<figure class="embed"><a href="https://x.example/" rel="noopener">A</a></figure>'),
    ("<pre>\n\n\na</pre>", "<pre>a</pre>"),
    ("<table><caption>T</caption><thead><tr><th>a</th></tr></thead><tr><td>b</td></tr></table>",
     "T<table><tbody><tr><th>a</th></tr><tr><td>b</td></tr></tbody></table>"),
    ('<td colspan="x">a</td>', "a"),
    ('<ol start="1" type="x" data-type="y"><li>a</li></ol>', "<ol><li>a</li></ol>"),
]  # fmt: skip
PIECES = st.sampled_from(
    [
        *KEPT.values(), *(html for html, _clean in CHANGED), '<span class="footnote">', "</span>",
        '<span lang="de">', '<aside class="pull-quote">', "</aside>", "<figure>", "</figure>",
        '<figure class="embed">', '<img src="/images/9/">', "<figcaption>", "</figcaption>",
        "<table>", "</table>", "<tr>", "<td>", "<th>", "</tr>", "<tbody>", "<pre>", "</pre>",
        "<code>", "\n", "<p>", "</p>", "words", '<a href="https://x.example/">', "</a>", "<li>",
    ]
)  # fmt: skip
HOSTILE = st.lists(PIECES | HTML, max_size=12).map("".join)


@pytest.mark.parametrize("name", KEPT)
def test_what_the_editor_writes_is_kept_as_it_is(name):
    assert clean_article_html(KEPT[name]) == KEPT[name]


@pytest.mark.parametrize(("html", "clean"), CHANGED)
def test_what_has_no_shape_leaves_its_words(html, clean):
    assert clean_article_html(html) == clean


@example("<h2><table></h2><a><td><a>")
@given(HOSTILE)
@settings(max_examples=400, deadline=None)
def test_cleaned_text_equals_its_own_cleaned_form(html):
    once = clean_article_html(html)
    assert clean_article_html(once) == once


@given(HOSTILE)
@settings(max_examples=300, deadline=None)
def test_nothing_but_the_allowed_is_ever_stored(html):
    for tag, attributes in Tags.of(clean_article_html(html)):
        assert tag in TAGS
        allowed = ATTRIBUTES.get(tag, {})
        for name, value in attributes.items():
            assert name in allowed or (tag, name) == ("a", "rel")
            pattern = allowed.get(name)
            assert pattern is None or pattern.fullmatch(value)
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes.get("href") or "", re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}


def test_what_is_nested_beyond_reason_leaves_its_words():
    html = "<blockquote>" * 300 + '<span class="footnote">deep</span>' + "</blockquote>" * 300
    assert clean_article_html(html) == "deep"
