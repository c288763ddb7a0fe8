"""Whatever is typed into the search, it answers, says what is wrong, and runs nothing."""

import pytest

from richtext.highlights import highlighted
from tests.builders import make_article, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper():
    make_site(editions=("en", "de"))
    make_article(headline="The ferry", body="<p>Ropes &lt; chains &amp; the ferry \x02 sails.</p>")


def test_empty_question_shows_the_form(client):
    for address in ("/search/", "/search/?q=", "/search/?q=%20%20", "/search/?q=%00%E2%80%AE"):
        response = client.get(address)
        assert response.status_code == 200 and "results" not in response.context
        assert b'name="q"' in response.content and b"Nothing was found" not in response.content


@pytest.mark.parametrize(
    "words",
    ["the of and", "!!! ... ---", "-ferry", "or -ferry", '""', "& | ! ( ) <-> :*", "🙂", "'"],
)
def test_words_that_cannot_be_searched_are_told_so(client, words):
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert b"too common" in response.content


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("ferry & | ! (", True), ("ferry' OR 1=1 --", True), ('"the ferry', True), ("ferry:*", True),
     ("ferry \x00", True), ("\u202eferry", True), ("ferry \\", True), ("ferry %s %(q)s", False),
     ("ferry or walrus", True), ("ferry -walrus", True), ("ferry -sails", False)],
)  # fmt: skip
def test_signs_of_any_kind_are_just_typed(client, words, is_found):
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert "\x00" not in response.content.decode() and "\u202e" not in response.content.decode()
    assert bool(response.context["results"]) == is_found
    assert (b"Nothing was found" in response.content) == (not is_found)


def test_too_long_a_question_says_so_beside_its_field(client):
    response = client.get("/search/", {"q": "ferry " * 1700})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"q"}
    assert b"at most 200 characters" in response.content


@pytest.mark.parametrize(
    "wrong",
    ["since=x", "until=2026-02-30", "since=0001-01-01", "until=9999-12-31", "section=x", "lang=fr",
     "sort=x", "by=" + "x" * 200],
)  # fmt: skip
def test_wrong_choice_is_said_beside_its_field(client, wrong):
    response = client.get(f"/search/?q=ferry&{wrong}")
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {wrong.partition("=")[0]}


def test_found_text_is_escaped_but_for_its_marks(client):
    page = client.get("/search/?q=ferry").content.decode()
    assert "Ropes &lt; chains &amp; the <mark>ferry</mark>" in page
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a \x02b\x03 c", "a <mark>b</mark> c"),
        ("<b>\x02&\x03", "&lt;b&gt;<mark>&amp;</mark>"),
        ("\x02\x02b\x03\x03", "<mark>b</mark>"),
        ("\x03b\x02", "b"),
    ],
)
def test_marks_are_always_closed(text, html):
    assert highlighted(text) == html


def test_only_reading_is_allowed(client):
    assert client.post("/search/", {"q": "ferry"}).status_code in (403, 405)
