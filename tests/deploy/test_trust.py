"""What a reader says about themselves and is not believed, and what is not told outside."""

import pytest

from tests.builders import make_article
from tests.comments.builders import typed
from tests.deploy.site import FROM_HERE, NAME, PER_PREFIX

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
stored = pytest.mark.django_db(transaction=True)


@stored
def test_readers_share_no_limit_and_invent_no_address(site):
    make_article(slug="crowd")
    for source in ("127.0.11.1", "127.0.12.1"):
        codes = [
            site.ask(
                "/articles/crowd/comment/",
                form=typed(text=f"Word {number} of {source}."),
                source=source,
                X_Forwarded_For=f"198.51.{number}.7",
            ).status
            for number in range(PER_PREFIX + 1)
        ]
        assert codes == [302] * PER_PREFIX + [429], source


@stored
@pytest.mark.parametrize("name", ["X_Forwarded_For", "X-Forwarded-For"])
def test_header_in_another_writing_is_no_address_either(site, name):
    make_article(slug="writing")
    source, codes = f"127.0.{20 + len(name) + ('_' in name)}.1", []
    for number in range(PER_PREFIX + 1):
        body = f"name=Ines&email=ines%40readers.example&text=Once+more+{number}"
        lines = [
            "POST /articles/writing/comment/ HTTP/1.1",
            f"Host: {NAME}",
            f"{name}: 198.51.{number}.7",
            f"{name}: 198.51.{number}.8",
            *(f"{known}: {value}" for known, value in FROM_HERE.items()),
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        codes.append(site.say("\r\n".join([*lines, "", body]), source=source).status)
    assert codes == [302] * PER_PREFIX + [429]


@pytest.mark.parametrize("name", ["X-Forwarded-Proto", "X_Forwarded_Proto"])
def test_reader_does_not_say_by_which_protocol_one_asks(site, name):
    asked = f"GET /accounts/login/ HTTP/1.1\r\nHost: {NAME}\r\n{name}: http\r\n\r\n"
    assert site.say(asked).status == 200


@pytest.mark.parametrize("path", [
    "/metrics", "/metrics?x", "//metrics", "/%6Detrics", "/x/../metrics", "/./metrics",
    "/metrics#x", "https://news.example/metrics",
])  # fmt: skip
def test_figures_are_not_told_outside(site, path):
    assert "page_cache_pages" in site.both[0].ask("/metrics").text
    answer = site.say(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\n\r\n")
    assert answer.status in (403, 404) and b"page_cache" not in answer.body


@pytest.mark.parametrize("path", ["/", "/media/quay.jpg", "/healthz"])
def test_another_name_is_refused(site, path):
    (site.nginx.media / "quay.jpg").write_bytes(b"a picture")
    for host in ("elsewhere.example", "127.0.0.1", f"{NAME}.elsewhere.example", ""):
        asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        assert site.say(asked).status in (400, 421), host
    assert (
        site.say(f"GET https://elsewhere.example{path} HTTP/1.1\r\nHost: {NAME}\r\n\r\n").status
        == 421
    )
    assert site.say(f"GET {path} HTTP/1.0\r\n\r\n").status == 421


def test_readers_by_http_are_led_to_https(site):
    answer = site.ask_plainly("/articles/x/?page=2", Host="elsewhere.example")
    assert (answer.status, answer.headers["Location"]) == (
        301,
        f"https://{NAME}/articles/x/?page=2",
    )
