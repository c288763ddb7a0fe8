import pytest
from django.contrib.auth.models import Group

from tests.builders import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    user = make_user(username="imogen", is_staff=True)
    user.groups.add(Group.objects.get(name="chief"))
    client.force_login(user)
    return user


def person_form(user, **changes):
    return {
        "username": user.username,
        "email": user.email,
        "is_active": "on",
        **changes,
    }


def test_chief_gives_a_role(client, chief):
    user = make_user()
    editors = Group.objects.get(name="editor")
    form = person_form(user, is_staff="on", groups=[editors.pk])
    assert client.post(f"/admin/accounts/user/{user.pk}/change/", form).status_code == 302
    assert user.groups.get() == editors


def test_chief_cannot_make_a_superuser(client, chief):
    client.post(f"/admin/accounts/user/{chief.pk}/change/", person_form(chief, is_superuser="on"))
    chief.refresh_from_db()
    assert not chief.is_superuser


def test_chief_cannot_change_a_superuser_or_their_password(client, chief):
    root = make_user(username="root", is_superuser=True)
    form = person_form(root, email="mine@readers.example")
    assert client.post(f"/admin/accounts/user/{root.pk}/change/", form).status_code == 403
    assert client.get(f"/admin/accounts/user/{root.pk}/password/").status_code == 403


def test_reporter_sees_no_people(client):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name="reporter"))
    client.force_login(user)
    assert client.get("/admin/accounts/user/").status_code == 403


def test_two_people_never_share_an_address_in_any_case(client, chief):
    make_user(username="wilma", email="wilma@readers.example")
    user = make_user(username="other")
    form = person_form(user, email="WILMA@readers.example")
    response = client.post(f"/admin/accounts/user/{user.pk}/change/", form)
    assert response.status_code == 422
    assert "already uses this e-mail address" in response.text
