"""Whatever an article is made of, each of its passages can be found and marked, and soon."""

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext.articles import safe_article_html
from richtext.passages import CONTEXT, ArticleText, Mark, Selector
from richtext.reading import for_readers
from richtext.source import BLOCKS, VOID
from tests.richtext.test_clean_article_html import HTML

WORDS = st.lists(
    st.sampled_from(
        ["tide", "harbour", "a", "aa", " ", " ", "\n", "&nbsp;", "&amp;", "&lt;", "<br>", "ميناء",
         "ışık", "⚓", "👩🏽‍✈️", "\u200b"]
    ),
    max_size=6,
).map("".join)  # fmt: skip
PLACES = st.builds(lambda start, length: range(start, start + length), *[st.integers(0, 30)] * 2)
ADDED = re.compile(r"</?mark[^>]*>|<span [^>]*></span>|<button>\d</button>|<aside>\d</aside>")


def elements(names: list[str], content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of these with some of this content."""
    return st.builds(
        lambda name, inner: f"<{name}>{''.join(inner)}</{name.split()[0]}>",
        st.sampled_from(names),
        st.lists(content, max_size=4),
    )


def articles() -> st.SearchStrategy[str]:
    link = "a href='https://pier.example/' title='1 > 0'"
    prose = st.recursive(WORDS, lambda p: elements([link, "em", "strong", "sub"], p), max_leaves=8)
    blocks = st.recursive(
        elements(["p", "h2", "h3"], prose) | prose | st.just("<hr>"),
        lambda block: elements(["ul", "ol", "li", "blockquote", link], block),
        max_leaves=8,
    )
    return (st.lists(blocks, max_size=5).map("".join) | HTML).map(safe_article_html)


class Strict(HTMLParser):
    """Raises AssertionError where elements do not nest as they must, or an id stands twice."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.ids = [], []
        self.feed(html)
        self.close()
        assert self.open == []
        assert len(set(self.ids)) == len(self.ids)

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        forbidden = {"p": BLOCKS, "mark": {*BLOCKS, "mark", "button"}, "a": {"a", "button"}}
        assert not any(tag in forbidden.get(around, ()) for around in self.open)
        assert tag != "aside" or self.open == []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def marked(article: ArticleText, places: list[range]) -> str:
    """Each place marked with class k0, k1, …, a button behind it and an aside below."""
    marks = [
        Mark(
            place, n, f"k{n}", mark_safe(f"<button>{n}</button>"), mark_safe(f"<aside>{n}</aside>")
        )
        for n, place in enumerate(places)
    ]
    return article.marked(marks)


def without_white_space(text: str) -> str:
    return "".join(text.split())


@given(articles(), st.lists(PLACES, max_size=5))
@settings(max_examples=300, deadline=None)
def test_marks_are_well_formed_and_change_nothing_else(html, places):
    shown = marked(ArticleText(html), places)
    Strict(shown)
    assert ADDED.sub("", shown) == for_readers(html)


@given(articles(), st.lists(PLACES, max_size=5))
@settings(max_examples=300, deadline=None)
def test_marks_hold_the_words_of_their_passages(html, places):
    article = ArticleText(html)
    shown = marked(article, places)
    for number, place in enumerate(places):
        exact = article.selector_at(place).exact
        pieces = re.findall(rf'class="[^"]*\bk{number}\b[^"]*">([^<]*)</mark>', shown)
        assert without_white_space(unescape("".join(pieces))) == without_white_space(exact)
        assert all(pieces)
        present = [f'id="passage-{number}"', f"<button>{number}</button>", f"<aside>{number}<"]
        assert [shown.count(one) for one in present] == [1 if exact else 0] * 3


@given(articles(), PLACES)
@settings(max_examples=300, deadline=None)
def test_what_a_selector_describes_is_found(html, place):
    article = ArticleText(html)
    selector = article.selector_at(place)
    found = article.find(selector)
    if not selector.exact:
        assert found is None
        return
    again = article.selector_at(found)
    assert again.exact == selector.exact
    assert again.prefix.endswith(selector.prefix)
    assert again.suffix.startswith(selector.suffix)
    whole = "".join((selector.prefix, selector.exact, selector.suffix))
    if len(re.findall(rf"(?={re.escape(whole)})", article.text)) == 1:
        assert place.start <= found.start <= found.stop <= place.stop
        assert len(found) >= min(place.stop, len(article.text)) - place.start - 2


@given(articles())
@settings(max_examples=200, deadline=None)
def test_text_is_that_of_the_html_and_paragraphs_are_its_parts(html):
    article = ArticleText(html)
    words = unescape(re.sub(r"<[^>]*>", "", html))
    assert without_white_space(article.text) == without_white_space(words)
    assert article.text == " ".join(article.text.split())
    start = 0
    for number, paragraph in enumerate(article.paragraphs):
        start = article.text.index(paragraph, start) + len(paragraph)
        assert article.selector_of_paragraph(number).exact == paragraph


def seconds(work, *arguments) -> float:
    """This thread's own, at best: what else the machine does is not the text's fault."""
    taken = []
    for _attempt in range(3):
        start = time.thread_time()
        work(*arguments)
        taken.append(time.thread_time() - start)
    return min(taken)


SENTENCE = 'The <em>harbour</em> was quiet &amp; the <a href="https://x.example/">boats</a> left. '
A = "a" * 100_000
HOSTILE = {
    "one letter": Selector("a", "b" * CONTEXT, "b" * CONTEXT),
    "nearly": Selector("a", "b" + "a" * 31, "a" * 31 + "b"),
    "long": Selector("a" * 2000, "b", "b"),
    "long, not at its end": Selector("a" * 1999 + "b"),
    "long, not at its beginning": Selector("b" + "a" * 1999),
    "long, not amidst": Selector("a" * 1000 + "b" + "a" * 999),
    "longer than the text": Selector("a" * 1_000_000, "a" * 1_000_000),
    "long context": Selector("a", "b" * 500_000, " " + "b" * 2_000_000),
    "blank": Selector(" \n" * 500_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_selector_takes_long(name):
    article = ArticleText(f"<p>{A}</p>")
    assert seconds(article.find, HOSTILE[name]) < 0.1
    assert seconds(article.count, HOSTILE[name].exact) < 0.1


def test_long_article_is_read_and_marked_soon():
    html = f"<p>{SENTENCE * 10}</p>" * 260
    article = ArticleText(html)
    assert len(article.text) > 100_000
    marks = [Mark(range(n * 980, n * 980 + 2000), n, "passage") for n in range(100)]
    assert seconds(article.marked, marks) < 0.2
    assert seconds(ArticleText, html) < 0.5
