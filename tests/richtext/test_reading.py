"""A text as readers get it: numbered notes, tables that scroll, links that may play."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given, settings

from richtext.articles import clean_article_html
from richtext.embeds import frame_of
from richtext.passages import ArticleText, Selector
from richtext.reading import for_elsewhere, for_readers, has_frames
from richtext.text import text_from_article_html
from tests.richtext.test_any_passage import Strict
from tests.richtext.test_shapes import FIGURE, HOSTILE, KEPT, TABLE

NOTED = (
    '<p>Twelve hours<span class="footnote">On <a href="/moon/">average</a>.</span> pass.</p>'
    '<p>Then<span class="footnote">Or not.</span> again.</p>'
)
EMBED = '<figure class="embed"><a href="https://youtu.be/abcdefghijk">Seals at play</a></figure>'


def test_footnotes_are_numbered_and_stand_below_with_links_both_ways():
    html = for_readers(NOTED)
    for number in (1, 2):
        assert f'<a href="#note-{number}" id="note-{number}-mark"' in html
        assert f'href="#note-{number}-mark"' in html
    assert 'aria-label="Footnote 1">1</a></sup> pass.' in html
    assert html.index("again.") < html.index("On <a") < html.index("Or not.")
    with override("de"):
        assert 'id="de-note-1"' in for_readers(NOTED, prefix="de-")


def test_footnotes_are_text_at_the_end_and_their_numbers_are_none():
    text = ArticleText(NOTED)
    assert text.paragraphs == ["Twelve hours pass.", "Then again.", "On average.", "Or not."]
    assert text.find(Selector("hours pass. Then again"))


def test_pull_quotes_repeat_the_text_and_are_no_passage():
    text = ArticleText(f"{KEPT['a pull-quote']}<p>“It was checking.”</p>")
    assert text.paragraphs == ["“It was checking.”"]
    assert text.count("It was checking.") == 1


def test_wide_tables_scroll_also_by_keyboard():
    assert re.search(r'<div [^>]*tabindex="0"[^>]*><table>', for_readers(TABLE))


def test_known_player_waits_for_a_click_and_others_stay_links():
    html = for_readers(EMBED)
    assert 'data-frame="https://www.youtube-nocookie.com/embed/abcdefghijk"' in html
    assert "<iframe" not in html
    assert has_frames(EMBED)
    other = EMBED.replace("youtu.be", "tube.example")
    assert "data-frame" not in for_readers(other)
    assert not has_frames(other)
    assert not has_frames("<p>https://youtu.be/abcdefghijk</p>")


def test_page_with_the_button_of_a_player_may_show_its_frame():
    stored = clean_article_html(EMBED.replace("<a ", '<a title="x" '))
    assert "data-frame" in for_readers(stored)
    assert has_frames(stored)


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=9",
            "youtube-nocookie.com/embed/abcdefghijk",
        ),
        ("https://vimeo.com/12345678", "https://player.vimeo.com/video/12345678?dnt=1"),
        ("https://archive.org/details/a-film.1", "https://archive.org/embed/a-film.1"),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", None),
        ("https://evil.example/https://youtu.be/abcdefghijk", None),
        ("http://vimeo.com/12345678", None),
    ],
)
def test_only_listed_players_are_shown(address, frame):
    found = frame_of(address)
    assert (found and found.address.endswith(frame)) if frame else found is None


def test_elsewhere_everything_is_plain_and_says_the_host():
    html = for_elsewhere(
        NOTED + FIGURE + EMBED + KEPT["a pull-quote"], base_url="https://paper.example/articles/x/"
    )
    assert "<sup>[1]</sup>" in html
    assert 'href="https://paper.example/moon/"' in html
    assert 'src="https://paper.example/images/7/"' in html
    assert "checking" not in html
    assert "<span" not in html
    assert "<img" not in for_elsewhere(FIGURE, base_url="https://paper.example/", pictures=False)


def test_table_and_code_as_plain_text():
    rows = "<table><tbody><tr><td><p>a</p></td><td>b</td></tr></tbody></table>"
    assert text_from_article_html(rows) == "a | b"
    assert text_from_article_html("<pre><code>a\n  b</code></pre><p>c</p>") == "a\n  b\n\nc"


@given(HOSTILE)
@settings(max_examples=200, deadline=None)
def test_whatever_is_stored_is_shown_well_formed(html):
    Strict(for_readers(html).replace("<aside", "<div").replace("</aside", "</div"))
    ArticleText(html)
