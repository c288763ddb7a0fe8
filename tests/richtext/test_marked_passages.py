"""Passages are marked in an article's HTML, whatever they share and wherever they end."""

import pytest
from django.utils.safestring import SafeString, mark_safe

from richtext.articles import safe_article_html
from richtext.passages import ArticleText, Mark, Selector

LINK = '<a href="https://pier.example/" rel="noopener">'


def marked(html: str, *passages: str, **options) -> str:
    """The HTML with each of these words marked, as passages a, b, c … of classes A, B, C …"""
    article = ArticleText(html)
    places = [article.find(Selector(words)) for words in passages]
    return article.marked(
        [
            Mark(place, key, key.upper(), **options)
            for place, key in zip(places, "abcdef", strict=False)
        ]
    )


PASSAGE_A = '<mark id="passage-a" class="A">'
PASSAGE_B = '<mark id="passage-b" class="B">'
ONE_PASSAGE = [
    ("<p>The quiet harbour</p>", "quiet", f"<p>The {PASSAGE_A}quiet</mark> harbour</p>"),
    (
        "<p>The <em>quiet</em> harbour</p>",
        "quiet harbour",
        f'<p>The <em>{PASSAGE_A}quiet</mark></em><mark class="A"> harbour</mark></p>',
    ),
    (
        "<p>Har<strong>bo</strong>ur</p>",
        "arbou",
        f'<p>H{PASSAGE_A}ar</mark><strong><mark class="A">bo</mark></strong>'
        '<mark class="A">u</mark>r</p>',
    ),
    (
        "<p><em>Low</em> <em>tide</em></p>",
        "Low tide",
        f'<p><em>{PASSAGE_A}Low</mark></em><mark class="A"> </mark>'
        '<em><mark class="A">tide</mark></em></p>',
    ),
    (
        "<h2> Tar </h2>\n<p>Rope <br> salt</p>",
        "Tar Rope salt",
        f'<h2 id="part-tar"> {PASSAGE_A}Tar</mark> </h2>\n<p><mark class="A">Rope </mark><br>'
        '<mark class="A"> salt</mark></p>',
    ),
    (
        "<ul>\n<li>tar<ul> <li><p>rope</p></li></ul> </li></ul><hr>salt",
        "ar rope sal",
        f'<ul>\n<li>t{PASSAGE_A}ar</mark><ul> <li><p><mark class="A">rope</mark></p></li></ul> '
        '</li></ul><hr><mark class="A">sal</mark>t',
    ),
    (
        "<p>Tea &amp; tar, 5&nbsp;&lt; 7</p>",
        "& tar, 5 <",
        f"<p>Tea {PASSAGE_A}&amp; tar, 5&nbsp;&lt;</mark> 7</p>",
    ),
    ("<p>a&amp;b&amp;c</p>", "&b", f"<p>a{PASSAGE_A}&amp;b</mark>&amp;c</p>"),
    ("<p>a &#38;amp; b</p>", "&amp;", f"<p>a {PASSAGE_A}&amp;amp;</mark> b</p>"),
    ("<p>5 &nbsp;\n knots</p>", "5 knots", f"<p>{PASSAGE_A}5 &nbsp;\n knots</mark></p>"),
    ("<p>رست السفينة هنا</p>", "السفينة", f"<p>رست {PASSAGE_A}السفينة</mark> هنا</p>"),
    ("<p>İskele ışığı</p>", "ışığ", f"<p>İskele {PASSAGE_A}ışığ</mark>ı</p>"),
    ("<p>🚢🚢⚓ 👩🏽‍✈️</p>", "⚓ 👩🏽‍✈️", f"<p>🚢🚢{PASSAGE_A}⚓ 👩🏽‍✈️</mark></p>"),
    (f"<p>{LINK}The pier</a></p>", "pier", f"<p>{LINK}The {PASSAGE_A}pier</mark></a></p>"),
    (
        f"<p>At {LINK}the pier</a> now</p>",
        "pier now",
        f'<p>At {LINK}the {PASSAGE_A}pier</mark></a><mark class="A"> now</mark></p>',
    ),
]
SEVERAL_PASSAGES = [
    (  # they overlap
        ("the quiet", "quiet harbour"),
        f'<p>At {PASSAGE_A}the </mark><mark id="passage-b" class="A B">quiet</mark>'
        '<mark class="B"> harbour</mark></p>',
    ),
    (  # one holds the other
        ("the quiet harbour", "quiet"),
        f'<p>At {PASSAGE_A}the </mark><mark id="passage-b" class="A B">quiet</mark>'
        '<mark class="A"> harbour</mark></p>',
    ),
    (  # they touch
        ("the qu", "iet harbour"),
        f"<p>At {PASSAGE_A}the qu</mark>{PASSAGE_B}iet harbour</mark></p>",
    ),
    (  # they are the same
        ("quiet", "quiet"),
        '<p>At the <span id="passage-b"></span><mark id="passage-a" class="A B">quiet</mark>'
        " harbour</p>",
    ),
    (  # they begin together
        ("quiet", "quiet harbour", "quiet har"),
        '<p>At the <span id="passage-b"></span><span id="passage-c"></span>'
        '<mark id="passage-a" class="A B C">quiet</mark>'
        '<mark class="B C"> har</mark><mark class="B">bour</mark></p>',
    ),
    (  # the later one comes first
        ("harbour", "the"),
        f"<p>At {PASSAGE_B}the</mark> quiet {PASSAGE_A}harbour</mark></p>",
    ),
]


