"""The cache in front of an application: who gets a kept page, and which."""

import gzip
import logging
import re

import brotli
import pytest

from pagecache.wsgi import MAX_AGE
from tests.pagecache.builders import BODY, Answer, make_cache


def test_second_reader_gets_the_same_bytes_without_the_application(cache, application):
    first, second = Answer(cache), Answer(cache)
    assert (first.how, second.how) == ("miss", "hit")
    assert first.body == second.body == BODY
    assert len(application.asked) == application.closed == 1
    assert "X-Page-Cache" not in first.headers | second.headers


def test_page_is_made_with_the_query_of_its_key_alone(cache, application):
    assert [Answer(cache, f"/{query}").how for query in ("?x=1", "", "?y=2")] == [
        "miss",
        *2 * ["hit"],
    ]
    assert [each["QUERY_STRING"] for each in application.asked] == [""]
    Answer(cache, "/desk/?x=1")
    assert application.asked[-1]["QUERY_STRING"] == "x=1"


@pytest.mark.parametrize("told", [f"{'x' * 197},br;q=0", "br," + "x" * 200])
def test_whoever_says_too_much_gets_plain_bytes(cache, told):
    answer = Answer(cache, accept_encoding=told)
    assert "Content-Encoding" not in answer.headers and answer.body == BODY


def test_each_browser_gets_its_encoding(cache):
    packed = {"br": brotli.decompress, "gzip": gzip.decompress}
    for encoding, unpack in packed.items():
        answer = Answer(cache, accept_encoding=encoding)
        assert answer.headers["Content-Encoding"] == encoding
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert unpack(answer.body) == BODY
    plain = Answer(cache)
    assert "Content-Encoding" not in plain.headers and plain.headers["Vary"] == "Accept-Encoding"


def test_browsers_ask_each_time_and_shared_caches_only_where_told(application):
    assert Answer(make_cache(application)).headers["Cache-Control"] == "max-age=0, must-revalidate"
    shared = Answer(make_cache(application, shared_seconds=5)).headers["Cache-Control"]
    assert shared == "max-age=0, must-revalidate, s-maxage=5"


@pytest.mark.parametrize("given", ["{}", "W/{}", '"x", {}', '"x", W/{}, "y"', "*"])
def test_who_has_the_page_already_gets_no_body(cache, given):
    page = Answer(cache, accept_encoding="br")
    known = given.format(page.headers["ETag"])
    again = Answer(cache, accept_encoding="br", if_none_match=known)
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == page.headers["ETag"]
    assert "Content-Length" not in again.headers and again.headers["Vary"] == "Accept-Encoding"


def test_no_condition_of_a_reader_reaches_what_is_made_for_everybody(cache, application):
    told = {"if_none_match": "*", "if_modified_since": "x", "range": "bytes=0-1", "if_range": "x"}
    assert [Answer(cache, **told).status for _again in range(2)] == [304, 304]
    (made,) = application.asked
    assert not [name for name in made if name.startswith("HTTP_IF") or "RANGE" in name]
    assert Answer(cache, "/desk/", **told).status == 200
    assert application.asked[-1]["HTTP_IF_NONE_MATCH"] == "*"


def test_who_has_it_in_another_encoding_gets_it(cache):
    page = Answer(cache, accept_encoding="br")
    plain = Answer(cache, if_none_match=page.headers["ETag"])
    assert (plain.status, plain.body) == (200, BODY)


def test_page_that_is_gone_is_told_anew(cache, application):
    application.status = "410 Gone"
    page = Answer(cache)
    again = Answer(cache, if_none_match=page.headers["ETag"])
    assert (again.status, again.how, again.body) == (410, "hit", BODY)


@pytest.mark.parametrize("is_kept", [False, True])
def test_head_is_get_without_a_body(cache, is_kept):
    if is_kept:
        Answer(cache)
    head = Answer(cache, method="HEAD", accept_encoding="gzip")
    get = Answer(cache, accept_encoding="gzip")
    assert head.body == b"" and head.status == get.status
    assert head.headers | {"X-Cache": "hit"} == get.headers


