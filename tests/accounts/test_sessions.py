"""Where somebody is signed in ends when they say so, when they leave and when they are shut out."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from accounts.leaving import leave
from accounts.sessions import Session
from accounts.tasks import forget_ended_sessions
from tests.builders import make_colleague, make_user

pytestmark = pytest.mark.django_db
PAGE = "/accounts/sessions/"


@pytest.fixture
def wilma():
    return make_user(username="wilma")


@pytest.fixture
def elsewhere(wilma):
    return signed_in(Client(), wilma)


def signed_in(client, user):
    client.post("/accounts/login/", {"login": user.username, "password": "lighthouse"})
    return client


def is_in(client):
    return client.get("/accounts/").status_code == 200


def test_session_knows_whose_it_is(client, wilma):
    client.get("/accounts/login/")
    signed_in(client, wilma)
    assert [each.user for each in Session.objects.all()] == [wilma]


def test_member_signs_out_everywhere_else(client, elsewhere, wilma):
    stranger = signed_in(Client(), make_user())
    signed_in(client, wilma)
    assert "1 other is signed in" in client.get(PAGE).text
    answer = client.post(PAGE, follow=True)
    assert "You are signed out everywhere else." in answer.text
    assert (is_in(client), is_in(elsewhere), is_in(stranger)) == (True, False, True)
    assert Session.objects.filter(user=wilma).count() == 1
    assert "You are signed in nowhere else." in client.get(PAGE).text
    assert client.post(PAGE).status_code == 302 and is_in(client)


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_does_so_without_showing_who_they_are(client, elsewhere, wilma, method):
    client.force_login(wilma)
    answer = getattr(client, method)(PAGE)
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert is_in(elsewhere)


def test_stranger_is_asked_to_sign_in(client):
    assert client.post(PAGE)["Location"].startswith("/accounts/login/")


def test_who_leaves_is_signed_in_nowhere(client, elsewhere, wilma):
    signed_in(client, wilma)
    leave(wilma, keeps_comments=True)
    assert not Session.objects.exists()
    assert not is_in(client) and not is_in(elsewhere)


def test_whom_the_desk_shuts_out_is_out_at_once(client, elsewhere, wilma):
    client.force_login(make_colleague("chief"))
    form = {"username": "wilma", "email": wilma.email}  # `is_active` is not ticked
    client.post(f"/admin/accounts/user/{wilma.pk}/change/", form | {"first_name": "Wilma"})
    wilma.refresh_from_db()
    assert not wilma.is_active
    assert not Session.objects.filter(user=wilma).exists()


def test_whom_the_desk_gives_a_role_stays_signed_in(client, elsewhere, wilma):
    client.force_login(make_colleague("chief"))
    role = Group.objects.get(name="reporter").pk
    form = {"username": "wilma", "email": wilma.email, "is_active": "on", "groups": [role]}
    client.post(f"/admin/accounts/user/{wilma.pk}/change/", form)
    assert wilma.groups.exists() and is_in(elsewhere)


def test_new_password_ends_the_others(client, elsewhere, wilma):
    signed_in(client, wilma)
    new = {"password1": "a lamp in the fog", "password2": "a lamp in the fog"}
    client.post("/accounts/password/change/", new | {"oldpassword": "lighthouse"})
    assert is_in(client) and not is_in(elsewhere)
    assert Session.objects.filter(user=wilma).count() == 1


def test_ended_sessions_are_forgotten(client, elsewhere, wilma):
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    signed_in(client, wilma)
    forget_ended_sessions.func()
    assert Session.objects.count() == 1


def test_page_that_is_being_made_does_not_bring_a_session_back(elsewhere, wilma):
    session = elsewhere.session
    assert session["_auth_user_id"] == str(wilma.pk)  # read, as for that page
    leave(wilma, keeps_comments=True)
    session["seen"] = True
    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()
