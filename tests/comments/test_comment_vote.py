"""Voting by a form's button, with and without a script."""

import pytest
from django.test import Client

from comments.models import Comment, Discussion, Vote
from comments.moderating import hold, remove
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, typed, write

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def comment():
    return write(make_article(slug="ferry"))


def test_vote_shows_the_score_and_offers_the_way_back(client, comment):
    address = f"/comments/{comment.pk}/vote/"
    response = client.post(address, {"value": "1"}, headers=BROWSER)
    assert response.status_code == 200
    assert '<span class="comment-score">1</span>' in response.text
    assert f"/articles/ferry/#comment-{comment.pk}" in response.text
    assert "no-store" in response.headers["Cache-Control"]
    undone = client.post(address, {"value": "0"}, headers=BROWSER)
    assert '<span class="comment-score">0</span>' in undone.text
    assert "You took your vote back." in undone.text


def test_script_gets_json(client, comment):
    address = f"/comments/{comment.pk}/vote/"
    for value, score, message in (
        ("1", 1, "You voted for this comment."),
        ("1", 1, "You voted for this comment."),
        ("-1", -1, "You voted against this comment."),
        ("0", 0, "You took your vote back."),
    ):
        response = client.post(address, {"value": value}, headers=JSON)
        assert response.json() == {"score": score, "value": int(value), "message": message}


def test_guest_is_known_by_the_cookie_and_a_member_by_the_account(client, comment):
    address = f"/comments/{comment.pk}/vote/"
    for _click in range(3):
        client.post(address, {"value": "1"})
    Client().post(address, {"value": "1"})
    client.force_login(make_user())
    client.post(address, {"value": "1"})
    assert Comment.objects.get().score == 3
    assert Vote.objects.filter(voter__startswith="member:").count() == 1


@pytest.mark.parametrize("value", ["2", "-2", "", "up", "1.0", "١", None])
def test_vote_outside_of_the_three_is_explained(client, comment, value):
    data = {} if value is None else {"value": value}
    response = client.post(f"/comments/{comment.pk}/vote/", data, headers=JSON)
    assert response.status_code == 422
    assert response.json() == {"message": "A vote is 1, -1 or 0."}
    assert not Vote.objects.exists() and not client.cookies


def test_vote_on_what_does_not_exist_is_not_found(client, comment):
    assert client.post("/comments/999999/vote/", {"value": "1"}).status_code == 404
    assert client.get(f"/comments/{comment.pk}/vote/").status_code == 405


@pytest.mark.parametrize("hide", [hold, remove])
def test_vote_on_a_hidden_comment_is_not_found(client, comment, hide):
    hide(comment, by=make_moderator())
    response = client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=JSON)
    assert response.status_code == 404
    assert not Vote.objects.exists()


def test_own_comment_and_closed_conversation_take_no_vote(client, comment):
    client.post("/articles/ferry/comment/", typed())
    own = Comment.objects.latest("id")
    response = client.post(f"/comments/{own.pk}/vote/", {"value": "1"}, headers=JSON)
    assert response.status_code == 403
    assert response.json() == {"message": "You cannot vote on your own comment."}
    Discussion.objects.update(policy="closed")
    response = client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=BROWSER)
    assert response.status_code == 403
    assert "This conversation is closed." in response.text
    assert not Vote.objects.exists()


def test_vote_against_is_refused_where_the_site_takes_none(client, comment):
    address = f"/comments/{comment.pk}/vote/"
    client.post(address, {"value": "-1"})
    make_site(allows_down_votes=False)
    for headers in (JSON, BROWSER):
        response = client.post(address, {"value": "-1"}, headers=headers)
        assert response.status_code == 403
        assert "Here one can only vote for a comment, not against it." in response.text
    assert Comment.objects.get().score == -1
    for value, score in (("0", 0), ("1", 1)):
        response = client.post(address, {"value": value}, headers=JSON)
        assert (response.status_code, response.json()["score"]) == (200, score)


@pytest.mark.parametrize("place", ["articles/ferry", "articles/ferry/comments", "comments/{}"])
def test_page_offers_votes_against_only_where_they_are_taken(client, comment, place):
    write(comment.article, in_reply_to=comment)
    address = f"/{place.format(comment.pk)}/"
    assert client.get(address).text.count('name="value" value="-1"') == 2
    make_site(allows_down_votes=False)
    html = client.get(address).text
    assert "vote-down" not in html and html.count('name="value" value="1"') == 2


def test_too_many_votes_from_one_prefix_wait(client, comment, settings):
    settings.VOTES_PER_PREFIX = 1
    address = f"/comments/{comment.pk}/vote/"
    assert client.post(address, {"value": "1"}, headers=JSON).status_code == 200
    response = Client().post(address, {"value": "1"}, headers=JSON)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 600
    assert Comment.objects.get().score == 1


def test_vote_needs_an_edition_that_is_live(client, comment):
    make_site()
    assert client.post(f"/de/comments/{comment.pk}/vote/", {"value": "1"}).status_code == 404
    make_article(story=comment.article.story, language="de", slug="faehre")
    response = client.post(f"/de/comments/{comment.pk}/vote/", {"value": "1"}, headers=BROWSER)
    assert "/de/articles/faehre/#comment-" in response.text


def test_one_network_carries_no_comment_and_a_family_still_votes(comment, settings):
    settings.VOTES_PER_PREFIX, settings.NEW_VOTERS_PER_PREFIX = 150, 100
    address = f"/comments/{comment.pk}/vote/"
    people = [Client().post(address, {"value": "1"}) for _person in range(11)]
    assert [answer.status_code for answer in people] == [200] * 10 + [429]
    other = write(comment.article)
    assert Client().post(f"/comments/{other.pk}/vote/", {"value": "1"}).status_code == 200


def test_new_guests_of_one_network_vote_ten_an_hour_and_known_ones_go_on(client, comment, settings):
    settings.NEW_VOTERS_PER_PREFIX = 2
    address = f"/comments/{comment.pk}/vote/"
    client.post(address, {"value": "1"})
    assert Client().post(address, {"value": "1"}).status_code == 200
    refused = Client().post(address, {"value": "1"}, headers=JSON)
    assert refused.status_code == 429 and not refused.cookies
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert client.post(address, {"value": "-1"}).status_code == 200
    member = Client()
    member.force_login(make_user())
    assert member.post(address, {"value": "1"}).status_code == 200
    elsewhere = Client().post(address, {"value": "1"}, REMOTE_ADDR="203.0.114.1")
    assert elsewhere.status_code == 200


def test_vote_takes_three_queries(client, comment, django_assert_num_queries):
    """What is addressed, the limit, and the vote."""
    client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=JSON)
    with django_assert_num_queries(3):
        client.post(f"/comments/{comment.pk}/vote/", {"value": "-1"}, headers=JSON)
