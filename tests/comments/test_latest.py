"""How many comments a page that stays open has missed: asked often, so it costs next to nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import ngettext, override

from comments import head_views
from comments.models import Comment
from comments.moderating import approve, hold, remove
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
LATEST = "/articles/ferry/comments/latest/"


@pytest.fixture
def article():
    make_site(editions=("en", "de"))
    return make_article(slug="ferry")


@pytest.fixture
def opened(article):
    """When somebody opened the page, whose conversation had a comment already."""
    return write(article).public_at.isoformat()


def ask(client, since: str, *, address: str = LATEST, etag: str = ""):
    headers = {"If-None-Match": etag} if etag else {}
    return client.get(address, {"since": since}, headers=headers)


def test_page_that_has_missed_nothing_is_told_so(client, opened):
    answer = ask(client, opened)
    assert answer.json()["count"] == 0
    assert "no-cache" in answer.headers["Cache-Control"]


def test_page_is_told_how_many_it_has_missed(client, article, opened):
    one = write(article)
    assert ask(client, opened).json()["label"] == "1 new comment: show"
    write(article, in_reply_to=one)
    three = write(article)
    answer = ask(client, opened).json()
    assert answer["count"] == 3 and answer["label"] == "3 new comments: show"
    assert ask(client, three.public_at.isoformat()).json()["count"] == 0


def test_nothing_new_costs_an_empty_answer(client, article, opened):
    etag = ask(client, opened).headers["ETag"]
    for _again in range(2):
        answer = ask(client, opened, etag=etag)
        assert (answer.status_code, answer.content) == (304, b"")
        assert "no-cache" in answer.headers["Cache-Control"]
    write(article)
    answer = ask(client, opened, etag=etag)
    assert answer.status_code == 200 and answer.json()["count"] == 1
    assert ask(client, opened, etag=answer.headers["ETag"]).status_code == 304


def test_one_that_goes_while_another_comes_is_noticed(client, article, opened):
    gone = write(article)
    etag = ask(client, opened).headers["ETag"]
    remove(gone, by=make_moderator())
    write(article)
    assert ask(client, opened, etag=etag).status_code == 200


def test_question_costs_three_queries(client, article, opened, django_assert_num_queries):
    for _number in range(5):
        write(article)
    ask(client, opened)
    with django_assert_num_queries(4):  # one more for the clock
        ask(client, opened)


@pytest.mark.parametrize("verb", [hold, remove])
def test_comment_out_of_sight_is_not_told_of(client, article, opened, verb):
    later = write(article)
    assert ask(client, opened).json()["count"] == 1
    verb(later, by=make_moderator())
    assert ask(client, opened).json()["count"] == 0


def test_held_comment_is_told_of_once_it_is_approved(client, article, opened):
    make_site(editions=("en", "de"), comment_policy="held")
    held = write(article)
    assert ask(client, opened).json()["count"] == 0
    approve(held, by=make_moderator())
    Comment.objects.filter(pk=held.pk).update(public_at=database_now())
    assert ask(client, opened).json()["count"] == 1


def test_only_so_many_are_counted(client, article, opened, monkeypatch):
    monkeypatch.setattr(head_views, "MOST", 2)
    for number in (1, 2):
        write(article)
        assert ask(client, opened).json()["count"] == number
    etag = ask(client, opened).headers["ETag"]
    write(article)
    answer = ask(client, opened, etag=etag)
    assert answer.status_code == 200 and answer.json()["count"] == 2


def test_edition_is_told_in_its_own_language(client, article, opened):
    make_article(story=article.story, language="de", slug="faehre")
    write(article)
    german = ask(client, opened, address="/de/articles/faehre/comments/latest/").json()
    with override("de"):
        label = ngettext("%(count)d new comment: show", "%(count)d new comments: show", 1)
    assert german["count"] == 1 and german["label"] == label % {"count": 1}


def test_reader_of_one_language_is_told_of_that_one(client, article, opened):
    german = make_article(story=article.story, language="de", slug="faehre")
    write(article), write(german), write(german)
    counts = {
        lang: client.get(LATEST, {"since": opened, "lang": lang}).json()["count"]
        for lang in ("all", "en", "de", "tr")
    }
    assert counts == {"all": 3, "en": 1, "de": 2, "tr": 0}
    assert client.get(LATEST, {"since": opened, "lang": "xx"}).status_code == 404


def test_it_is_the_same_for_everybody(client, article, opened):
    member = make_user()
    write(article, author=member)
    signed_in = Client()
    signed_in.force_login(member)
    assert ask(client, opened).content == ask(signed_in, opened).content


def test_conversation_that_nobody_began_has_nothing_new(client, article):
    since = (database_now() - timedelta(days=1)).isoformat()
    assert ask(client, since).json()["count"] == 0


def test_other_stories_have_nothing_to_do_with_it(client, article, opened):
    write(make_article())
    assert ask(client, opened).json()["count"] == 0


@pytest.mark.parametrize(
    "since",
    ["", "x", "2026-11-24", "2026-11-24T10:00:00", "9999-12-31T23:00:00-12:00", "٢٠٢٦", "\0"],
)
def test_time_that_is_none_is_not_found(client, article, since):
    assert ask(client, since).status_code == 404
    assert ask(client, "2026-11-24T10:00:00+01:00").status_code == 200


def test_question_is_only_asked(client, article):
    assert client.post(LATEST).status_code == 405


def test_page_asks_first_whether_anything_has_happened(client, article, opened):
    answer = client.get(LATEST)
    assert answer.json() == {"latest": opened}
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(LATEST, headers=known).status_code == 304
    later = write(article)
    assert client.get(LATEST, headers=known).json() == {"latest": later.public_at.isoformat()}


def test_nobody_has_written_is_an_answer_too(client):
    make_article(slug="ferry")
    assert client.get(LATEST).json()["latest"] < "2001"
