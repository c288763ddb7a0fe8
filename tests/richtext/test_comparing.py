"""What a reader sees of a change: paragraphs first, then words, and nothing but text."""

import re
import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richtext.comparing import compare_html, compare_line, compare_text, has_same_words

SEA, FERRY, LAMP = (
    "The harbour board agreed on Tuesday.",
    "The ferry leaves at eight in the morning.",
    "A lamp burned at the end of the mole.",
)


def html(*paragraphs):
    return "".join(f"<p>{text}</p>" for text in paragraphs)


TABLE = [
    (html(SEA), html(SEA), f"<p>{SEA}</p>"),
    (html(SEA), html(SEA, LAMP), f"<p>{SEA}</p>\n<p><ins>{LAMP}</ins></p>"),
    (html(SEA, LAMP), html(LAMP), f"<p><del>{SEA}</del></p>\n<p>{LAMP}</p>"),
    (
        html(SEA, FERRY),
        html(SEA, FERRY.replace("eight", "nine")),
        f"<p>{SEA}</p>\n<p>The ferry leaves at <del>eight</del><ins>nine</ins> in the morning.</p>",
    ),
    (html(SEA), html(LAMP), f"<p><del>{SEA}</del></p>\n<p><ins>{LAMP}</ins></p>"),
    (  # the changed one finds its fellow though another stands before it
        html(FERRY),
        html(LAMP, FERRY.replace(" in", " early in")),
        f"<p><ins>{LAMP}</ins></p>\n"
        "<p>The ferry leaves at eight <ins>early </ins>in the morning.</p>",
    ),
    ("<h2>Fog</h2><ul><li>One</li></ul>", "<h2>Fog</h2>", "<p>Fog</p>\n<p><del>One</del></p>"),
    (html("Fish &amp; <b>chips</b>"), html("Fish &amp; chips"), "<p>Fish &amp; chips</p>"),
    (html("مُدَرِّس في المدرسة"), html("مُدَرِّسة في المدرسة"),
     "<p><del>مُدَرِّس</del><ins>مُدَرِّسة</ins> في المدرسة</p>"),
    ("", html(SEA), f"<p><ins>{SEA}</ins></p>"),
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), TABLE)
def test_comparison_shows_what_changed(old, new, expected):
    assert compare_html(old, new) == expected


def test_far_paragraphs_are_left_out():
    before = [f"Paragraph {number} of the report." for number in range(9)]
    after = [*before[:4], "A paragraph that is quite new.", *before[5:]]
    shown = compare_html(html(*before), html(*after), context=1)
    lines = shown.split("\n")
    assert lines[0] == lines[-1] == "<p>…</p>" and len(lines) == 6
    assert before[3] in lines[1] and before[5] in lines[-2]
    assert compare_html(html(*before), html(*before), context=1) == "<p>…</p>"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Fog at sea", "Fog at night", "Fog at <del>sea</del><ins>night</ins>"),
        ("", "Fog", "<ins>Fog</ins>"),
        ("Fog", "", "<del>Fog</del>"),
        ("<i>", "<b>", "<del>&lt;i&gt;</del><ins>&lt;b&gt;</ins>"),
        ("", "", ""),
    ],
)
def test_line_is_compared_by_words(old, new, expected):
    assert compare_line(old, new) == expected


def test_each_of_very_many_changed_paragraphs_is_compared_with_its_own():
    before = "\n".join(f"Ship {n} left the harbour on time." for n in range(100))
    shown = compare_text(before, before.replace("on time", "late"))
    assert shown.count("left the harbour <del>on time</del><ins>late</ins>.") == 100


def test_lines_of_plain_text_are_paragraphs():
    assert compare_text("One\n\n Two ", "One\nThree") == (
        "<p>One</p>\n<p><del>Two</del></p>\n<p><ins>Three</ins></p>"
    )


def test_formatting_is_no_change_of_words():
    assert has_same_words("<p>A <b>lamp</b></p>", '<p>A <a href="/x">lamp</a></p>')
    assert not has_same_words("<p>A lamp</p>", "<p>A lamp.</p>")


TEXT = st.lists(st.text(st.sampled_from("ab <>&\"'.,/é\u0651…"), max_size=12), max_size=8).map(
    "\n".join
)


def side(shown, *, without, keep):
    """One of the two texts, read out of the comparison."""
    left = re.sub(f"<{without}>.*?</{without}>", "", shown)
    paragraphs = re.findall("<p>(.*?)</p>", left)
    texts = [unescape(re.sub(f"</?{keep}>", "", each)).strip() for each in paragraphs]
    return [text for text in texts if text]


@given(old=TEXT, new=TEXT)
def test_both_texts_stand_in_the_comparison(old, new):
    shown = compare_text(old, new)
    normal = [[" ".join(line.split()) for line in text.split("\n")] for text in (old, new)]
    assert side(shown, without="ins", keep="del") == [line for line in normal[0] if line]
    assert side(shown, without="del", keep="ins") == [line for line in normal[1] if line]


@given(old=TEXT, new=TEXT)
def test_nothing_but_three_elements_comes_out(old, new):
    shown = re.sub("</?(p|ins|del)>", "", compare_text(old, new))
    assert "<" not in shown and ">" not in shown
    assert "<script" not in compare_html(f"<script>{old}</script>{old}", f"<script>{new}")


HUGE = {
    "many paragraphs": ("\n".join(map(str, range(10_000))), "\n".join(map(str, range(9, 12_000)))),
    "one long paragraph": ("fog " * 50_000, "fog mist " * 30_000),
    "words that take turns": ("a b " * 1_400, "b a " * 1_400),
    "many changed paragraphs": (
        "\n".join(f"{n} {'x y z ' * 60}" for n in range(400)),
        "\n".join(f"{-n} {'x z y ' * 60}" for n in range(400)),
    ),
    "turns that end in no junk": ("a b c a " * 45, "b a a c " * 45),
    "paragraphs that take turns": ("a\nb\n" * 499, "b\na\n" * 499),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_texts_are_compared_in_time(name):
    begun = time.process_time()
    assert "<ins>" in compare_text(*HUGE[name])
    assert time.process_time() - begun < 5
