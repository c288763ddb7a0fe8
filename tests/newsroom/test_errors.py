"""Requests that nobody can answer get a page of ours, in the language of their path."""

import re

import pytest
from django.core.exceptions import PermissionDenied
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


def search_of(response):
    """Where the page's search leads, with words typed into its one field."""
    [form] = re.findall(r'<form class="search-box" action="([^"]+)" role="search">', response.text)
    assert 'name="q"' in response.text and "method=" not in response.text.partition("<main")[2]
    return f"{form}?q=ferry"


def fail(error):
    def failing(*_asked, **_options):
        raise error

    return failing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "error"),
    [(403, PermissionDenied()), (404, None), (500, RuntimeError("The tide is out"))],
)
@pytest.mark.parametrize("prefix", ["", "/de"])
def test_page_of_an_error_searches_the_edition(client, monkeypatch, status, error, prefix):
    make_site(editions=["en", "de"])
    make_article(headline="The ferry", language=prefix[1:] or "en")
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        if error:
            broken.setattr("newsroom.front_pages.most_read", fail(error))
        response = client.get(f"{prefix}/" if error else f"{prefix}/articles/none/")
    assert response.status_code == status
    assert client.get(search_of(response)).text.count("<mark>") == 1
    assert search_of(response).startswith(f"{prefix}/search/")


@pytest.mark.django_db
def test_page_that_could_not_be_read_offers_the_search_too(client):
    response = client.get("/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert client.get(search_of(response)).status_code == 200


@pytest.mark.parametrize("address", ["/", "/ar/"])
def test_failure_is_told_without_the_database(client, monkeypatch, address):
    monkeypatch.setattr("newsroom.middleware.SiteSettings.load", fail(RuntimeError("No database")))
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == 500 and is_ours(response)
    assert search_of(response) == f"{address}search/?q=ferry"
    assert f'<a href="{address}">' in response.text
