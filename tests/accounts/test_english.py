"""Allauth writes Its Headings Like This; here they are written as everywhere else."""

import re
from html import unescape
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from bin import messages
from tests.accounts.codes import give_app, newest_code
from tests.builders import make_site, make_user

pytestmark = pytest.mark.django_db
CAPITALS = re.compile(r"[\w'’]+[ -][A-Z][a-z]+")
STRANGERS = ["login/", "login/code/", "signup/", "password/reset/", "inactive/", "left/"]
MEMBERS = [
    "", "email/", "password/change/", "reauthenticate/", "sessions/", "leave/", "logout/",
    "devices/", "devices/webauthn/", "devices/totp/deactivate/",
    "devices/recovery-codes/generate/", "devices/webauthn/keys/{key}/remove/",
    "devices/webauthn/keys/{key}/edit/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def wilma():
    make_site(name="courier")
    return make_user(username="wilma")


def capitals(answer):
    """Its headings, labels, links and buttons with a capital after the first word."""
    parts = re.findall(r"<(?:h\d|label|a|button|title)\b[^>]*>([^<]+)<", answer.text)
    said = {" ".join(unescape(part).split()) for part in parts}
    return {part for part in said if CAPITALS.search(part)}


@pytest.mark.parametrize("path", STRANGERS)
def test_pages_for_strangers_write_no_capitals(client, path):
    assert not capitals(client.get(f"/accounts/{path}"))


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("login/code/", {"email": "wilma@readers.example"}),
        ("signup/", {"username": "nora", "email": "nora@readers.example"}),
        ("password/reset/", {"email": "wilma@readers.example"}),
    ],
)
def test_pages_that_ask_for_a_code_write_none(client, path, typed):
    answer = client.post(f"/accounts/{path}", typed, follow=True)
    assert answer.redirect_chain and not capitals(answer)
    if path == "password/reset/":
        confirmed = {"code": newest_code()}
        assert not capitals(
            client.post("/accounts/password/reset/confirm/", confirmed, follow=True)
        )


def test_pages_of_a_member_write_none(client, wilma):
    client.post("/accounts/login/", {"login": "wilma", "password": "lighthouse"})
    for path in ("totp/activate/", "webauthn/add/"):
        assert not capitals(client.get(f"/accounts/devices/{path}"))
    give_app(wilma)
    key = Authenticator.objects.create(user=wilma, type="webauthn", data={"name": "of mine"})
    found = {}
    for path in MEMBERS:
        answer = client.get(f"/accounts/{path.format(key=key.pk)}")
        assert answer.status_code == 200
        found[path] = capitals(answer)
    assert not any(found.values()), found


def test_page_that_asks_for_the_app_writes_none(wilma):
    give_app(wilma)
    typed = {"login": "wilma", "password": "lighthouse"}
    answer = Client().post("/accounts/login/", typed, follow=True)
    assert answer.redirect_chain and not capitals(answer)


def test_whatever_is_put_in_other_words_is_still_allauth_s():
    theirs = messages.read(Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po")
    ours = messages.read(messages.catalogue(messages.ROOT / "accounts", "en"))
    assert ours and not ours.keys() - theirs.keys()
