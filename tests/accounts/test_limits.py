"""How often one may try: counted for all processes, by network and by account."""

import pytest
from django.core import mail

from tests.builders import make_user

pytestmark = pytest.mark.django_db


def post(client, path, address="203.0.113.7", **typed):
    return client.post(f"/accounts/{path}", typed, REMOTE_ADDR=address)


def wrong_password(client, address="203.0.113.7"):
    answer = post(client, "login/", address, login="wilma", password="wrong")
    return "too_many" if "Too many failed" in answer.text else "wrong"


def test_sixth_wrong_password_for_an_account_is_not_looked_at(client):
    make_user(username="wilma")
    assert [wrong_password(client) for _time in range(6)] == ["wrong"] * 5 + ["too_many"]


def test_limit_of_an_account_does_not_depend_on_where_one_asks_from(client):
    make_user(username="wilma")
    answers = [wrong_password(client, f"198.51.{number}.1") for number in range(6)]
    assert answers[-1] == "too_many"


def test_right_password_after_four_wrong_ones_signs_in(client):
    make_user(username="wilma")
    for _time in range(4):
        wrong_password(client)
    assert post(client, "login/", login="wilma", password="lighthouse").status_code == 302


def test_fourth_code_for_an_address_is_not_mailed(client):
    make_user(username="wilma")
    answers = []
    for number in range(4):
        client.cookies.clear()
        asked = post(client, "login/code/", f"198.51.{number}.1", email="wilma@readers.example")
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
