"""Plain text as the paragraphs of an article."""

from hypothesis import given
from hypothesis import strategies as st

from richtext.articles import article_html_from_plain, clean_article_html


def test_plain_text_becomes_paragraphs():
    html = article_html_from_plain("One <b>\nline & another\r\n\r\n  \nTwo\n")
    assert html == "<p>One &lt;b&gt;<br>line &amp; another</p><p>Two</p>"
    assert article_html_from_plain(" \n ") == ""


@given(st.text())
def test_any_plain_text_is_clean(text):
    html = article_html_from_plain(text)
    assert "<" not in clean_article_html(html).replace("<p>", "").replace("</p>", "").replace(
        "<br>", ""
    )
