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
NEW = {"password1": "a lamp in the fog", "password2": "a lamp in the fog"}


@pytest.fixture
def at_time(monkeypatch):
    """Sets the clock of limits so many seconds after the test began."""
    start, clock = time(), "allauth.core.internal.ratelimit.time.time"
    return lambda seconds: monkeypatch.setattr(clock, lambda: start + seconds)


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


@pytest.mark.parametrize("network", ["198.51.100.1", "2001:db8:1:{number:x}00::1"])
def test_one_network_alone_never_closes_a_name(client, at_time, network):
    make_user(username="wilma")
    for number in range(30):
        at_time(301 * number)
        address = network.format(number=number)
        answers = [wrong_password(client, address) for _time in range(5)]
    assert answers == ["too_many"] * 5
    assert signs_in(client)


def test_who_is_in_may_confirm_it_while_others_guess(client):
    make_user(username="wilma")
    guess_from_many_networks(Client())
    client.force_login(User.objects.get())
    assert post(client, "reauthenticate/", password="lighthouse").status_code == 302


def reset(client):
    post(client, "password/reset/", email=KNOWN)
    post(client, "password/reset/confirm/", code=newest_code())
    post(client, "password/reset/complete/", **NEW)


def change(client):
    client.force_login(User.objects.get())
    post(client, "password/change/", oldpassword="lighthouse", **NEW)


@pytest.mark.parametrize("other", ["WILMA", "w\u0131lma"])
def test_other_spelling_of_a_name_gives_no_more_guesses(client, other):
    """The database finds Wilma by both."""
    make_user(username="wilma")
    guesses = [wrong_password(client, login=login) for login in ["wilma", other] * 3]
    assert guesses == ["wrong"] * 5 + ["too_many"]


def test_right_passwords_do_not_close_a_name(settings):
    make_user(username="wilma")
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "9/d/key", "login_failed_anywhere": "1/d/key"}
    assert all(signs_in(Client()) for _time in range(3))


@pytest.mark.parametrize("login", ["wilma", KNOWN])
@pytest.mark.parametrize("renew", [reset, change])
def test_new_password_opens_the_name_again(client, login, renew):
    make_user(username="wilma")
    guess_from_many_networks(Client(), login)
    renew(client)
    typed = {"login": login, "password": "a lamp in the fog"}
    assert post(Client(), "login/", **typed).status_code == 302


def test_right_password_after_four_wrong_ones_signs_in(client):
    make_user(username="wilma")
    for _time in range(4):
        wrong_password(client)
    assert signs_in(client)


CODES = pytest.mark.parametrize("path", ["login/code/", "password/reset/"])


def mailed(path, address, times):
    """How many codes for Wilma's address are mailed to whoever asks as often from there."""
    before = len(mail.outbox)
    for _time in range(times):
        post(Client(), path, address, email=KNOWN)
    return len(mail.outbox) - before


@CODES
def test_codes_reach_the_owner_while_others_ask_for_theirs(path):
    make_user(username="wilma")
    assert mailed(path, "198.51.100.1", times=4) == 3
    assert mailed(path, "203.0.113.7", times=1) == 1


@CODES
def test_who_asks_for_many_codes_is_told_to_wait(client, path):
    make_user(username="wilma")
    mailed(path, "203.0.113.7", times=3)
    assert "You asked for many codes" in post(client, path, email=KNOWN).text


@CODES
def test_one_network_never_uses_up_the_codes_of_an_address(path, at_time):
    make_user(username="wilma")
    for number in range(6):
        at_time(601 * number)
        mailed(path, "198.51.100.1", times=4)
    assert len(mail.outbox) == 10
    assert mailed(path, "203.0.113.7", times=1) == 1


@CODES
def test_mailbox_takes_twenty_codes_an_hour(path, at_time):
    make_user(username="wilma")
    at_time(0)
    assert sum(mailed(path, f"198.51.{number}.1", times=3) for number in range(8)) == 20
    at_time(3601)
    assert mailed(path, "203.0.113.7", times=1) == 1


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
    assert "Please wait some minutes, go back and send it again." in answer.text
    assert answer.headers["Retry-After"] == "600"
