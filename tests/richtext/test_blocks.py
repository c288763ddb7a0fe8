"""An article's text as blocks, and the blocks of two texts side by side."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richtext.blocks import HEADINGS, blocks, pairs
from richtext.reading import for_readers

KINDS = st.lists(st.sampled_from(["p", "h2", "h3", "ul", "blockquote", "hr"]), max_size=25)


def shown(left: str, right: str) -> list[str]:
    """Pairs of letters: `h` a heading, `p` a paragraph, `u` a list; `-` for nothing."""
    kinds = {"h": "h2", "p": "p", "u": "ul"}
    found = pairs([kinds[sign] for sign in left], [kinds[sign] for sign in right])
    return [
        (left[one] if one is not None else "-") + (right[other] if other is not None else "-")
        for one, other in found
    ]


def test_text_falls_into_its_outermost_blocks():
    html = "<p>One <em>word</em></p><hr><blockquote><p>Two</p><p>Three</p></blockquote><h2>H</h2>"
    assert [block.kind for block in blocks(html)] == ["p", "hr", "blockquote", "h2"]
    assert "".join(block.html for block in blocks(html)) == for_readers(html)


def test_loose_words_are_paragraphs():
    found = blocks("At <strong>dusk</strong><ul><li>Lamps</li></ul> and then night")
    assert [block.html for block in found] == [
        "<p>At <strong>dusk</strong></p>", "<ul><li>Lamps</li></ul>", "<p>and then night</p>",
    ]  # fmt: skip


def test_nothing_unsafe_is_in_a_block():
    html = "<p>One<script>alert(1)</script></p><p onclick='x()'>Two</p>"
    assert [block.html for block in blocks(html)] == ["<p>One</p>", "<p>Two</p>"]


@pytest.mark.parametrize("html", ["", "<p></p>", "   "])
def test_empty_text_has_no_blocks(html):
    assert blocks(html) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("", "", ""),
        ("ppp", "ppp", "pp pp pp"),
        ("pu", "pp", "pp up"),
        ("ppp", "pp", "pp pp p-"),
        ("", "pp", "-p -p"),
        ("phphp", "phphp", "pp hh pp hh pp"),
        ("ppphp", "php", "pp p- p- hh pp"),
        ("php", "ppphpp", "pp -p -p hh pp -p"),
        ("hphp", "pp", "h- pp h- pp"),
        ("pup", "pp", "pp u- pp"),
        ("ppuup", "ppup", "pp pp uu u- pp"),
        ("hh", "hpph", "hh -p -p hh"),
    ],
)
def test_blocks_stand_beside_those_that_say_the_same(left, right, expected):
    assert shown(left, right) == expected.split()


@given(KINDS, KINDS)
def test_every_block_comes_once_and_in_order(left, right):
    found = pairs(left, right)
    for side, kinds in enumerate((left, right)):
        assert [pair[side] for pair in found if pair[side] is not None] == [*range(len(kinds))]
    assert (None, None) not in found


@given(KINDS, KINDS)
def test_no_heading_stands_beside_what_is_none(left, right):
    for one, other in pairs(left, right):
        if one is not None and other is not None:
            assert (left[one] in HEADINGS) == (right[other] in HEADINGS)


@given(KINDS, KINDS)
def test_as_many_headings_all_stand_side_by_side(left, right):
    counts = [sum(kind in HEADINGS for kind in side) for side in (left, right)]
    beside = [pair for pair in pairs(left, right)
              if None not in pair and left[pair[0]] in HEADINGS]  # fmt: skip
    assert counts[0] != counts[1] or len(beside) == counts[0]


@given(st.lists(st.sampled_from(["<p>a</p>", "<h2>b</h2>", "<ul><li>c</li></ul>", "d", "<hr>"])))
def test_no_word_is_lost(parts):
    html = "".join(parts)
    words = "".join(chain.from_iterable(block.html for block in blocks(html)))
    assert [sign for sign in words if sign in "abcd"] == [
        sign for sign in for_readers(html) if sign in "abcd"
    ]
