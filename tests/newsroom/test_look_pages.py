"""What every page has: one first heading, its language and direction, a title of its own."""

import re

import pytest
from django.template.loader import render_to_string

from articles.models import Page, Role, Story, Topic
from tests.builders import make_article, make_contributor, make_section, make_series, make_site

pytestmark = pytest.mark.django_db
PAGES = [
    "/", "/sections/harbour/", "/topics/weather/", "/contributors/maren/", "/articles/ferry/",
    "/series/letters/", "/articles/again/", "/pages/about/", "/archive/", "/moderation/",
    "/corrections/", "/translators/", "/support/",
    "/accounts/login/", "/no-such-page/", "/articles/withdrawn/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def paper():
    make_site(editions=("en", "de", "ar"), name="The Courier", place="Quillmere")
    make_section()
    maren = make_contributor(slug="maren")
    topic = Topic.objects.create(slug="weather", names={"en": "Weather"})
    letters = make_series(slug="letters")
    again = Story.objects.create(series=letters)
    for language in ("en", "de", "ar"):
        article = make_article(slug="ferry", language=language, byline=[(maren, Role.REPORTER)])
        article.topics.add(topic)
        make_article(slug="again", language=language, story=again)
        Story.objects.filter(pk=article.story_id).update(series=letters)
        make_article(slug="withdrawn", language=language, status="withdrawn")
        Page.objects.create(slug="about", language=language, title="About us", body="<p>We</p>")


def pages():
    for path in PAGES:
        yield path, "en"
        if not path.startswith("/accounts/"):
            yield f"/de{path}", "de"
            yield f"/ar{path}", "ar"


@pytest.mark.parametrize(("path", "language"), list(pages()))
def test_page_says_what_it_is(client, path, language):
    html = client.get(path).text
    assert len(re.findall(r"<h1[\s>]", html)) == 1
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    title = re.search(r"<title>(.+?)</title>", html)[1].strip()
    assert "The Courier" in title
    assert (title == "The Courier, Quillmere") == (path in ("/", "/de/", "/ar/"))


@pytest.mark.parametrize(("path", "language"), list(pages()))
def test_page_has_its_landmarks(client, path, language):
    html = client.get(path).text
    assert html.count("<main ") == 1
    assert 'href="#main"' in html and 'id="main"' in html
    assert "<header" in html and "<footer" in html
    unnamed = [nav for nav in re.findall(r"<nav[^>]*>", html) if "aria-label=" not in nav]
    assert unnamed == []


def test_what_failed_needs_nothing_to_say_so():
    html = render_to_string("500.html")
    assert html.count("<h1") == 1
    assert '<html lang="en" dir="ltr">' in html


def test_page_names_its_one_address(client):
    assert '<link rel="canonical" href="http' in client.get("/articles/ferry/").text
    assert "/de/articles/ferry/" in client.get("/de/articles/ferry/?x=1").text
    assert 'rel="canonical"' not in client.get("/no-such-page/").text


def test_languages_lead_to_the_same_story(client):
    story = make_article(slug="orchard", headline="Orchard").story
    make_article(slug="obst", language="de", story=story)
    html = client.get("/articles/orchard/").text
    assert '<a href="/de/articles/obst/" lang="de" hreflang="de"' in html
    assert '<a href="/ar/" lang="ar" hreflang="ar"' in html


def test_sign_in_offers_the_ways_that_there_are(client):
    html = client.get("/accounts/login/").text
    assert "csrfmiddlewaretoken" in html
    for path in ("signup/", "login/code/", "password/reset/"):
        assert f"/accounts/{path}" in html
        assert client.get(f"/accounts/{path}").status_code == 200


def test_wrong_password_is_said_above_the_form_and_keeps_the_name(client):
    response = client.post("/accounts/login/", {"login": "maren", "password": "wrong"})
    assert 'class="error-summary" role="alert"' in response.text
    assert 'value="maren"' in response.text
