"""How often one may try: counted for all processes, by network and by account."""

from time import time

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.codes import newest_code
from tests.builders import make_user

pytestmark = pytest.mark.django_db
KNOWN = "wilma@readers.example"


def post(client, path, address="203.0.113.7", **typed):
    return client.post(f"/accounts/{path}", typed, REMOTE_ADDR=address)


def wrong_password(client, address="203.0.113.7", login="wilma"):
    answer = post(client, "login/", address, login=login, password="wrong")
    if "no password signs you in" in answer.text:
        return "closed"
    return "too_many" if "Too many failed" in answer.text else "wrong"


def signs_in(client):
    return post(client, "login/", login="wilma", password="lighthouse").status_code == 302


def guess_from_many_networks(client, login="wilma"):
    """As many wrong passwords as a name takes in a day, five from each network."""
    for number in range(20):
        for _guess in range(5):
            assert wrong_password(client, f"198.51.{number}.1", login) == "wrong"


def test_sixth_wrong_password_for_an_account_is_not_looked_at(client):
    make_user(username="wilma")
    assert [wrong_password(client) for _time in range(6)] == ["wrong"] * 5 + ["too_many"]


def test_who_guesses_elsewhere_does_not_lock_the_owner_out(client):
    make_user(username="wilma")
    assert [wrong_password(client, "198.51.100.1") for _time in range(6)][-1] == "too_many"
    assert signs_in(client)


@pytest.mark.parametrize("login", ["wilma", "nobody"])
def test_name_that_many_networks_guess_at_takes_codes_alone(client, login):
    make_user(username="wilma")
    guess_from_many_networks(client, login)
    answer = post(client, "login/", login=login, password="lighthouse")
    assert 'href="/accounts/login/code/">a code from your mail</a>' in answer.text
    assert "_auth_user_id" not in client.session
    post(client, "login/code/", email=KNOWN)
    assert post(client, "login/code/confirm/", code=newest_code()).status_code == 302
    assert "_auth_user_id" in client.session


def test_one_network_alone_never_closes_a_name(client, monkeypatch):
    make_user(username="wilma")
    for number in range(30):
        clock = time() + 301 * number
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: clock)  # noqa: B023
        answers = [wrong_password(client, "198.51.100.1") for _time in range(5)]
    assert answers == ["too_many"] * 5
    assert signs_in(client)


def test_who_is_in_may_confirm_it_while_others_guess(client):
    make_user(username="wilma")
    guess_from_many_networks(Client())
    client.force_login(User.objects.get())
    assert post(client, "reauthenticate/", password="lighthouse").status_code == 302


def test_new_password_by_a_code_opens_the_name_again(client):
    make_user(username="wilma")
    guess_from_many_networks(client, KNOWN)
    post(client, "password/reset/", email=KNOWN)
    post(client, "password/reset/confirm/", code=newest_code())
    new = {"password1": "a lamp in the fog", "password2": "a lamp in the fog"}
    post(client, "password/reset/complete/", **new)
    typed = {"login": KNOWN, "password": "a lamp in the fog"}
    assert post(client, "login/", **typed).status_code == 302


def test_right_password_after_four_wrong_ones_signs_in(client):
    make_user(username="wilma")
    for _time in range(4):
        wrong_password(client)
    assert signs_in(client)


def test_fourth_code_for_an_address_is_not_mailed(client):
    make_user(username="wilma")
    answers = []
    for number in range(4):
        client.cookies.clear()
        asked = post(client, "login/code/", f"198.51.{number}.1", email=KNOWN)
        answers.append(asked.status_code)
    assert len(mail.outbox) == 3
    assert answers[:3] == [302, 302, 302]


def test_network_signs_up_twenty_accounts_in_ten_minutes(client):
    answers = []
    for number in range(21):
        client.cookies.clear()
        answer = post(
            client, "signup/", f"203.0.113.{number}", username=f"reader{number}",
            email=f"reader{number}@readers.example",
        )  # fmt: skip
        answers.append(answer.status_code)
    assert answers == [302] * 20 + [429]
    assert 'class="masthead"' in answer.text
