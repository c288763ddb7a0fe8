import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from tests.accounts.codes import newest_code
from tests.builders import make_user

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "wilma@readers.example", "nobody@readers.example"


@pytest.fixture
def wilma():
    return make_user(username="wilma")


def is_signed_in(client):
    return "_auth_user_id" in client.session


def signed_in(client):
    client.post("/accounts/login/", {"login": "wilma", "password": "lighthouse"})
    assert is_signed_in(client)


def test_code_from_the_mail_signs_in(client, wilma):
    client.post("/accounts/login/code/", {"email": KNOWN})
    answer = client.post("/accounts/login/code/confirm/", {"code": newest_code()})
    assert answer["Location"] == "/accounts/"
    assert is_signed_in(client)


@pytest.mark.parametrize("path", ["/accounts/login/code/", "/accounts/password/reset/"])
def test_unknown_address_is_answered_like_a_known_one(client, wilma, path):
    known = client.post(path, {"email": KNOWN})
    client.cookies.clear()
    unknown = client.post(path, {"email": UNKNOWN})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [to for message in mail.outbox for to in message.to] == [KNOWN, UNKNOWN]


def test_forgotten_password_is_replaced_by_a_code_and_opens_nothing_by_itself(client, wilma):
    client.post("/accounts/password/reset/", {"email": KNOWN})
    client.post("/accounts/password/reset/confirm/", {"code": newest_code()})
    new = {"password1": "a lamp in the fog", "password2": "a lamp in the fog"}
    client.post("/accounts/password/reset/complete/", new)
    assert not is_signed_in(client)
    assert User.objects.get().check_password("a lamp in the fog")


def test_new_address_counts_once_its_code_is_given(client, wilma):
    signed_in(client)
    client.post("/accounts/email/", {"email": "new@readers.example", "action_add": ""})
    assert User.objects.get().email == KNOWN
    client.post("/accounts/confirm-email/", {"code": newest_code()})
    assert User.objects.get().email == "new@readers.example"
    assert EmailAddress.objects.get().email == "new@readers.example"


def test_old_address_is_told_of_the_new_one(client, wilma):
    signed_in(client)
    client.post("/accounts/email/", {"email": "new@readers.example", "action_add": ""})
    client.post("/accounts/confirm-email/", {"code": newest_code()})
    assert mail.outbox[-1].to == [KNOWN]


def test_address_of_another_member_never_becomes_ones_own(client, wilma):
    make_user(username="other")
    signed_in(client)
    client.post("/accounts/email/", {"email": "other@readers.example", "action_add": ""})
    assert not EmailAddress.objects.filter(user=wilma, email="other@readers.example").exists()


def test_password_is_changed_with_the_old_one(client, wilma):
    signed_in(client)
    typed = {"oldpassword": "wrong", "password1": "a lamp in the fog"}
    typed["password2"] = typed["password1"]
    client.post("/accounts/password/change/", typed)
    assert User.objects.get().check_password("lighthouse")
    client.post("/accounts/password/change/", typed | {"oldpassword": "lighthouse"})
    assert User.objects.get().check_password("a lamp in the fog")


@pytest.mark.parametrize(
    "path",
    [
        "signup/", "login/", "login/code/", "password/reset/", "left/", "inactive/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de", "tr", "ru", "ar"])
def test_pages_for_strangers_stand_in_the_house_s_frame(client, path, language):
    answer = client.get(f"/accounts/{path}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    assert 'class="masthead"' in answer.text
    assert "style=" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "", "email/", "password/change/", "logout/", "reauthenticate/", "leave/", "devices/",
        "devices/totp/activate/", "devices/webauthn/", "devices/webauthn/add/",
    ],
)  # fmt: skip
def test_pages_of_a_member_stand_in_the_house_s_frame(client, wilma, path):
    signed_in(client)
    answer = client.get(f"/accounts/{path}")
    assert answer.status_code == 200
    assert 'class="masthead"' in answer.text
    assert 'class="page-title"' in answer.text
    assert "style=" not in answer.text
