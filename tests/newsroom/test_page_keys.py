"""Which addresses are kept, by what, and that nobody can fill the store with nothing."""

from urllib.parse import quote

import pytest

from newsroom import page_keys
from newsroom.page_keys import key_of


def key(address, *, host="localhost", **environ):
    path, _mark, query = address.partition("?")
    return key_of({"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host,
                   "wsgi.url_scheme": "http", **environ})  # fmt: skip


@pytest.mark.parametrize("edition", ["", "/de", "/tr", "/ru", "/ar"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sections/harbour/",
        "/topics/weather/",
        "/series/letters/",
        "/contributors/maren/",
        "/pages/about/",
        "/archive/",
        "/archive/2026/11/",
        "/articles/ferry/",
        "/articles/ferry/comments/",
        "/articles/ferry/passages/",
        "/articles/ferry/with/de/",
        "/articles/ferry/changes/",
        "/articles/ferry/republish/",
        "/comments/7/",
        "/comments/1234567890/history/",
        "/support/",
        "/support/press/",
        "/feeds/latest.rss",
        "/feeds/latest.atom",
        "/contributors/maren/feeds/latest.json",
        "/sections/harbour/feeds/latest.rss",
        "/topics/weather/feeds/latest.atom",
        "/series/letters/feeds/latest.atom",
    ],
)
def test_public_page_is_kept_in_every_edition(edition, path):
    assert key(edition + path) is not None
    assert key(edition + path) != key(path) or not edition


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/fr/",
        "/de",
        "/articles/ferry",
        "/articles/ferry/comment/",
        "/articles/ferry/comments/hottest/",
        "/articles/ferry/follow/",
        "/comments/7/reply/",
        "/comments/seven/",
        "/comments/07/",
        "/comments/0000000007/history/",
        "/comments/٧/",
        "/subscriptions/",
        "/support/press/give/",
        "/de/support/press/give/",
        "/support/gifts/7a6b8d0e-0000-4000-8000-000000000000/",
        "/me/overlay/",
        "/me/comments/",
        "/accounts/login/",
        "/admin/",
        "/admin/articles/article/",
        "/de/admin/",
        "/healthz",
        "/static/newsroom/site.css",
        "/feeds/latest.xml",
        "/feeds/latest.rss/",
        "/archive/2026/1/",
        "/archive/٢٠٢٦/١١/",
        "/de/sitemap.xml",
        "/sitemaps/articles-01.xml",
        "/sitemaps/articles-١.xml",
        "//",
        "/no-such-page/",
    ],
)
def test_personal_and_unknown_pages_pass(path):
    assert key(path) is None


@pytest.mark.parametrize(
    "path",
    ["/robots.txt", "/sitemap.xml", "/news-sitemap.xml", "/sitemaps/pages.xml",
     "/sitemaps/articles-0.xml"],
)  # fmt: skip
def test_page_of_the_whole_site_is_kept(path):
    assert key(path) is not None and key(f"{path}?x=1") == key(path)


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("/?utm_source=letter", ""),
        ("/?sort=best", ""),
        ("/sections/harbour/?page=2&sort=best", "page=2"),
        ("/articles/ferry/?sort=oldest&lang=de&page=2", "lang=de&sort=oldest"),
        ("/articles/ferry/?lang=de&x=&sort=oldest", "lang=de&sort=oldest"),
        ("/articles/ferry/?sort=best&sort=oldest", "sort=oldest"),
        ("/articles/ferry/comments/?thread=7&after=a:b-c", "after=a%3Ab-c&thread=7"),
        ("/articles/ferry/comments/?show=all&passage=7", "passage=7&show=all"),
        ("/support/press/?amount=5", ""),
        ("/comments/7/?sort=best", ""),
        ("/?", ""),
        ("/?&&=&", ""),
    ],
)
def test_only_questions_that_the_page_answers_tell_copies_apart(address, left):
    found = key(address)
    assert found.query == left
    assert found == key(f"{address.partition('?')[0]}?{left}".rstrip("?"))


def test_answered_questions_tell_copies_apart():
    addresses = ["", "?sort=best", "?sort=oldest", "?lang=de", "?lang=de&sort=best"]
    assert len({key(f"/articles/ferry/{query}") for query in addresses}) == len(addresses)


@pytest.mark.parametrize(
    "query",
    ["posted=7", "sort=best&posted=7", "posted", "posted=", "show=new&since=2026", "p%6Fsted=7"],
)
def test_page_for_one_person_or_moment_is_never_kept(query):
    assert key(f"/articles/ferry/?{query}") is None
    assert key(f"/articles/ferry/comments/?{query}") is None
    assert key("/articles/ferry/?post=7") is not None


@pytest.mark.parametrize("name", ["page", "thread", "passage"])
@pytest.mark.parametrize(
    "number",
    ["0", "01", "+1", " 1", "1 ", "1.0", "1_0", "-1", "", "x", "٣", "³", "1" * 19, "1\n", "0x1"],
)
def test_number_in_another_writing_is_no_key_of_its_own(name, number):
    path = "/sections/harbour/" if name == "page" else "/articles/ferry/comments/"
    assert key(f"{path}?{name}={quote(number)}") is None
    assert key(f"{path}?{name}=12") is not None


@pytest.mark.parametrize(
    "flood",
    [
        "/?{n}",
        "/?{n}={n}",
        "/sections/harbour/?x{n}=1&page=2",
        "/articles/ferry/?sort=best&sort=best&{n}",
        "/articles/ferry/?" + "&".join("sort=best" for _repeat in range(15)) + "&n={n}",
        "/support/press/?sort={n}",
    ],
)
def test_random_questions_share_one_key(flood):
    keys = {key(flood.format(n=number)) for number in range(100)}
    assert len(keys) == 1 and None not in keys


@pytest.mark.parametrize(
    "flood",
    [
        "/?" + "&".join(f"a{number}=1" for number in range(21)),
        "/articles/ferry/?sort=" + "x" * 401,
        "/articles/ferry/comments/?after=" + "%41" * 401,
    ],
)
def test_very_long_questions_pass(flood):
    assert key(flood) is None


@pytest.mark.parametrize("host", ["localhost:8000", "LOCALHOST", "localhost.", "localhost:1"])
def test_writings_of_one_host_share_a_copy(host):
    assert key("/", host=host) == key("/", host="localhost") is not None


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost:x", "localhost evil", "a@localhost"]
)
def test_host_that_is_not_ours_passes(host):
    assert key("/", host=host) is None


def test_hosts_and_schemes_have_copies_of_their_own():
    keys = {
        key("/"),
        key("/", host="127.0.0.1:8000"),
        key("/", host="[::1]:8000"),
        key("/", HTTP_X_FORWARDED_PROTO="https"),
    }
    assert len(keys) == 4 and None not in keys
    assert key("/", HTTP_X_FORWARDED_PROTO="https, http") in keys  # as Django reads it
    assert key("/", HTTP_X_FORWARDED_PROTO="gopher") == key("/")


def test_nothing_long_is_remembered(monkeypatch):
    remembered, place = [], page_keys._place
    monkeypatch.setattr(page_keys, "_place", lambda *told: remembered.append(told) or place(*told))
    long = "x" * 50_000
    assert key(f"/articles/{long}/") is None
    assert key("/", host=long) is None
    assert key("/", HTTP_X_FORWARDED_PROTO=long) == key("/")
    assert max(len(each) for told in remembered for each in told) == page_keys.LONGEST + 1
    assert place.cache_parameters()["maxsize"] == 4096
