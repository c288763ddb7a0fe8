"""Taking one's comment back: what goes, what stays, and that it stays gone."""

import random

import pytest
from django.test import Client

from comments.checking import check_trees
from comments.editing import erase
from comments.models import Comment, CommentVersion, Discussion, RecentPost, Status
from comments.moderating import approve, hold, remove
from comments.refusals import NotPublic, NotYours
from comments.voting import Voter
from tests.builders import make_article, make_user
from tests.comments.builders import make_moderator, typed, write
from tests.comments.test_concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(client) -> Comment:
    make_article(slug="ferry")
    client.post("/articles/ferry/comment/", typed())
    client.post(f"/comments/{Comment.objects.get().pk}/edit/", {"text": "It opens at six."})
    return Comment.objects.get()


def delete(client, comment):
    return client.post(f"/comments/{comment.pk}/delete/")


def readers_page() -> str:
    return Client().get("/articles/ferry/comments/").text


def test_link_asks_before_it_does(client, own):
    page = client.get(f"/comments/{own.pk}/delete/")
    assert "It opens at six." in page.text and "cannot be undone" in page.text
    assert "nothing of it stays" in page.text
    assert Comment.objects.get().is_public


def test_leaf_is_gone_and_counted_no_more(client, own):
    response = delete(client, own)
    assert response.headers["Location"].startswith("/articles/ferry/?posted=")
    assert "Your comment is deleted." in client.get(response.headers["Location"]).text
    assert f"comment-{own.pk}" not in readers_page()
    assert Discussion.objects.get().comment_count == Discussion.objects.get().thread_count == 0
    assert check_trees() == []


def test_answered_one_leaves_a_tombstone_without_a_name(client, own):
    answer = write(own.article, in_reply_to=own)
    assert "The answers to it stay" in client.get(f"/comments/{own.pk}/delete/").text
    delete(client, own)
    html = readers_page()
    assert "This comment was deleted by its writer." in html
    assert f"comment-{answer.pk}" in html and "opens at six" not in html
    assert html.count("Ines Halloran") == 2  # the answer's, and what machines are told of it
    assert check_trees() == []


def test_nothing_that_tells_who_wrote_what_is_kept(client, own):
    delete(client, own)
    kept = Comment.objects.get()
    assert kept.status == Status.ERASED and kept.author is None and kept.guest_id is None
    assert kept.guest_name == kept.guest_email == kept.text == kept.html == ""
    version = CommentVersion.objects.get()
    assert version.text == version.html == ""
    assert not RecentPost.objects.exists()


def test_members_comment_loses_its_member():
    member = make_user()
    comment = write(make_article(), author=member)
    client = Client()
    client.force_login(member)
    assert delete(client, comment).status_code == 302
    assert Comment.objects.get().author is None
    assert delete(client, comment).status_code == 302  # a second click


@pytest.mark.parametrize("verb", [hold, remove])
def test_hidden_one_can_be_taken_back_without_counting_twice(client, own, verb):
    verb(own, by=make_moderator())
    delete(client, own)
    assert Comment.objects.get().status == Status.ERASED
    assert check_trees() == []


def test_after_the_article_was_withdrawn_one_can_still_take_back_what_one_wrote(client, own):
    own.article.status = "withdrawn"
    own.article.save(update_fields=["status"])
    assert client.get(f"/comments/{own.pk}/delete/").status_code == 200
    assert delete(client, own).headers["Location"] == "/me/comments/"


def test_deleted_words_may_be_said_again(client, own):
    delete(client, own)
    client.post("/articles/ferry/comment/", typed())
    assert Comment.objects.filter(status=Status.PUBLIC).count() == 1


@pytest.mark.parametrize("verb", [approve, hold, remove])
def test_moderators_have_nothing_left_to_decide(client, own, verb):
    delete(client, own)
    assert not verb(own, by=make_moderator())
    assert Comment.objects.get().status == Status.ERASED
    assert check_trees() == []


def test_deleted_comment_takes_no_answer(client, own):
    delete(client, own)
    with pytest.raises(NotPublic):
        write(own.article, in_reply_to=own)


@pytest.mark.django_db(transaction=True)
def test_writers_answer_and_delete_at_once_and_the_counters_hold():
    article, member = make_article(), make_user()
    mine = [write(article, author=member) for _number in range(6)]

    def act(seed: int) -> None:
        chance = random.Random(seed)
        comment = Comment.objects.get(pk=chance.choice(mine).pk)
        try:
            if chance.random() < 0.3:
                erase(comment, by=Voter(user=member))
            else:
                write(article, in_reply_to=comment)
        except (NotPublic, NotYours):
            pass

    at_once(act, range(120))
    assert Comment.objects.filter(status=Status.ERASED).exists()
    assert check_trees() == []
