import pytest

from newsroom.templatetags.editions import language_direction
from tests.builders import make_article, make_site, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de", "ar"))


@pytest.mark.parametrize(("path", "language"), [("/", "en"), ("/de/", "de"), ("/ar/", "ar")])
def test_prefix_decides_whatever_the_browser_asks_for(client, path, language):
    response = client.get(path, headers={"Accept-Language": "tr,ru;q=0.9"})
    assert response["Content-Language"] == language
    assert f'lang="{language}"' in response.text


def test_arabic_runs_from_right_to_left(client):
    assert 'dir="rtl"' in client.get("/ar/").text
    assert 'dir="ltr"' in client.get("/de/").text


def test_default_prefix_leads_to_the_bare_path_with_its_query(client):
    article = make_article(slug="ferry")
    response = client.get("/en/articles/ferry/?page=2")
    assert response["Location"] == f"{article.get_absolute_url()}?page=2"


@pytest.mark.parametrize(
    ("path", "bare"),
    [
        ("/en//elsewhere.example/", "/elsewhere.example/"),
        ("/en/%5Celsewhere.example/", "/%5Celsewhere.example/"),
        ("/en/a%3Fb%23c%25d/", "/a%3Fb%23c%25d/"),
    ],
)
def test_default_prefix_never_leads_anywhere_else(client, path, bare):
    assert client.get(path)["Location"] == bare


@pytest.mark.parametrize("path", ["/tr/", "/tr/articles/ferry/", "/xx/", "/de/admin/", "/english/"])
def test_language_without_an_edition_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_article_answers_only_below_its_own_language(client):
    make_article(slug="faehre", language="de")
    assert client.get("/de/articles/faehre/").status_code == 200
    assert client.get("/articles/faehre/")["Location"] == "/de/articles/faehre/"


def test_article_of_a_language_that_is_no_edition_is_not_led_to(client):
    make_article(slug="vapur", language="tr")
    assert client.get("/articles/vapur/").status_code == 404


def test_slug_of_two_other_editions_leads_to_neither(client):
    make_article(slug="radio", language="de")
    make_article(slug="radio", language="ar")
    assert client.get("/articles/radio/").status_code == 404


def test_desk_speaks_the_language_of_its_person(client):
    client.force_login(make_user(is_staff=True, is_superuser=True, language="de"))
    assert client.get("/admin/")["Content-Language"] == "de"


def test_sign_in_page_follows_the_browser(client):
    response = client.get("/accounts/login/", headers={"Accept-Language": "ru"})
    assert response["Content-Language"] == "ru"


def test_forms_are_utf8_whatever_the_request_calls_them(client):
    """Python knows `zlib` as a codec, but not one of texts: reading the form would fail."""
    make_article(slug="ferry")
    body = '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nGrüße\r\n--x--'
    kind = "multipart/form-data; boundary=x; charset=zlib"
    response = client.generic("POST", "/articles/ferry/comment/", body.encode(), content_type=kind)
    assert response.status_code == 422
    assert "Grüße" in response.text


@pytest.mark.parametrize(
    ("language", "direction"), [("de", "ltr"), ("ar", "rtl"), ("yi", "rtl"), ("zh-hant", "ltr")]
)
def test_any_language_of_the_world_has_a_direction(language, direction):
    assert language_direction(language) == direction
