"""What no browser would send, and what it must not do to the next reader."""

import pytest

from tests.deploy.site import NAME

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SECRET = "the-key-of-the-house"


@pytest.fixture(autouse=True)
def next_reader_is_answered(site):
    yield
    for _machine in range(4):
        assert site.ask("/healthz").text == "ok\n"


@pytest.mark.parametrize("path", [
    "/media/../secret-key", "/media../secret-key", "/media/..%2fsecret-key",
    "/media/%2e%2e/secret-key", "/media//../secret-key", "/media/x/../../secret-key",
    "/media/..%5csecret-key", "/media/%252e%252e/secret-key", "/media/..;/secret-key",
    "/media/.%00./secret-key", "/../../etc/passwd", "//etc/passwd", "/static/../secret-key",
    "/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/static/..%2f..%2fsecret-key",
])  # fmt: skip
def test_no_path_leads_out_of_the_folder_of_media(site, path):
    (site.nginx.media.parent / "secret-key").write_text(SECRET)
    answer = site.say(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\n\r\n")
    assert answer.status in (400, 404)
    assert SECRET not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("path", [
    "//elsewhere.example", "//elsewhere.example/", "/en//elsewhere.example/", "///",
    "/en/%2Felsewhere.example/", "/%2F%2Felsewhere.example", "/de//elsewhere.example/..",
    "/\\elsewhere.example/",
])  # fmt: skip
def test_no_path_leads_to_another_site(site, path):
    answer = site.say(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\n\r\n")
    assert answer.status < 500
    where = answer.headers.get("Location", "/")
    assert where.startswith(("/", f"https://{NAME}/")) and not where.startswith(("//", "/\\"))
    plain = site.ask_plainly(path)
    assert plain.status == 301 and plain.headers["Location"] == f"https://{NAME}{path}"


def test_long_redirect_passes_and_makes_no_machine_seem_away(site):
    asked = f"GET /en/sections/x/?{'|' * 5000} HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    answers = [site.say(asked) for _machine in range(4)]
    assert {answer.status for answer in answers} == {302}
    assert all(len(answer.headers["Location"]) > 15_000 for answer in answers)


@pytest.mark.parametrize(("lines", "status"), [
    ([f"X-Long: {'x' * 9000}"], 400),
    ([f"Cookie: {'x' * 9000}"], 400),
    ([f"X-Many-{number}: x" for number in range(200)], 431),
    (["Content-Length: 3", "Content-Length: 4"], 400),
    (["Content-Length: 3", "Transfer-Encoding: chunked"], 400),
    (["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], 400),
    (["Transfer-Encoding: xchunked"], 501),
    (["Transfer-Encoding : chunked"], 400),
    (["Content-Length: -1"], 400),
    ([f"Host: {NAME}"], 400),
    (["X-Null: a\0b"], 400),
])  # fmt: skip
def test_malformed_head_is_refused(site, lines, status):
    head = ["POST /articles/x/comment/ HTTP/1.1", f"Host: {NAME}", *lines, "", ""]
    assert site.say("\r\n".join(head)).status == status


def test_address_that_is_too_long_is_refused(site):
    assert site.say(f"GET /{'x' * 9000} HTTP/1.1\r\nHost: {NAME}\r\n\r\n").status == 414


def test_second_request_hidden_in_a_body_gets_no_answer(site):
    hidden = f"GET /healthz HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    head = ["GET /healthz HTTP/1.1", f"Host: {NAME}", f"Content-Length: {len(hidden)}"]
    with site.line() as line:
        line.sendall("\r\n".join([*head, "Connection: close", "", hidden]).encode())
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.count(b"HTTP/1.1 200") == 1
