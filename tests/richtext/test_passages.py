"""A passage of an article is described by its words and found again by them."""

import pytest

from richtext.articles import TAGS
from richtext.passages import CONTEXT, MAX_EXACT, ArticleText, Selector
from richtext.source import Source

REPORT = (
    "<h2>At the quay</h2>\n<p>The harbour was <em>quiet</em>.<br>Nobody saw\n the  boat.</p>"
    '<ul><li><p>Tea &amp; tar</p></li><li>5&nbsp;&lt; <a href="https://pier.example/">7 knots</a>'
    "</li></ul><hr><blockquote><p>“We were <strong>asleep</strong>,” said he.</p></blockquote>"
)
TEXTS = {
    "": "",
    "<p> \n</p>": "",
    "<p>The <em>har</em>bour</p>": "The harbour",
    "<p>The <em> quiet</em>\n\t harbour </p>": "The quiet harbour",
    "<p>boats</p><p>ashore</p>": "boats ashore",
    "<p>boats<br>ashore</p>": "boats ashore",
    "<p>boats</p><hr><p>ashore</p>": "boats ashore",
    "<ul><li>tar<ul><li>rope</li></ul>salt</li></ul>": "tar rope salt",
    "loose <p>moored</p> adrift": "loose moored adrift",
    "<p>Tea &amp; tar &lt;&gt; &#8220;rope&#8221; &quot;</p>": 'Tea & tar <> “rope” "',
    "<p>&amp;amp; is no &amp;nbsp;</p>": "&amp; is no &nbsp;",
    "<p>5&nbsp;knots&nbsp; &nbsp;east\u2003and\u3000on</p>": "5 knots east and on",
    '<p><a href="/x?a=1&amp;b=2" title="1 > 0">Log</a>book</p>': "Logbook",
    "<p>رست <strong>السفينة</strong> في الميناء</p>": "رست السفينة في الميناء",
    "<p>İskelede ışık, <em>ığdır</em></p>": "İskelede ışık, ığdır",
    "<p>🚢 the 👩🏽‍✈️<em>⚓</em></p>": "🚢 the 👩🏽‍✈️⚓",
}
INLINE = {"a", "code", "em", "s", "span", "strong", "sub", "sup"}
# These stand in one other element alone, or hold no words themselves.
IN_OTHERS = {"img", "tbody", "td", "th", "tr", "table", "aside"}
TIDES = ArticleText("<p>High tide at six. Low tide at noon. High tide at six. The tide rests.</p>")


def found(article, *selector):
    place = article.find(Selector(*selector))
    return place and (place.start, article.text[place.start : place.stop])


@pytest.mark.parametrize("html", TEXTS)
def test_text_is_what_a_reader_sees_with_single_spaces(html):
    assert ArticleText(html).text == TEXTS[html]


@pytest.mark.parametrize("name", sorted(TAGS - IN_OTHERS))
def test_every_element_but_those_in_a_line_parts_words(name):
    text = ArticleText(f"<blockquote>boats<{name}>ashore</{name}></blockquote>").text
    assert text == ("boatsashore" if name in INLINE else "boats ashore")


@pytest.mark.parametrize(
    ("html", "text"),
    [('<p><a title="1 > 0">Log</a></p>', "Log"), ("Tea &#38; tar", "Tea & tar"), ("T&T", "T&T")],
)
def test_cleaners_may_escape_more_or_less(html, text):
    assert Source(html).text == text


def test_paragraphs_are_the_innermost_blocks_that_can_be_seen():
    assert ArticleText(REPORT).paragraphs == [
        "At the quay",
        "The harbour was quiet. Nobody saw the boat.",
        "Tea & tar",
        "5 < 7 knots",
        "“We were asleep,” said he.",
    ]
    html = "<p></p><p>One</p><p>&nbsp;</p><ul><li>\u200b</li><li>two<p>three</p></li></ul>"
    assert ArticleText(f"{html}four<hr>five").paragraphs == ["One", "two", "three", "four", "five"]


@pytest.mark.parametrize(
    "selected",
    [
        "At the quay\n\nThe harbour was quiet.\nNobody",
        "quiet.\nNobody saw the boat.\n\nTea & tar\n\n5\u00a0< 7",
        " Tea  &\ttar\n",
        "7 knots\n\n“We were asleep,”",
    ],
)
def test_what_a_browser_selects_is_found(selected):
    article = ArticleText(REPORT)
    words = " ".join(selected.split())
    assert found(article, selected) == (article.text.index(words), words)