def test_kept_page_expires(cache, clock, application):
    Answer(cache)
    clock.now += MAX_AGE - 0.1
    assert Answer(cache).how == "hit"
    clock.now += 0.1
    assert Answer(cache).how == "miss"
    assert len(application.asked) == 2


def test_no_page_outlives_the_moment_that_changes_it(cache, clock, application):
    application.left = 2.0
    Answer(cache)
    clock.now += 1.9
    assert Answer(cache).how == "hit"
    clock.now += 0.1
    assert Answer(cache).how == "miss"


def test_page_that_ends_at_once_is_not_served_again(cache, application):
    application.left = 0.0
    assert [Answer(cache).how, Answer(cache).how] == ["miss", "miss"]


def test_dropped_page_is_made_anew(cache, application):
    Answer(cache)
    cache.store.drop(["site"])
    application.body = b"new"
    answer = Answer(cache)
    assert (answer.how, answer.body) == ("miss", b"new")


def test_page_overtaken_by_a_drop_is_shown_once_and_not_kept(cache, application):
    application.before = lambda: cache.store.drop(["story:1"])
    assert Answer(cache).body == BODY
    application.before = lambda: None
    assert [Answer(cache).how, Answer(cache).how] == ["miss", "hit"]


@pytest.mark.parametrize("path", ["/desk/", "/kept/"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_does_not_ask_to_be_kept_passes_untouched(cache, application, path, method):
    application.tags = None
    application.headers.append(("Set-Cookie", "sessionid=1"))
    answers = [Answer(cache, path, method) for _twice in range(2)]
    assert len(application.asked) == application.closed == 2 and len(cache.store) == 0
    for answer in answers:
        assert answer.how == "" and answer.headers == dict(application.headers)


def test_what_is_not_kept_is_not_gathered_first(cache, application):
    application.tags = None
    answer = Answer(cache, "/feed/")
    assert answer.chunks.application is application
    assert answer.body == BODY


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("200 OK", {"Set-Cookie": "guest=1"}),
        ("200 OK", {"Vary": "Cookie"}),
        ("200 OK", {"Vary": "Accept-Encoding, Accept-Language"}),
        ("200 OK", {"Vary": "*"}),
        ("200 OK", {"Content-Security-Policy": "script-src 'self' 'nonce-abc'"}),
        ("200 OK", {"Cache-Control": "private"}),
        ("200 OK", {"Cache-Control": "max-age=0, no-store"}),
        ("302 Found", {}),
        ("403 Forbidden", {}),
        ("500 Internal Server Error", {}),
    ],
)
def test_page_with_something_personal_is_refused(cache, application, caplog, status, headers):
    application.status = status
    application.headers += headers.items()
    with caplog.at_level(logging.ERROR, "newsroom.pagecache"):
        answers = [Answer(cache), Answer(cache)]
    assert [answer.body for answer in answers] == [BODY, BODY]
    assert len(application.asked) == application.closed == 2 and len(cache.store) == 0
    assert "X-Page-Cache" not in answers[0].headers and answers[0].how == ""
    assert len(caplog.records) == 2 and "may not be" in caplog.text
    assert re.search(r"^page_cache_refused_total{.*} 2$", cache.metrics.text(pages=0, size=0), re.M)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("200 OK", {"Vary": "accept-encoding"}),
        ("200 OK", {"Content-Security-Policy": "script-src 'self'"}),
        ("200 OK", {"Cache-Control": "public"}),
        ("301 Moved Permanently", {"Location": "/there/"}),
        ("404 Not Found", {}),
        ("410 Gone", {}),
    ],
)
def test_page_for_everybody_is_kept(cache, application, caplog, status, headers):
    application.status = status
    application.headers += headers.items()
    assert [Answer(cache).how, Answer(cache).how] == ["miss", "hit"]
    assert not caplog.records
