"""Forms in public pages carry no token; the browser's own headers say where a post comes from."""

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from newsroom.urls import urlpatterns as site_urls  # the page that refuses links to the site's
from tests.builders import make_user


def receive(request):
    return HttpResponse("received")


urlpatterns = [path("vote/", receive), path("me/settings/", receive), *site_urls]
HERE, ELSEWHERE = "http://testserver", "https://elsewhere.example"


@pytest.fixture
def strict(db):
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-origin", "Origin": HERE}, 200),
        ({"Origin": HERE}, 200),
        ({}, 403),
        ({"Origin": ELSEWHERE}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": ELSEWHERE}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, 403),
        ({"Sec-Fetch-Site": "", "Origin": HERE}, 403),
    ],
)
def test_public_form_is_taken_from_this_site_only(strict, headers, status):
    assert strict.post("/vote/", headers=headers).status_code == status


def test_personal_page_needs_the_token_whatever_the_headers_say(strict):
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": HERE}
    assert strict.post("/me/settings/", headers=headers).status_code == 403


@pytest.mark.django_db
def test_desk_needs_the_token():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user(is_staff=True, is_superuser=True))
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert strict.post("/admin/accounts/user/add/", headers=headers).status_code == 403
