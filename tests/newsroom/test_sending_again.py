"""A form of the desk that comes without a valid sign-in loses nothing, and saves nothing."""

import html
import re

import pytest
from django.test import Client

from articles.models import Article, Status
from tests.builders import make_article, make_colleague, make_site, picture_file
from tests.newsroom.desk_world import form_of

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
ELSEWHERE = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
UNSURE = {"Sec-Fetch-Site": "none"}


@pytest.fixture
def article():
    make_site()
    return make_article(status=Status.DRAFT, headline="Stored")


@pytest.fixture
def where(article):
    return f"/admin/articles/article/{article.pk}/change/"


@pytest.fixture
def editor(article):
    return make_colleague("editor")


@pytest.fixture
def form(client, where, editor):
    client.force_login(editor)
    typed = form_of(client, where) | {"headline": 'Typed & "quoted"', "_continue": "Save draft"}
    client.logout()
    return typed


def sent_again(page):
    """The fields of the page's form, as a browser would send them."""
    form = page.partition('id="send-again"')[2].partition("</form>")[0]
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def test_text_of_who_was_signed_out_waits_until_it_is_sent_again(client, where, form, editor):
    answer = client.post(where, form)
    assert answer.status_code == 403
    assert f"/accounts/login/?next={where}" in answer.text
    assert Article.objects.get().headline == "Stored"
    client.force_login(editor)
    assert client.post(where, sent_again(answer.text)).status_code == 302
    assert Article.objects.get().headline == 'Typed & "quoted"'


def test_old_token_after_signing_in_again_asks_and_saves_nothing(where, form, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    strict.get(where)
    stale = form | {"csrfmiddlewaretoken": "a" * 64}
    asked = strict.post(where, stale, headers=HERE)
    assert asked.status_code == 403
    assert "You have signed in since" in asked.text
    assert Article.objects.get().headline == "Stored"
    assert strict.post(where, sent_again(asked.text), headers=HERE).status_code == 302
    assert Article.objects.get().headline == 'Typed & "quoted"'


def test_what_somebody_else_had_typed_is_refused_and_not_shown(where, form):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_colleague("chief"))
    answer = strict.post(where, form, headers=HERE)
    assert (answer.status_code, "Typed" in answer.text) == (403, False)


@pytest.mark.parametrize("headers", [ELSEWHERE, {}, {"Origin": "null"}, HERE | UNSURE])
def test_what_another_site_sends_is_refused_and_not_shown(where, form, headers, editor):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    answer = strict.post(where, form, headers=headers)
    assert (answer.status_code, "Typed" in answer.text) == (403, False)


def test_passwords_and_files_are_not_written_into_a_page(client, article):
    for fields in ({"password1": "lighthouse"}, {"alts_en": "A ferry", "file": picture_file()}):
        answer = client.post("/admin/accounts/user/add/", fields)
        assert answer.status_code == 302
        assert answer.url.startswith("/admin/login/")


def test_bare_post_of_a_stranger_is_asked_to_sign_in(client, article):
    assert client.post("/admin/articles/article/").url.startswith("/admin/login/")


def test_public_pages_refuse_as_before(client, article):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/articles/any/comment/", {"text": "Hello"}, headers=ELSEWHERE)
    assert answer.status_code == 403
    assert "We could not tell that the form came from this site." in answer.text
