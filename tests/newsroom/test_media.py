"""Uploaded files of a local site, by addresses that people and scanners make up."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(client, settings, tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "quay.txt").write_text("A quay")
    (tmp_path / "secret-key").write_text("secret")
    settings.MEDIA_ROOT = tmp_path / "media"
    return client


def test_file_is_served_and_only_read(media):
    assert b"".join(media.get("/media/quay.txt")) == b"A quay"
    assert media.post("/media/quay.txt").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["a" * 5000, "a/" * 3000, "../secret-key", "%2e%2e/secret-key", "..%2fsecret-key", "%00"],
)
def test_names_that_no_file_has_are_not_found(media, path):
    assert media.get(f"/media/{path}").status_code == 404
