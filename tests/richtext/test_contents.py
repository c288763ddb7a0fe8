"""The headings of a text as places that others link to."""

import re

import pytest
from hypothesis import given, settings

from richtext.articles import clean_article_html
from richtext.contents import contents, entries, with_ids
from richtext.passages import ArticleText
from richtext.reading import for_readers
from tests.richtext.test_any_passage import Strict
from tests.richtext.test_shapes import HOSTILE

TEXT = (
    "<h2>The mole</h2><p>…</p><h3>Its <em>stones</em></h3><p>…</p><h4>Granite</h4>"
    "<h2>The mole</h2><h2>بريد الميناء</h2><h2>?!</h2>"
)


def ids(html):
    return [each.id for each in entries(html)]


def test_id_is_made_of_the_words_and_is_there_once():
    expected = ["part-the-mole", "part-its-stones", "part-granite", "part-the-mole-2"]
    assert ids(TEXT) == [*expected, "part-بريد-الميناء", "part"]
    assert re.findall(r'<h[234] id="([^"]*)">', for_readers(TEXT)) == ids(TEXT)
    assert 'id="de-part-granite"' in for_readers(TEXT, prefix="de-")


def test_id_that_another_heading_spells_is_not_given_twice():
    found = ids("<h2>Tide</h2><h2>Tide 2</h2><h2>Tide</h2><h2>Tide</h2>")
    assert found == ["part-tide", "part-tide-2", "part-tide-3", "part-tide-4"]


def test_id_stays_while_the_words_do():
    assert ids(f"<h2>Before</h2><p>New.</p>{TEXT}")[1:] == ids(TEXT)


def test_footnote_is_no_part_of_what_a_heading_says():
    noted = '<h2>Tides<span class="footnote">At <em>springs</em>.</span> &amp; boats</h2>'
    (entry,) = entries(noted)
    assert (entry.id, entry.text) == ("part-tides-boats", "Tides & boats")
    assert '<h2 id="part-tides-boats">Tides<sup' in for_readers(noted)


def test_tag_in_a_value_is_no_heading():
    tricky = clean_article_html('<p><a href="/" title="<h2>No</h2>">x</a></p><h2>Yes</h2>')
    assert ids(tricky) == ["part-yes"]
    assert with_ids(tricky).count(" id=") == 1


@pytest.mark.parametrize(
    ("html", "listed"),
    [
        ("<h2>One</h2><h2>Two</h2>", []),
        ("<h2>One</h2><h2>Two</h2><h4>Three</h4>", []),
        ("<h2>One</h2><h2>Two</h2><h2></h2>", []),
        ("<h2>One</h2><h3>Two</h3><h4>Deep</h4><h2>Three</h2>", ["One", "Two", "Three"]),
    ],
)
def test_contents_are_listed_from_three_headings_on(html, listed):
    assert [each.text for each in contents(html)] == listed


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_any_text_gets_ids_that_are_unique_and_changes_in_nothing_else(html):
    cleaned = clean_article_html(html)
    marked = with_ids(cleaned)
    found = ids(cleaned)
    assert len(found) == len(set(found))
    assert re.sub(r'(<h[234]) id="[^"]*"', r"\1", marked) == cleaned
    Strict(for_readers(html))
    assert ArticleText(html).text == ArticleText(cleaned).text
