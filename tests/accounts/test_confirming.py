"""When somebody who is signed in is asked once more whether it is them."""

from time import time

import pytest
from django.test import Client

from tests.accounts.codes import app_code, give_app, newest_code
from tests.builders import make_user

pytestmark = pytest.mark.django_db
MINUTES = 60  # seconds
PAGES = ["password/set/", "email/", "devices/totp/activate/", "devices/webauthn/add/", "download/",
         "leave/", "sessions/"]  # fmt: skip


def by_password(client):
    client.post("/accounts/login/", {"login": "wilma", "password": "lighthouse"})


def by_code(client):
    client.post("/accounts/login/code/", {"email": "wilma@readers.example"})
    client.post("/accounts/login/code/confirm/", {"code": newest_code()})


def by_signing_up(client):
    client.post("/accounts/signup/", {"username": "nora", "email": "nora@readers.example"})
    client.post("/accounts/confirm-email/", {"code": newest_code()})


def is_asked(client, path):
    """Whether the page of this path wants a password, a device or a new sign-in first."""
    answer = client.get(f"/accounts/{path}")
    leads_away = "/reauthenticate/" in answer.get("Location", "")
    return leads_away or b"Sign in again" in answer.getvalue()


def later(monkeypatch, seconds):
    moment = time() + seconds
    monkeypatch.setattr("time.time", lambda: moment)
    monkeypatch.setattr("accounts.profile.time", lambda: moment)


@pytest.fixture(params=[by_password, by_code, by_signing_up])
def signed_in(request, client):
    make_user(username="wilma")
    request.param(client)
    return client


@pytest.mark.parametrize("path", PAGES)
def test_who_has_just_signed_in_is_asked_nothing(signed_in, path):
    assert not is_asked(signed_in, path)


@pytest.mark.parametrize("path", ["email/", "leave/"])
def test_who_signed_in_six_minutes_ago_is_asked(signed_in, path, monkeypatch):
    later(monkeypatch, 4 * MINUTES)
    assert not is_asked(signed_in, path)
    later(monkeypatch, 6 * MINUTES)
    assert is_asked(signed_in, path)


def test_sign_in_of_another_browser_counts_nothing_here(client):
    make_user(username="wilma")
    client.force_login(make_user(username="nora"))
    by_password(Client())
    assert is_asked(client, "email/")


def test_half_a_sign_in_confirms_nothing(client):
    give_app(make_user(username="wilma"))
    by_password(client)
    assert client.get("/accounts/email/")["Location"].startswith("/accounts/login/")
    client.post("/accounts/devices/authenticate/", {"code": app_code()})
    assert not is_asked(client, "email/")
