"""Pages as readers get them through the shipped nginx configuration, of a site as in production."""

import gzip
import re

import pytest

from tests.builders import make_article

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
stored = pytest.mark.django_db(transaction=True)
ONCE = ("Strict-Transport-Security", "Content-Security-Policy", "X-Content-Type-Options",
        "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "ETag", "Vary",
        "Cache-Control", "Date", "Server")  # fmt: skip


def ask_until_kept(site, path, **headers):
    """What is answered once both machines keep the page, and how they came to."""
    answers = [site.ask(path, **headers)]
    while answers[-1].how != "hit":
        answers.append(site.ask(path, **headers))
        assert len(answers) < 10
    return answers[-1], [answer.how for answer in answers]


def test_nginx_accepts_the_file_without_a_warning(site):
    done = site.nginx.test()
    assert done.returncode == 0, done.stderr
    said = [
        line for line in site.nginx.warnings() if '"listen ... http2"' not in line
    ]  # since 1.25
    assert said == []


@stored
def test_article_is_kept_with_a_tag_and_asked_for_again_for_nothing(site):
    make_article(slug="kept", headline="Kept for everybody")
    page, ways = ask_until_kept(site, "/articles/kept/")
    assert (page.status, ways[0]) == (200, "miss") and "Kept for everybody" in page.text
    again = site.ask("/articles/kept/", If_None_Match=page.headers["ETag"])
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", page.headers["ETag"])


@stored
def test_page_comes_as_compressed_as_the_site_made_it(site):
    make_article(slug="small", headline="Written small")
    plain, _ways = ask_until_kept(site, "/articles/small/")
    tags = {plain.headers["ETag"]}
    for encoding in ("gzip", "br"):
        page = site.ask("/articles/small/", Accept_Encoding=f"{encoding}, deflate")
        assert page.headers["Content-Encoding"] == encoding
        assert int(page.headers["Content-Length"]) == len(page.body) < len(plain.body) / 2
        tags.add(page.headers["ETag"])
        if encoding == "gzip":
            assert gzip.decompress(page.body) == plain.body
    assert len(tags) == 3 and all(tag.startswith('"') for tag in tags)


def test_page_with_a_token_is_not_compressed(site):
    page = site.ask("/accounts/login/", Accept_Encoding="gzip, br")
    assert page.status == 200 and "csrfmiddlewaretoken" in page.text
    assert "Content-Encoding" not in page.headers


@stored
def test_head_of_a_page_is_its_head(site):
    make_article(slug="head")
    page, _ways = ask_until_kept(site, "/articles/head/")
    head = site.ask("/articles/head/", method="HEAD")
    same = ("ETag", "Content-Length", "Content-Type")
    assert (head.status, head.body) == (200, b"")
    assert [head.headers[name] for name in same] == [page.headers[name] for name in same]


def test_each_header_comes_once(site):
    answer = site.ask("/", Accept_Encoding="br")
    assert {name: len(answer.headers.get_all(name, [])) for name in ONCE} == dict.fromkeys(ONCE, 1)
    assert "preload" in answer.headers["Strict-Transport-Security"]
    assert answer.headers["Server"] == "nginx"


def test_browsers_are_offered_http2_and_the_newest_tls(site):
    site.trust.set_alpn_protocols(["h2", "http/1.1"])
    try:
        with site.line() as line:
            assert (line.selected_alpn_protocol(), line.version()) == ("h2", "TLSv1.3")
    finally:
        site.trust.set_alpn_protocols(["http/1.1"])


def test_static_files_are_kept_for_ever_and_compressed(site):
    page = site.ask("/")
    [style] = re.findall(r'href="(/static/newsroom/site\.\w+\.css)"', page.text)
    answer = site.ask(style, Accept_Encoding="br")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
    assert "max-age=315360000" in answer.headers["Cache-Control"]
    assert "immutable" in answer.headers["Cache-Control"]
