"""The same notice twice is one; those of two people are two."""

from threading import Barrier

import pytest
from django.core import mail
from django.test import Client

from comments.models import Notice
from comments.noticing import answer, link, receive
from tests.builders import make_article, make_colleague, make_site
from tests.comments.post_office import work
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db
FORM = "/moderation/notice/"


@pytest.fixture(autouse=True)
def site():
    make_site()
    make_article(slug="ferry")


def typed(**fields):
    told = {"address": "/articles/ferry/", "why": "Insult.", "is_in_good_faith": "on"}
    return told | fields


def places(*forms) -> list[str]:
    return [Client().post(FORM, form).headers["Location"] for form in forms]


@pytest.mark.parametrize(
    "other",
    [{"name": "Odo Brandt"}, {"email": "odo@readers.example"}, {"why": "Libel."}],
    ids=lambda other: next(iter(other)),
)
def test_what_somebody_else_says_is_a_notice_of_its_own(other):
    first, second = places(typed(name="Wilma Aas"), typed(name="Wilma Aas") | other)
    assert first != second and Notice.objects.count() == 2


def test_same_notice_is_kept_once_until_it_is_answered():
    form = typed(name="Wilma Aas", email="wilma@readers.example")
    first, second = places(form, form)
    work()
    assert first == second and len(mail.outbox) == 1
    answer(Notice.objects.get(), text="It stays.", by=make_colleague("moderator"))
    [third] = places(form)
    assert third != first and Notice.objects.count() == 2


def test_longest_notice_is_taken():
    places(typed(why="Insult. " * 499 + "Insult!", name="W" * 80))
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("address", ["javascript:/articles/ferry/", "ftp://localhost/articles/"])
def test_address_of_no_web_page_is_none_of_ours(address):
    response = Client().post(FORM, typed(address=address))
    assert response.status_code == 422 and "This is no page of ours." in response.text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_double_click_is_one_notice_and_one_mail():
    start = Barrier(4, timeout=30)

    def click(_number):
        form = {"name": "Wilma Aas", "email": "wilma@readers.example", "language": "en"}
        notice = Notice(address="/articles/ferry/", why="Insult.", **form)
        start.wait()
        return link(receive(notice))

    assert len(set(at_once(click, range(4)))) == 1
    work()
    assert Notice.objects.count() == len(mail.outbox) == 1
