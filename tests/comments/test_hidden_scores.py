"""Scores of young comments, which the site may hide so that they do not lead who votes next."""

from datetime import UTC, datetime, timedelta

import pytest

from comments.lines import hides_score
from comments.models import Comment, Discussion, Status
from comments.moderating import approve
from operations.clock import database_now
from operations.models import SiteSettings
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, typed, write

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HIDDEN = (
    '<span class="comment-score">– <span class="visually-hidden">score still hidden</span></span>'
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def half_an_hour():
    make_site(hides_scores_minutes=30)


@pytest.fixture
def comment():
    return write(make_article(slug="ferry"))


def become(comment: Comment, *, age: timedelta = timedelta(0), **votes: int) -> None:
    """Public for so long, with so many votes."""
    Comment.objects.filter(pk=comment.pk).update(public_at=database_now() - age, **votes)


def cast(client, comment: Comment, value: str = "1", **headers: str):
    return client.post(f"/comments/{comment.pk}/vote/", {"value": value}, headers=headers)


@pytest.mark.parametrize(
    ("minutes", "age", "is_hidden"),
    [
        (30, -INSTANT, True),  # it became public while the page was made
        (30, 30 * MINUTE - INSTANT, True),
        (30, 30 * MINUTE, False),
        (10080, 7 * DAY - INSTANT, True),
        (10080, 7 * DAY, False),
        (0, INSTANT, False),
        (0, -INSTANT, False),
    ],
)
def test_score_is_hidden_for_so_many_minutes(minutes, age, is_hidden):
    until = SiteSettings(hides_scores_minutes=minutes).scores_until(NOON)
    assert hides_score(Comment(public_at=NOON - age), until) == is_hidden


@pytest.mark.parametrize("place", ["articles/ferry", "articles/ferry/comments", "comments/{}"])
def test_page_shows_the_score_of_the_older_comment_only(client, comment, place):
    reply = write(comment.article, in_reply_to=comment)
    address = f"/{place.format(reply.pk)}/"
    become(comment, ups=1, age=31 * MINUTE)
    become(reply, ups=4711)
    html = client.get(address).text
    assert '<span class="comment-score">1</span>' in html
    assert html.count(HIDDEN) == 1 and "4711" not in html
    become(reply, age=31 * MINUTE)
    html = client.get(address).text
    assert '<span class="comment-score">4711</span>' in html and HIDDEN not in html


def test_closed_conversation_hides_young_scores_too(client, comment):
    become(comment, ups=4711)
    Discussion.objects.update(policy="closed")
    html = client.get("/articles/ferry/").text
    assert HIDDEN in html and "4711" not in html
    become(comment, age=31 * MINUTE)
    assert '<span class="comment-score">4711</span>' in client.get("/articles/ferry/").text


def test_comment_is_not_folded_while_its_score_is_hidden(client, comment):
    become(comment, downs=50)
    assert "comment-folded" not in client.get("/articles/ferry/").text
    become(comment, age=31 * MINUTE)
    assert "comment-folded" in client.get("/articles/ferry/").text


def test_time_counts_from_when_a_moderator_let_readers_see_it(client, comment):
    long_ago = database_now() - DAY
    Comment.objects.update(status=Status.HELD, created_at=long_ago, public_at=None)
    approve(comment, by=make_moderator())
    assert HIDDEN in client.get("/articles/ferry/").text
    become(comment, age=31 * MINUTE)
    assert HIDDEN not in client.get("/articles/ferry/").text


def test_script_learns_its_vote_but_no_hidden_score(client, comment):
    answer = cast(client, comment, **JSON).json()
    assert answer == {"value": 1, "score": None, "message": "You voted for this comment."}
    become(comment, age=31 * MINUTE)
    assert cast(client, comment, "-1", **JSON).json()["score"] == -1


def test_vote_page_tells_no_hidden_score(client, comment):
    become(comment, ups=4711)
    for value in ("1", "-1", "0"):
        html = cast(client, comment, value).text
        assert "Its score is still hidden." in html
        assert "comment-score" not in html and "471" not in html
    become(comment, age=31 * MINUTE)
    html = cast(client, comment).text
    assert "still hidden" not in html and '<span class="comment-score">4712</span>' in html


@pytest.mark.parametrize(
    "address",
    [
        "/me/comments/",
        "/me/overlay/?article={article}",
        "/articles/ferry/?posted={own}",
        "/articles/ferry/comments/?sort=most-voted&show=all",
        "/articles/ferry/comments/?thread={own}",
        "/comments/{own}/reply/",
        "/comments/{own}/edit/",
        "/comments/{own}/delete/",
    ],
)
def test_writer_learns_no_more_than_the_others(client, comment, address):
    client.post("/articles/ferry/comment/", typed())
    own = Comment.objects.latest("id")
    cast(client, comment)
    for each in (own, comment):
        become(each, ups=4711)
    page = client.get(address.format(own=own.pk, article=comment.article_id))
    assert page.status_code == 200 and "4711" not in page.text
