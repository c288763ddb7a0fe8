"""What one kept page is: its encodings, its validators, its times."""

import gzip
import re

import brotli
import pytest

from pagecache.pages import ENCODINGS, choose_encoding, matches
from tests.pagecache.builders import BODY, make_page


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.1, gzip;q=1", "br"),
        ("br; q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000,gzip;q=0", ""),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("*;q=0", ""),
        ("gzip, *;q=0", "gzip"),
        ("identity", ""),
        ("", ""),
        ("zstd, x-brotli, bro", ""),
        ("br;q=high", ""),
        ("br;level=5", ""),
        ("br;q=nan", ""),
        ("br;q=-1", ""),
        (",;,=,;q=1,\x00", ""),
        ("brgzip", ""),
    ],
)
def test_browser_gets_the_best_encoding_that_it_takes(accepted, encoding):
    assert choose_encoding(accepted) == encoding


def test_every_encoding_holds_the_same_page():
    page = make_page()
    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    for encoding in ENCODINGS:
        assert unpacked[encoding](page.answer(encoding).body) == BODY
        assert page.answer(encoding) is page.answer(encoding)
    assert len(page.answer("br").body) < len(page.answer("gzip").body) < len(BODY)


def test_validator_tells_bodies_and_encodings_apart():
    one, same, other = make_page(), make_page(at=5.0), make_page(body=BODY + b".")
    etags = [page.etag(encoding) for page in (one, other) for encoding in ENCODINGS]
    assert len(set(etags)) == 6
    assert all(re.fullmatch(r'"[0-9a-f]+(-br|-gzip)?"', etag) for etag in etags)
    assert one.etag("br") == same.etag("br")


@pytest.mark.parametrize(
    ("if_none_match", "is_known"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc"', True),
        ('"x",W/"abc" , "y"', True),
        ("*", True),
        ('"x"', False),
        ('"abc', False),
        ("abc", False),
        ('"abc-br"', False),
        ('w/"abc"', False),
        ("", False),
    ],
)
def test_known_validator_is_recognised_among_several(if_none_match, is_known):
    assert matches('"abc"', if_none_match) is is_known


def test_page_is_fresh_until_it_expires():
    page = make_page(seconds=30)
    assert page.is_fresh(29.9) and not page.is_fresh(30)
    assert not page.may_stand_in(29.9)  # it needs no stand-in


def test_stale_page_stands_in_for_a_moment_but_never_past_its_end():
    page, ending = make_page(seconds=30), make_page(seconds=0.3)
    page.stale_until = ending.stale_until = 0.8
    assert not page.is_fresh(0.1)
    assert page.may_stand_in(0.7) and not page.may_stand_in(0.8)
    assert ending.may_stand_in(0.2) and not ending.may_stand_in(0.3)


def test_headers_of_the_answer_are_made_anew():
    page = make_page()
    page.headers = [("ETag", '"x"'), ("VARY", "Accept-Encoding"), ("Content-Language", "en")]
    page.__post_init__()
    assert page.headers == [("Content-Language", "en")]
