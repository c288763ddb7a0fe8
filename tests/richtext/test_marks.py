"""Articles' HTML as lines with signs for headings, emphasis and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richtext.marks import marked_lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<h2>Tides</h2><p>One <strong>two</strong></p>", ["## Tides", "One **two**"]),
        ('<p><a href="/a/">plan</a></p>', ["[plan](/a/)"]),
        ("<ul><li><p>One</p></li><li><p><em>Two</em></p></li></ul>", ["• One", "• _Two_"]),
        ("<p>One<br>two</p><hr>", ["One", "two", "———"]),
        ("<p>a &amp; b</p>", ["a & b"]),
        ("", []),
    ],
)
def test_lines_tell_what_words_do_not(html, lines):
    assert marked_lines(html) == lines


@given(st.text())
def test_any_text_is_read(html):
    assert all(line.strip() for line in marked_lines(html))
