"""One comment for a double click, an impatient reload and a script that tries again."""

from datetime import timedelta

import pytest
from django.test import Client

from comments.checking import check_trees
from comments.models import Comment, Discussion, RecentPost
from comments.posting import post
from operations.clock import database_now
from tests.builders import make_article, make_user
from tests.comments.builders import make_guest, typed, write
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article(slug="ferry")


def test_second_click_leads_to_the_first_comment(client, article):
    first = client.post("/articles/ferry/comment/", typed())
    second = client.post("/articles/ferry/comment/", typed())
    assert first.headers["Location"] == second.headers["Location"]
    assert Comment.objects.count() == Discussion.objects.get().comment_count == 1


def test_browser_without_a_cookie_yet_is_known_by_what_it_sends(article):
    for _click in range(2):
        Client().post("/articles/ferry/comment/", typed())
    assert Comment.objects.count() == 1


def test_repeating_anothers_words_gives_no_right_to_their_comment(article):
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/articles/ferry/comment/", typed())
    assert first.cookies["guest"].value != second.cookies["guest"].value


@pytest.mark.parametrize(
    ("fields", "prefix"),
    [
        ({"text": "And at four on Fridays."}, "203.0.113.1"),
        ({"name": "Odo Brandt"}, "203.0.113.1"),
        ({"email": "odo@readers.example"}, "203.0.113.1"),
        ({}, "198.51.100.1"),
    ],
)
def test_another_writer_or_text_is_another_comment(client, article, fields, prefix):
    client.post("/articles/ferry/comment/", typed(), REMOTE_ADDR="203.0.113.1")
    client.post("/articles/ferry/comment/", typed(**fields), REMOTE_ADDR=prefix)
    assert Comment.objects.count() == 2


def test_same_words_at_another_place_are_another_comment(client, article):
    root = write(article)
    make_article(slug="bakery")
    for address in (
        "articles/ferry/comment",
        "articles/bakery/comment",
        f"comments/{root.pk}/reply",
    ):
        client.post(f"/{address}/", typed())
    assert Comment.objects.count() == 4


def test_members_repeat_is_noticed_from_anywhere(article):
    member = make_user()
    for address in ("203.0.113.1", "198.51.100.1"):
        client = Client()
        client.force_login(member)
        client.post("/articles/ferry/comment/", typed(), REMOTE_ADDR=address)
    assert Comment.objects.count() == 1


def test_after_ten_minutes_it_may_be_said_again(article):
    now, guest = database_now(), make_guest()
    for minutes in (0, 9, 10):
        post(article, text="Ahoy", guest=guest, now=now + timedelta(minutes=minutes), writer="x")
    assert Comment.objects.count() == 2


def test_address_is_not_kept(client, article):
    client.post("/articles/ferry/comment/", typed(), REMOTE_ADDR="203.0.113.1")
    assert "203.0.113" not in str(RecentPost.objects.values())


def test_old_ones_are_forgotten(article, monkeypatch):
    monkeypatch.setattr("comments.repeats.secrets.randbelow", lambda _limit: 0)
    now = database_now()
    for minutes, text in ((0, "Ahoy"), (11, "Good evening")):
        at = now + timedelta(minutes=minutes)
        post(article, text=text, guest=make_guest(), now=at, writer="x")
    assert RecentPost.objects.get().comment.text == "Good evening"


@pytest.mark.django_db(transaction=True)
def test_sixteen_equal_posts_at_once_are_one_comment():
    article, guest, now = make_article(), make_guest(), database_now()
    root = write(article)

    def send(_number: int) -> int:
        answered = Comment.objects.get(pk=root.pk)
        sent = post(article, text="Ahoy", guest=guest, now=now, in_reply_to=answered, writer="ines")
        return sent.pk

    assert len(set(at_once(send, range(16)))) == 1
    assert Comment.objects.count() == 2
    assert check_trees() == []
