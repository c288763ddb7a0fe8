import pytest

from richtext.text import text_from_article_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<h2>Head</h2>\n<p>a  <strong>b</strong> c</p>", "Head\n\na b c"),
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<p>Fish &amp; chips &lt;3</p>", "Fish & chips <3"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n\n- b"),
        ("<ol><li><p>a</p><p>more</p></li><li><p>b</p></li></ol>", "1. a\n\nmore\n\n2. b"),
        ("<blockquote><p>said</p></blockquote><hr><p>x</p>", "said\n\n* * *\n\nx"),
        ('<p>See <a href="https://a.example/">this</a>.</p>', "See this (https://a.example/)."),
        ("<p>a</p><script>alert(1)</script>", "a"),
    ],
)
def test_article_as_plain_text(html, text):
    assert text_from_article_html(html) == text
