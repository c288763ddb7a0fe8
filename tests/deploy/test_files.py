"""What nginx serves itself, and how much it lets through."""

import pytest

from tests.builders import make_article
from tests.deploy.site import FROM_HERE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
stored = pytest.mark.django_db(transaction=True)
MEGABYTE = 1024 * 1024


@pytest.fixture
def picture(site):
    folder = site.nginx.media / "pictures"
    folder.mkdir(exist_ok=True)
    (folder / "quay.jpg").write_bytes(bytes(range(250)))
    return "/media/pictures/quay.jpg"


def test_pictures_are_served_without_the_site(site, picture):
    answer = site.ask(picture)
    assert (answer.status, answer.body) == (200, bytes(range(250)))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers  # Django has not seen it
    assert site.ask(picture, If_None_Match=answer.headers["ETag"]).status == 304
    assert site.ask(picture, method="HEAD").headers["Content-Length"] == "250"


@pytest.mark.parametrize(
    ("wanted", "status", "got"),
    [
        ("bytes=10-19", 206, bytes(range(10, 20))),
        ("bytes=-5", 206, bytes(range(245, 250))),
        ("bytes=300-", 416, None),
        ("bytes=" + ",".join(["0-"] * 500), 200, bytes(range(250))),  # no more than there is
    ],
)
def test_part_of_a_picture_can_be_had(site, picture, wanted, status, got):
    answer = site.ask(picture, Range=wanted)
    assert answer.status == status
    assert got is None or answer.body == got


@pytest.mark.parametrize("path", ["/media/", "/media/pictures/", "/media/pictures/none.jpg"])
def test_media_cannot_be_listed(site, picture, path):
    assert site.ask(path).status in (403, 404)


def test_what_is_too_large_is_refused_with_a_plain_word(site):
    answer = site.ask("/articles/heavy/comment/", body=b"x" * 25 * MEGABYTE)
    assert (answer.status, answer.headers["Content-Type"]) == (413, "text/plain; charset=utf-8")
    assert "24 MB" in answer.text and "nginx" not in answer.text


def test_what_is_too_large_and_does_not_say_so_is_refused(site):
    chunks = (b"x" * MEGABYTE for _number in range(25))
    assert site.ask("/articles/heavy/comment/", body=chunks, method="POST").status == 413


@stored
def test_picture_that_the_desk_takes_passes(site):
    make_article(slug="light")
    form = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    form += b"x" * 13 * MEGABYTE + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = site.ask("/articles/light/comment/", body=form, **kind | FROM_HERE)
    assert answer.status == 422  # the site's own word for a comment without text
