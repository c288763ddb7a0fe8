"""Who has just written sees nothing kept for a moment, in whichever process."""

import pytest

from pagecache.marks import HEADER, UNCHANGED
from pagecache.wsgi import FRESH_SECONDS
from tests.pagecache.builders import BODY, Answer, Application, make_cache


@pytest.fixture
def application():
    return Application()


@pytest.fixture
def cache(application):
    return make_cache(application)


@pytest.mark.parametrize("status", ["200 OK", "204 No Content", "302 Found", "303 See Other"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_who_writes_gets_the_cookie(cache, application, method, status):
    application.status = status
    cookie = Answer(cache, "/desk/", method).headers["Set-Cookie"]
    assert cookie == f"fresh=1; Max-Age={FRESH_SECONDS}; Path=/; HttpOnly; SameSite=Lax"


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "422 No", "500 Error"])
def test_who_is_refused_gets_none(cache, application, status):
    application.status = status
    assert "Set-Cookie" not in Answer(cache, "/desk/", "POST").headers


def test_who_changes_nothing_gets_none(cache, application):
    application.headers.append((HEADER, UNCHANGED))
    assert not {"Set-Cookie", HEADER} & Answer(cache, "/desk/", "POST").headers.keys()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_reads_gets_none(cache, method):
    for path in ("/", "/desk/"):
        assert "Set-Cookie" not in Answer(cache, path, method).headers


@pytest.mark.parametrize(("scheme", "is_secure"), [("https", True), ("http", False), ("", False)])
def test_cookie_of_a_secure_site_is_secure(cache, scheme, is_secure):
    cookie = Answer(cache, "/", "POST", x_forwarded_proto=scheme).headers["Set-Cookie"]
    assert cookie.endswith("; Secure") is is_secure


def test_other_cookies_of_the_answer_stay(cache, application):
    application.headers.append(("Set-Cookie", "guest=7"))
    given = []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/", "wsgi.url_scheme": "http"}
    cache(environ, lambda status, headers, exc_info=None: given.extend(headers))
    assert [value[:7] for name, value in given if name == "Set-Cookie"] == ["guest=7", "fresh=1"]
    assert ("Set-Cookie", "fresh=1") not in application.headers


@pytest.mark.parametrize(
    "cookies",
    [
        "fresh=1",
        "known=1; fresh=1",
        "fresh=1; known=1",
        "fresh=",
        'wishes={"colour": "dark, please"}; fresh=1',
        "a b=1; fresh=1; ünseen=é",
        ";;fresh=1",
    ],
)
def test_page_is_made_for_who_has_just_written_and_kept_for_others(cache, application, cookies):
    Answer(cache)
    application.body = b"new"
    writer = Answer(cache, cookie=cookies)
    assert (writer.how, writer.body) == ("bypass", b"new")
    reader = Answer(cache)
    assert (reader.how, reader.body) == ("hit", b"new")


@pytest.mark.parametrize("cookies", ["known=1", "refresh=1", "known=fresh", "fresher=1", ""])
def test_other_readers_get_the_kept_page(cache, application, cookies):
    Answer(cache)
    application.body = b"new"
    reader = Answer(cache, cookie=cookies)
    assert (reader.how, reader.body) == ("hit", BODY)
