"""What checks read from an article's HTML."""

import pytest

from richtext.outline import Heading, Link, Outline
from richtext.sentences import count_words, sentences


def test_headings_and_links_are_found_in_order():
    outline = Outline(
        '<h2>The <em>old</em> quay</h2><p>See <a href=" /pages/about/ ">about\n us</a>.</p>'
        '<figure><img src="/images/1/" alt="A ferry"></figure><h3></h3>'
    )
    assert outline.headings == [Heading(2, "The old quay"), Heading(3, "")]
    assert outline.links == [Link("/pages/about/", "about us")]


def test_only_prose_is_a_paragraph():
    html = "<h2>Head</h2>loose<p>One</p><ul><li>Two</li></ul><table><tr><td>Four</td></tr></table>"
    html += "<blockquote><p>Three</p></blockquote><pre>x = 1</pre><figcaption>Five</figcaption>"
    assert Outline(html).paragraphs == ["loose", "One", "Two", "Three"]


@pytest.mark.parametrize("html", ["", "<p", "</p></p>", "<a href='x'>never closed", "<h2>a<h2>b"])
def test_broken_html_is_read_without_complaint(html):
    Outline(html)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four… five.", 4),
        ("He said: “One.” Then he left.", 2),
        ("It was J. Okafor, i. e. the keeper. She knew.", 2),
        ("Am 3. Mai kam z. B. der Rat.", 1),
        ("انتهى الاجتماع؟ نعم. لا.", 3),
        ("Вышли в 5 утра. Вернулись ночью.", 2),
        ("no mark at the end", 1),
        ("", 0),
    ],
)
def test_sentences_are_told_apart(text, count):
    assert len(list(sentences(text))) == count


def test_words_are_what_has_a_letter_or_a_figure():
    assert count_words("The keeper's — well, 3 — boats …") == 5
