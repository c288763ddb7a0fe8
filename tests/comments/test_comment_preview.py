"""Seeing what one is about to publish."""

import pytest
from django.test import Client

from comments import preview
from comments.models import Comment
from tests.builders import make_article, make_site
from tests.comments.builders import typed

pytestmark = pytest.mark.django_db
ADDRESS = "/comments/preview/"


def test_script_gets_the_text_as_it_will_be(client):
    response = client.post(ADDRESS, {"text": "*Ahoy* <script>x</script>\n\n>! the end"})
    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    assert "<em>Ahoy</em>" in response.text and "<summary>Spoiler</summary>" in response.text
    assert "<script" not in response.text
    assert not client.cookies


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Please write a comment."),
        ("[" * 20000, "at most 5000"),
        ("[" * 151, "too many brackets"),
        ("://" * 101, "too many links"),
        ("*" * 1001, "too many signs of emphasis"),
        ("a\n" * 600, "too many lines"),
    ],
)
def test_what_cannot_be_published_is_explained(client, text, message):
    response = client.post(ADDRESS, {"text": text})
    assert response.status_code == 422 and message in response.text


def test_preview_speaks_the_editions_language(client):
    make_site()
    assert "<summary>Spoiler</summary>" in client.post(f"/de{ADDRESS}", {"text": ">! x"}).text
    assert "Bitte schreiben Sie" in client.post(f"/de{ADDRESS}", {"text": ""}).text


def test_too_many_previews_wait(client, monkeypatch):
    monkeypatch.setattr(preview, "MOST", 1)
    assert client.post(ADDRESS, {"text": "Ahoy"}).status_code == 200
    response = client.post(ADDRESS, {"text": "Ahoy"})
    assert response.status_code == 429 and response.headers["Retry-After"]


def test_preview_is_for_our_own_pages_and_by_post(client):
    strict = Client(enforce_csrf_checks=True)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert strict.post(ADDRESS, {"text": "Ahoy"}, headers=elsewhere).status_code == 403
    assert client.get(ADDRESS).status_code == 405


def test_without_a_script_the_form_shows_it_and_publishes_nothing(client):
    make_article(slug="ferry")
    response = client.post("/articles/ferry/comment/", typed(text="*Ahoy*", preview="1"))
    assert response.status_code == 200
    assert "<em>Ahoy</em>" in response.text and ">*Ahoy*</textarea>" in response.text.replace(
        "\n*", "*"
    )
    assert not Comment.objects.exists() and not client.cookies
    mistake = client.post("/articles/ferry/comment/", typed(text="", preview="1"))
    assert mistake.status_code == 422
