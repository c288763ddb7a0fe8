"""Every way to the desk that leaves out the second factor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from accounts.models import User
from tests.accounts.codes import app_code, give_app, newest_code
from tests.builders import make_user

pytestmark = pytest.mark.django_db

DOOR = "/accounts/second-factor/?next=%2Fadmin%2Farticles%2Farticle%2F"
LIST = "/admin/articles/article/"


@pytest.fixture(autouse=True)
def asked(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def ines():
    return make_user(username="ines", is_staff=True, is_superuser=True)


def by_password(client):
    return client.post("/accounts/login/", {"login": "ines", "password": "lighthouse"})


def with_app(client):
    by_password(client)
    client.post("/accounts/devices/authenticate/", {"code": app_code()})


def goal(client, path=LIST):
    """Where asking for a page of the desk leads, or its status."""
    answer = client.get(path, follow=True)
    return answer.redirect_chain[-1][0] if answer.redirect_chain else answer.status_code


def test_password_and_app_open_the_desk(client, ines):
    give_app(ines)
    with_app(client)
    assert goal(client) == 200


def test_recovery_code_opens_it_too(client, ines):
    give_app(ines)
    code = RecoveryCodes.activate(ines).get_unused_codes()[0]
    by_password(client)
    client.post("/accounts/devices/authenticate/", {"code": code})
    assert goal(client) == 200


def test_password_alone_leads_to_the_page_that_helps(client, ines):
    by_password(client)
    assert goal(client) == DOOR
    assert "Set up an app with codes" in client.get(DOOR).text


def test_who_has_an_app_is_not_signed_in_by_a_password(client, ines):
    give_app(ines)
    assert by_password(client)["Location"] == "/accounts/devices/authenticate/"
    assert "_auth_user_id" not in client.session


def test_wrong_code_does_not_sign_in(client, ines):
    give_app(ines)
    by_password(client)
    client.post("/accounts/devices/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session


def test_code_is_good_once(client, ines):
    give_app(ines)
    code = app_code()
    by_password(client)
    client.post("/accounts/devices/authenticate/", {"code": code})
    client.post("/accounts/logout/")
    by_password(client)
    client.post("/accounts/devices/authenticate/", {"code": code})
    assert "_auth_user_id" not in client.session


def test_session_from_before_the_rule_leads_there(client, ines, settings):
    settings.STAFF_SECOND_FACTOR = False
    by_password(client)
    assert goal(client) == 200
    settings.STAFF_SECOND_FACTOR = True
    assert goal(client) == DOOR


def test_session_without_any_record_leads_there(client, ines):
    give_app(ines)
    client.force_login(ines)
    assert goal(client) == DOOR


def test_code_from_the_mail_is_no_second_factor(client, ines):
    client.post("/accounts/login/code/", {"email": ines.email})
    client.post("/accounts/login/code/confirm/", {"code": newest_code()})
    assert "_auth_user_id" in client.session
    assert goal(client) == DOOR


def test_code_from_the_mail_does_not_replace_the_app(client, ines):
    give_app(ines)
    client.post("/accounts/login/code/", {"email": ines.email})
    client.post("/accounts/login/code/confirm/", {"code": newest_code()})
    assert "_auth_user_id" not in client.session


def test_new_password_does_not_replace_the_app(client, ines):
    give_app(ines)
    client.post("/accounts/password/reset/", {"email": ines.email})
    client.post("/accounts/password/reset/confirm/", {"code": newest_code()})
    new = {"password1": "a lamp in the fog", "password2": "a lamp in the fog"}
    client.post("/accounts/password/reset/complete/", new)
    assert User.objects.get().check_password("a lamp in the fog")
    client.post("/accounts/login/", {"login": "ines", "password": "a lamp in the fog"})
    assert "_auth_user_id" not in client.session


def test_typing_the_password_again_is_no_second_factor(client, ines):
    by_password(client)
    client.post("/accounts/reauthenticate/", {"password": "lighthouse"})
    assert goal(client) == DOOR


def test_taking_the_app_off_closes_the_desk_in_the_same_session(client, ines):
    give_app(ines)
    with_app(client)
    Authenticator.objects.all().delete()
    assert goal(client) == DOOR


@pytest.mark.parametrize(("lost", "leads"), [("totp", DOOR), ("webauthn", 200)])
def test_taking_off_the_device_that_was_shown_closes_the_desk(client, ines, lost, leads):
    give_app(ines)
    Authenticator.objects.create(user=ines, type="webauthn", data={})
    with_app(client)
    Authenticator.objects.filter(type=lost).delete()
    assert goal(client) == leads


def test_recovery_codes_alone_are_no_second_factor(client, ines):
    give_app(ines)
    with_app(client)
    Authenticator.objects.update(type="recovery_codes")
    assert goal(client) == DOOR


def test_app_of_the_session_before_is_not_this_one_s(client, ines):
    give_app(ines)
    with_app(client)
    client.post("/accounts/logout/")
    client.force_login(ines)
    assert goal(client) == DOOR


def test_shown_in_the_session_it_leads_back(client, ines):
    give_app(ines)
    client.force_login(ines)
    answer = client.post(f"/accounts/devices/reauthenticate/?next={LIST}", {"code": app_code()})
    assert answer["Location"] == LIST
    assert goal(client) == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/accounts/user/add/",
                                  "/admin/jsi18n/", "/admin/translations/desk/",
                                  "/admin/my-translations/", "/admin/fundraising/givers/",
                                  "/admin/password_change/", "/admin/autocomplete/"])  # fmt: skip
def test_no_page_of_the_desk_opens_without_it(client, ines, path):
    by_password(client)
    answer = client.get(path, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/second-factor/?next=")


def test_nothing_is_changed_without_it(client, ines):
    by_password(client)
    fields = {"username": "mallory", "password1": "a lamp in the fog", "usable_password": "true"}
    fields["password2"] = fields["password1"]
    client.post("/admin/accounts/user/add/", fields)
    assert User.objects.count() == 1


def test_members_are_not_asked(client):
    client.force_login(make_user())
    assert client.get("/accounts/").status_code == 200
    assert client.get("/accounts/second-factor/")["Location"] == "/admin/"
    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize(
    "goal", ["https://elsewhere.example/", "//elsewhere.example/admin/", "/me/comments/"]
)
def test_page_leads_to_the_desk_alone(client, ines, goal):
    give_app(ines)
    client.force_login(ines)
    assert goal not in client.get("/accounts/second-factor/", {"next": goal}).text
    client.logout()
    with_app(client)
    assert client.get("/accounts/second-factor/", {"next": goal})["Location"] == "/admin/"
    assert client.get("/accounts/second-factor/", {"next": LIST})["Location"] == LIST


def test_local_site_asks_for_none(client, ines, settings):
    settings.STAFF_SECOND_FACTOR = False
    by_password(client)
    assert goal(client) == 200
