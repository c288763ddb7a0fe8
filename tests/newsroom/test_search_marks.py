"""What was found is marked in whatever letters it is written, and in no others than those."""

import pytest

from articles.marking import CUT, LESS, shown
from articles.searching import excerpts
from tests.builders import make_article, make_site
from tests.comments.builders import write

pytestmark = pytest.mark.django_db

CASES = [
    ("tr", "ışık", "IŞIKLAR söndü, ışık yok", "<mark>IŞIKLAR</mark> söndü, <mark>ışık</mark> yok"),
    ("tr", "IŞIK", "Bir ışık, İskelede", "Bir <mark>ışık</mark>, İskelede"),
    ("tr", "iskele", "İSKELE ve Iskarmoz", "<mark>İSKELE</mark> ve Iskarmoz"),
    ("tr", "İSKELE", "Eski iskele", "Eski <mark>iskele</mark>"),
    ("tr", "dışarı", "DIŞARI ÇIKTI", "<mark>DIŞARI</mark> ÇIKTI"),
    ("de", "strasse", "Straße, STRASSE", "<mark>Straße</mark>, <mark>STRASSE</mark>"),
    ("de", "straße", "Die Strasse", "Die <mark>Strasse</mark>"),
    ("de", "größe", "GRÖSSE zählt", "<mark>GRÖSSE</mark> zählt"),
    ("de", "mühlrad", "Das Mu\u0308hl\u00adrad", "Das <mark>Mühlrad</mark>"),
    ("ar", "كتب", "كَتَبَ الرسالة", "<mark>كَتَبَ</mark> الرسالة"),
    ("ar", "سفينة", "السَّفِينَة هنا", "<mark>السَّفِينَة</mark> هنا"),
    ("ar", "احمد", "جاء أحمد", "جاء <mark>أحمد</mark>"),
    ("ru", "елка", "ЁЛКА стоит", "<mark>ЁЛКА</mark> стоит"),
    ("en", "FERRY", "The ferry's Ferries", "The <mark>ferry</mark>'s <mark>Ferries</mark>"),
]  # fmt: skip
IDS = [f"{language}-{number}" for number, (language, *_case) in enumerate(CASES)]


@pytest.mark.parametrize(("language", "asked", "said", "marked"), CASES, ids=IDS)
def test_words_are_marked_as_they_are_written(client, language, asked, said, marked):
    make_site(editions=("en", "de", "tr", "ru", "ar"))
    article = make_article(language=language, headline=said, body=f"<p>{said}.</p>")
    comment = write(article, text=said)
    prefix = "" if language == "en" else f"/{language}"
    marked = marked.replace("'", "&#x27;")
    response = client.get(f"{prefix}/search/", {"q": asked})
    [(found, headline, excerpt)] = response.context["results"]
    assert (found, headline) == (article, marked)
    assert marked in excerpt and f"{marked}</a></h2>" in response.text
    response = client.get(f"{prefix}/search/", {"q": asked, "in": "comments", "lang": "all"})
    if comment.language == language:
        assert [each[2] for each in response.context["results"]] == [marked]


def test_fragments_of_a_long_text_keep_its_letters():
    filler = "<p>IRMAK İçin " + "kıyıda bekledik. " * 60 + "</p>"
    body = f"{filler}<p>BALIKÇI IŞIĞI gördü.</p>{filler}<p>IŞIKLAR söndü.</p>{filler}"
    article = make_article(language="tr", body=body)
    [(_headline, excerpt)] = excerpts([article], "ışık").values()
    assert "BALIKÇI <mark>IŞIĞI</mark> gördü" in excerpt
    assert "<mark>IŞIKLAR</mark> söndü" in excerpt and " … " in excerpt
    assert len(excerpt) < 700


def test_what_looks_like_an_element_is_shown_as_it_is(client):
    make_site()
    make_article(headline="How <em>the</em> ferry & <b> work", body="<p>A &lt;ferry> &lt;b&gt;</p>")
    response = client.get("/search/?q=ferry")
    [(_article, headline, excerpt)] = response.context["results"]
    assert headline == "How &lt;em&gt;the&lt;/em&gt; <mark>ferry</mark> &amp; &lt;b&gt; work"
    assert "A &lt;<mark>ferry</mark>&gt; &lt;b" in excerpt


@pytest.mark.parametrize(
    ("marked", "text", "language", "html"),
    [
        ("ı \x02ı\x03", "I I", "tr", "I <mark>I</mark>"),
        ("b\x02ı\x03" + CUT + "ıc", "aI bI Ic", "tr", "b<mark>I</mark> … Ic"),
        ("\x02ı\x03", "elsewhere", "tr-CY", "<mark>ı</mark>"),
        ("\x02ı\x03", "I", "de", "<mark>ı</mark>"),
        (LESS + "b>\x02ı\x03", "<b>I", "az", "&lt;b&gt;<mark>I</mark>"),
    ],
    ids=["whole", "fragments", "not-found", "other-language", "element"],
)
def test_letters_come_from_the_text(marked, text, language, html):
    assert shown(marked, text=text, language=language) == html


def test_excerpt_of_the_longest_text_is_made_of_its_beginning():
    body = "<p>" + "The tide rises. " * 10_000 + "A ferry sails.</p>"
    [(_headline, excerpt)] = excerpts([make_article(body=body)], "ferry").values()
    assert "The tide rises" in excerpt and len(excerpt) < 700