@pytest.mark.parametrize("exact", ["", " \n", "gull", "harbour was loud", "HARBOUR", "&amp;"])
def test_other_words_and_none_are_not_found(exact):
    article = ArticleText(REPORT)
    assert article.find(Selector(exact, "The ", " was")) is None
    assert article.count(exact) == 0
    assert ArticleText("").find(Selector(exact)) is None


@pytest.mark.parametrize(
    ("selector", "start"),
    [
        (("tide",), 5),
        (("tide", "Low "), 22),
        (("tide", "", " rests"), 58),
        (("tide", "The"), 58),  # without the space
        (("tide", "  The\n", "\u00a0rests"), 58),
        (("tide", "sleepy low ", "at noon"), 22),
        (("tide", "dawn ", "gone"), 5),
        (("tide", "noon. High ", " at six"), 41),
        (("tide", "High ", " at six"), 5),  # the first of two that agree wholly
        (("tide", "Dry ", " rests"), 58),
        (("tide", "noon. High ", " of six"), 41),  # the better of two that agree in part
        (("six", "at ", ". The"), 49),
    ],
)
def test_context_tells_which_place_is_meant(selector, start):
    assert found(TIDES, *selector) == (start, selector[0])


def test_whole_context_counts_more_than_its_place():
    article = ArticleText("<p>atown a town</p>")
    assert found(article, "town", "a ") == (8, "town")


def test_whole_context_is_found_behind_any_number_of_places():
    article = ArticleText(f"<p>{'at sea ' * 2000}and at last</p>")
    assert found(article, "at", "and ", " last") == (14004, "at")


def test_only_the_nearest_context_counts():
    article = ArticleText(f"<p>One boat. {'x' * CONTEXT} boat</p>")
    far = f"gone {'x' * (CONTEXT - 1)} "
    assert found(article, "boat", far) == (43, "boat")


def test_overlapping_places_are_told_apart():
    article = ArticleText("<p>ahahah!</p>")
    assert found(article, "ahah", "", "!") == (2, "ahah")
    assert found(article, "ahah", "", "!?") == (2, "ahah")
    assert article.count("ahah") == 1
    assert article.count("ah") == 3


def test_words_are_counted_as_they_are_found():
    assert TIDES.count("tide") == 4
    assert TIDES.count(" tide\n\nat ") == 3


def test_selector_has_the_context_of_its_place():
    assert TIDES.selector_at(range(22, 26)) == Selector(
        "tide", "High tide at six. Low ", " at noon. High tide at six. The "
    )
    assert len(TIDES.selector_at(range(58, 62)).prefix) == CONTEXT == 32
    assert TIDES.selector_at(range(4)) == Selector("High", "", " tide at six. Low tide at noon. ")


@pytest.mark.parametrize("place", [range(4, 10), range(5, 9), range(4, 9), range(5, 10)])
def test_selector_has_no_white_space_at_its_ends(place):
    assert TIDES.selector_at(place).exact == "tide"
    assert TIDES.selector_at(place).prefix == "High "


@pytest.mark.parametrize("place", [range(0), range(4, 5), range(900, 905), range(-5, 0)])
def test_nowhere_has_a_selector_that_is_not_found(place):
    assert TIDES.selector_at(place).exact == ""


def test_paragraph_has_a_selector():
    article = ArticleText(REPORT)
    assert article.selector_of_paragraph(2) == Selector(
        "Tea & tar", "was quiet. Nobody saw the boat. ", " 5 < 7 knots “We were asleep,” s"
    )
    for number, words in enumerate(article.paragraphs):
        place = article.find(article.selector_of_paragraph(number))
        assert article.text[place.start : place.stop] == words


@pytest.mark.parametrize("number", [-1, 5, 100])
def test_no_paragraph_has_no_selector(number):
    assert ArticleText(REPORT).selector_of_paragraph(number) is None


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("x" * MAX_EXACT, MAX_EXACT),
        ("x" * MAX_EXACT + " y", MAX_EXACT),
        ("tide " + "x" * 1995 + " y", MAX_EXACT),
        ("x" * (MAX_EXACT + 1), MAX_EXACT),
        ("harbour " * 300, 1999),  # 250 words without the last space
        ("x" * 1990 + " harbour seals", 1998),
        ("x" * 1990 + " harbourmaster", 1990),
    ],
)
def test_long_paragraph_is_cut_at_the_end_of_a_word(words, length):
    article = ArticleText(f"<p>Before.</p><p>{words}</p>")
    selector = article.selector_of_paragraph(1)
    assert len(selector.exact) == length
    assert article.find(selector) == range(8, 8 + length)
    assert selector.suffix == article.text[8 + length :][:CONTEXT]
