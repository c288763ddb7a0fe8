"""Requests that nobody can answer get a page of ours, in the language of their path."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from newsroom import uploads
from tests.builders import make_article, make_site

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def is_ours(response):
    return '<main id="main" class="notice-page">' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "language", "says"),
    [("", "en", "This is too large"), ("/de", "de", "Das ist zu groß")],
)
def test_too_large_a_form_is_told_so(client, monkeypatch, prefix, language, says):
    monkeypatch.setattr(uploads, "MAX_REQUEST_BYTES", 80_000)
    make_site(editions=["en", "de"])
    address = f"{prefix}/articles/{make_article(language=language).slug}/comment/"
    form = {"file": SimpleUploadedFile("ballast.bin", b"x" * 90_000)}
    response = client.post(address, form, headers=SAME_SITE)
    assert response.status_code == 413
    assert says in response.text
    assert f'<html lang="{language}" dir="ltr">' in response.text
    assert f'<a href="{prefix}/">' in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("a=1&" * 1001, "application/x-www-form-urlencoded"),
        ("x", "multipart/form-data"),
        ("x", "multipart/form-data; boundary=\u00e9"),
    ],
)
def test_form_that_cannot_be_read_is_told_so(client, body, kind):
    address = f"/articles/{make_article().slug}/comment/"
    response = client.post(address, body, content_type=kind, headers=SAME_SITE)
    assert response.status_code == 400
    assert is_ours(response)


@pytest.mark.parametrize("secure", [True, False])
def test_foreign_host_is_answered_without_the_database(client, settings, secure):
    settings.SECURE_SSL_REDIRECT = not secure  # the redirect asks for the host before the edition
    response = client.get("/", headers={"Host": "elsewhere.example"}, secure=secure)
    assert response.status_code == 400
    assert is_ours(response)


def test_language_of_the_path_is_kept_where_the_edition_is_not_known_yet(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/ar/", headers={"Host": "elsewhere.example"})
    assert '<html lang="ar" dir="rtl">' in response.text