@pytest.mark.parametrize(("html", "words", "expected"), ONE_PASSAGE)
def test_passage_is_marked_piece_by_piece(html, words, expected):
    assert marked(html, words) == expected


@pytest.mark.parametrize(("passages", "expected"), SEVERAL_PASSAGES)
def test_passages_share_pieces(passages, expected):
    assert marked("<p>At the quiet harbour</p>", *passages) == expected


def test_one_class_of_two_passages_is_named_once():
    article = ArticleText("<p>ashore</p>")
    marks = [Mark(range(6), key, "passage") for key in (7, 8)]
    assert 'class="passage">ashore</mark>' in article.marked(marks)


@pytest.mark.parametrize("html", ["", "<p>Tea &amp; tar</p>\n", f"<p>{LINK}pier</a></p>"])
def test_nothing_changes_without_marks(html):
    unmarked = ArticleText(html).marked([])
    assert unmarked == safe_article_html(html)
    assert isinstance(unmarked, SafeString)


@pytest.mark.parametrize("place", [range(0), range(3, 4), range(99, 120), range(-9, 0)])
def test_place_without_a_word_marks_nothing(place):
    html = "<p>Low</p> <p>tide</p>"
    mark = Mark(place, 1, "passage", mark_safe("<b>after</b>"), mark_safe("<b>below</b>"))
    assert ArticleText(html).marked([mark]) == html


def test_white_space_at_the_ends_of_a_place_stays_unmarked():
    assert ArticleText("<p>The quiet harbour</p>").marked([Mark(range(3, 10), "a", "A")]) == (
        f"<p>The {PASSAGE_A}quiet</mark> harbour</p>"
    )


@pytest.mark.parametrize(
    ("html", "words", "expected"),
    [
        ("<p>Low tide</p>", "Low", "<p>Low[1] tide</p>[2]"),
        ("<p>Low <em>tide</em></p>", "tide", "<p>Low <em>tide[1]</em></p>[2]"),
        (f"<p>The {LINK}old pier</a>!</p>", "old", f"<p>The {LINK}old pier</a>[1]!</p>[2]"),
        (
            f"<p>The {LINK}old <em>pier</em></a>!</p>",
            "The old pier",
            f"<p>The {LINK}old <em>pier</em></a>[1]!</p>[2]",
        ),
        (f"<p>The {LINK}old</a> pier</p>", "old pier", f"<p>The {LINK}old</a> pier[1]</p>[2]"),
        (f"<p>Old{LINK}pier</a></p>", "Old", f"<p>Old[1]{LINK}pier</a></p>[2]"),
        (f"{LINK}<p>Old</p><p>pier</p></a>", "Old", f"{LINK}<p>Old</p><p>pier</p></a>[1][2]"),
        ("<p>Low</p><p>tide</p><p>now</p>", "w tide", "<p>Low</p><p>tide[1]</p>[2]<p>now</p>"),
        (
            "<ul><li><p>tar</p></li><li><p>rope</p></li></ul><p>salt</p>",
            "tar",
            "<ul><li><p>tar[1]</p></li><li><p>rope</p></li></ul>[2]<p>salt</p>",
        ),
        (
            "<blockquote><p>Low</p></blockquote><hr><p>tide</p>",
            "Low",
            "<blockquote><p>Low[1]</p></blockquote>[2]<hr><p>tide</p>",
        ),
        ("Low tide<br><p>now</p>", "Low", "Low[1][2] tide<br><p>now</p>"),
    ],
)
def test_additions_follow_the_passage_and_its_block(html, words, expected):
    numbers = {"after": mark_safe("[1]"), "below": mark_safe("[2]")}
    shown = marked(html, words, **numbers)
    for tag in (PASSAGE_A, '<mark class="A">', "</mark>"):
        shown = shown.replace(tag, "")
    assert shown == expected


def test_additions_of_several_passages_keep_the_order_of_the_marks():
    article = ArticleText("<p>Low tide</p><p>now</p>")
    places = [range(4, 8), range(8), range(3)]
    shown = article.marked(
        [Mark(p, n, "m", mark_safe(f"({n})"), mark_safe(f"[{n}]")) for n, p in enumerate(places)]
    )
    assert shown.endswith("tide</mark>(0)(1)</p>[0][1][2]<p>now</p>")
    assert "Low</mark>(2)<mark" in shown


def test_what_is_not_safe_is_escaped():
    mark = Mark(range(3), '"><script>', '"><script>', "<script>", "<script>")
    assert "<script" not in ArticleText("<p>Low</p>").marked([mark])
    assert "<script" not in ArticleText("<p>Low</p><script>alert(1)</script>").marked([])
