"""One spelling per web address."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from translations.addresses import normalised_address

SAME = "https://hafenblatt.example/winter?page=2"


@pytest.mark.parametrize(
    "written",
    [
        SAME,
        " HTTPS://Hafenblatt.Example/winter?page=2 ",
        "https://hafenblatt.example:443/winter?page=2",
        "https://hafenblatt.example/winter?page=2#comments",
        "https://hafenblatt.example/winter?page=2&utm_source=feed&utm_medium=rss",
        "https://hafenblatt.example/winter?utm_campaign=x&page=2",
        "https://hafenblatt.example/winter?UTM_Campaign=x&&page=2&",
        "https://hafenblatt.example./%77inter?p%61ge=2",
        "https://ｈafenblatt。example/./herbst/../winter?page=2",
        "https://hafenblatt.example/%2E/winter?page=2",
    ],
)
def test_every_spelling_becomes_the_same_address(written):
    assert normalised_address(written) == SAME


@pytest.mark.parametrize(
    "spellings",
    [
        ("https://hafenblatt.example/", "https://hafenblatt.example", "https://hafenblatt.example?"),
        ("https://h.example/a", "https://h.example/a?", "https://h.example/a?utm_id=1#b"),
        ("https://h.example/Stra%C3%9Fe", "https://h.example/Straße", "https://h.example/Stra%c3%9fe"),
        ("https://xn--strae-oqa.example/", "https://straße.example/", "https://STRAßE.example/"),
        ("https://xn--80ak6aa92e.example/", "https://XN--80AK6AA92E.example/", "https://аррӏе.example"),
        ("https://h.example/?q=a%5B%5D", "https://h.example/?q=a[]", "https://h.example?q=a%5b%5d"),
        ("https://h.example/a/", "https://h.example/a/.", "https://h.example/../a/b/.."),
        ("https://h.example/100%25", "https://h.example/100%", "https://h.example:443/100%25?#"),
    ],
)  # fmt: skip
def test_first_spelling_stands_for_the_others(spellings):
    assert [normalised_address(spelling) for spelling in spellings] == [spellings[0]] * 3


@given(st.text(alphabet="aZ%4é/.?&=#:@[u\\ß\u202e ", max_size=30))
def test_normalising_twice_is_normalising_once(rest):
    try:
        once = normalised_address(f"https://h.example/{rest}")
    except ValidationError:
        assume(False)
    assert normalised_address(once) == once
    assert re.fullmatch(r"https://h\.example/[!-~]*", once)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://hafenblatt.example:8080", "http://hafenblatt.example:8080/"),
        ("https://hafenblatt.example/A?b=C", "https://hafenblatt.example/A?b=C"),
        ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
        ("https://www.hafenblatt.example/", "https://www.hafenblatt.example/"),
        ("http://hafenblatt.example/", "http://hafenblatt.example/"),
        ("https://hafenblatt.example/a//b", "https://hafenblatt.example/a//b"),
        ("https://hafenblatt.example/a%2Fb?c=%26", "https://hafenblatt.example/a%2Fb?c=%26"),
        ("https://hafenblatt.example/?b=1&a=2", "https://hafenblatt.example/?b=1&a=2"),
    ],
)
def test_what_tells_pages_apart_is_kept(written, kept):
    assert normalised_address(written) == kept
    assert normalised_address(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript://hafenblatt.example/%0aalert(1)",
        "data:text/html,x",
        "ftp://hafenblatt.example/",
        "//hafenblatt.example/",
        "hafenblatt.example",
        "https://",
        "https://./",
        "java\nscript:alert(1)",
        "https://a.example\\@b.example/",
        "https://me:secret@hafenblatt.example/",
        "https://hafenblatt.example:port/",
        "https://[broken/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(written):
    with pytest.raises(ValidationError):
        normalised_address(written)
