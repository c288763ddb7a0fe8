from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tasks import forget_unproven
from tests.accounts.codes import newest_code
from tests.builders import make_site, make_user

pytestmark = pytest.mark.django_db

TYPED = {"username": "wilma", "email": "wilma@readers.example", "password1": "a lamp in the fog"}


def sign_up(client, **typed):
    return client.post("/accounts/signup/", TYPED | typed)


def prove(client, code=None):
    return client.post("/accounts/confirm-email/", {"code": code or newest_code()})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_reader_signs_up_and_is_a_member_once_the_code_is_given(client):
    assert sign_up(client)["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    assert prove(client)["Location"] == "/accounts/"
    assert is_signed_in(client)
    assert EmailAddress.objects.get().verified


def test_password_is_not_needed(client):
    sign_up(client, password1="")
    prove(client)
    assert is_signed_in(client)
    assert not User.objects.get().has_usable_password()


def test_wrong_code_opens_nothing(client):
    sign_up(client)
    assert prove(client, "AAAA-AAAA").status_code == 200
    assert not is_signed_in(client)
    assert not EmailAddress.objects.get().verified


def test_third_wrong_code_ends_it(client):
    sign_up(client)
    right = newest_code()
    for _time in range(3):
        prove(client, "AAAA-AAAA")
    prove(client, right)
    assert not is_signed_in(client)


def test_password_alone_does_not_open_an_unproven_account(client):
    sign_up(client)
    client.cookies.clear()
    cache.clear()  # ten seconds later
    answer = client.post("/accounts/login/", {"login": "wilma", "password": TYPED["password1"]})
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(client)


def test_address_of_a_member_is_not_told_from_another_one(client):
    make_user(username="owner", email="wilma@readers.example")
    answer = sign_up(client)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert mail.outbox[-1].to == ["wilma@readers.example"]
    assert "there is an account with it" in mail.outbox[-1].body


def test_mail_is_in_the_name_of_the_paper(client):
    make_site(name="Letters & Lamps")
    sign_up(client)
    assert mail.outbox[-1].subject.endswith("Letters & Lamps")
    assert newest_code()


@pytest.mark.parametrize("name", ["Wilma", "WILMA", "wiima", "wi1ma", "wіlma", "wılma"])
def test_name_that_looks_like_another_one_is_refused_beside_its_field(client, name):
    make_user(username="wilma", email="first@readers.example")
    answer = sign_up(client, username=name)
    assert "username" in answer.context["form"].errors
    assert f'value="{name}"' in answer.text
    assert User.objects.count() == 1


def test_name_of_which_unicode_makes_many_letters_is_taken(client):
    assert sign_up(client, username="\ufdfa" * 41)["Location"] == "/accounts/confirm-email/"


def test_name_of_nobody_is_taken(client):
    make_user(username="wilma", first_name="Wilma", last_name="Aas", email="first@readers.example")
    assert sign_up(client, username="wilmaa").status_code == 302


def test_desk_may_close_the_door(client):
    make_site(allows_sign_up=False)
    assert "no new members" in client.get("/accounts/signup/").text
    sign_up(client)
    assert not User.objects.exists()
    assert "Become a member" not in client.get("/accounts/login/").text


def test_door_is_open_by_default(client):
    assert "Become a member" in client.get("/accounts/login/").text


def test_unproven_account_is_forgotten_after_a_day_and_frees_its_name(client):
    sign_up(client)
    assert forget_unproven.func() == 0
    User.objects.update(date_joined=timezone.now() - timedelta(hours=25))
    assert forget_unproven.func() == 1
    client.cookies.clear()
    cache.clear()
    assert sign_up(client).status_code == 302
    assert User.objects.count() == 1


def test_proven_accounts_and_those_of_the_desk_are_never_forgotten(client):
    sign_up(client)
    prove(client)
    make_user(username="given-by-the-desk")
    make_user(username="without-address", email="")
    User.objects.update(date_joined=timezone.now() - timedelta(days=99))
    assert forget_unproven.func() == 0


def test_account_of_the_desk_without_an_address_signs_in_by_its_password(client):
    make_user(username="wilma", email="")
    client.post("/accounts/login/", {"login": "wilma", "password": "lighthouse"})
    assert is_signed_in(client)


def test_who_proves_an_address_has_it_whoever_else_typed_it(client):
    owner = make_user(username="owner")
    client.post("/accounts/login/", {"login": "owner", "password": "lighthouse"})
    client.post("/accounts/email/", {"email": TYPED["email"], "action_add": ""})
    code = newest_code()
    cache.clear()
    sign_up(Client())
    prove(client, code)
    assert [*User.objects.values_list("email", flat=True)] == [TYPED["email"]]
    owner.refresh_from_db()
    assert owner.email == TYPED["email"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "typed",
    [{"email": "{}@readers.example"}, {"username": "wilma{}"}],
    ids=["one-name", "one-address"],
)
def test_of_two_who_sign_up_at_once_one_is_told(typed):
    def one(number):
        try:
            changes = {key: value.format(number) for key, value in typed.items()}
            return sign_up(Client(), **changes).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(one, range(4)))
    assert User.objects.count() == 1
    assert not any(answer >= 500 for answer in answers)
