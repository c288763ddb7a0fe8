"""What is a reader's own: shown to nobody else, and never part of a public page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.models import Comment, Discussion, Reason, Status
from comments.moderating import remove
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, typed, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article(slug="ferry")


def say(client, text: str) -> Comment:
    client.post("/articles/ferry/comment/", typed(text=text))
    return Comment.objects.latest("id")


def overlay(client, article):
    response = client.get(f"/me/overlay/?article={article.pk}")
    assert "no-store" in response.headers["Cache-Control"]
    return {name: response.json()[name] for name in NOTHING}


NOTHING = {"votes": {}, "own": [], "held": []}


def test_guest_learns_own_votes_and_comments_and_nobody_else_does(client, article):
    other = write(article)
    own = say(client, "Ahoy")
    client.post(f"/comments/{other.pk}/vote/", {"value": "-1"})
    mine = {"votes": {str(other.pk): -1}, "own": [{"id": own.pk, "edit": True}], "held": []}
    assert overlay(client, article) == mine
    assert overlay(Client(), article) == NOTHING
    assert overlay(client, make_article()) == NOTHING


def test_member_learns_it_in_every_browser(article):
    member = make_user()
    own = write(article, author=member)
    for _browser in range(2):
        client = Client()
        client.force_login(member)
        assert overlay(client, article)["own"] == [{"id": own.pk, "edit": True}]


def test_vote_taken_back_is_not_shown(client, article):
    other = write(article)
    for value in ("1", "0"):
        client.post(f"/comments/{other.pk}/vote/", {"value": value})
    assert overlay(client, article)["votes"] == {}


def test_held_comment_is_its_writers_alone(client, article):
    make_site(comment_policy="held")
    root = write(article)
    Comment.objects.update(status=Status.PUBLIC, public_at=root.created_at)
    client.post(f"/comments/{root.pk}/reply/", typed(text="Is it *true*?"))
    own = Comment.objects.latest("id")
    [held] = overlay(client, article)["held"]
    assert (held["id"], held["answers"]) == (own.pk, root.pk)
    assert held["html"] == "<p>Is it <em>true</em>?</p>" and held["name"] == "Ines Halloran"
    assert overlay(Client(), article) == NOTHING
    assert "Is it" not in client.get("/articles/ferry/comments/").text


def test_closed_conversation_offers_no_change(client, article):
    own = say(client, "Ahoy")
    Discussion.objects.update(policy="closed")
    assert overlay(client, article)["own"] == [{"id": own.pk, "edit": False}]


@pytest.mark.parametrize("number", ["", "x", "0", "999999", "9" * 30, "١"])
def test_overlay_of_no_article_is_not_found(client, number):
    assert client.get(f"/me/overlay/?article={number}").status_code == 404


@pytest.mark.parametrize(
    ("columns", "status"),
    [({"status": "draft", "publish_at": None}, 404),
     ({"publish_at": timezone.now() + timedelta(days=1)}, 404),
     ({"status": "withdrawn"}, 200), ({}, 200)],
    ids=["draft", "embargoed", "withdrawn", "live"],
)  # fmt: skip
def test_overlay_tells_of_no_article_that_readers_may_not_know_of(client, article, columns, status):
    Article.objects.filter(pk=article.pk).update(**columns)
    assert client.get(f"/me/overlay/?article={article.pk}").status_code == status


def test_overlay_costs_the_same_however_much_there_is(client, article, django_assert_num_queries):
    for number in range(8):
        say(client, f"Ahoy {number}")
    # article, discussion, clock, site settings, own, votes, last visit
    with django_assert_num_queries(7):
        overlay(client, article)


def test_page_lists_what_one_wrote_and_voted(client, article):
    other = write(article, text="The gulls did it")
    own = say(client, "Ahoy from the quay")
    client.post(f"/comments/{other.pk}/vote/", {"value": "1"})
    page = client.get("/me/comments/")
    assert "no-store" in page.headers["Cache-Control"]
    assert "Ahoy from the quay" in page.text and "The gulls did it" in page.text
    for address in (f"/comments/{own.pk}/edit/", f"/comments/{own.pk}/delete/"):
        assert f'href="{address}"' in page.text
    assert f'href="/articles/ferry/#comment-{own.pk}"' in page.text
    assert "csrfmiddlewaretoken" in page.text
    stranger = Client().get("/me/comments/").text
    assert "Ahoy" not in stranger and "Nothing yet." in stranger


def test_page_shows_held_ones_as_waiting_and_removed_ones_with_the_reason(client, article):
    make_site(comment_policy="held")
    held, removed = say(client, "Waiting at the pier"), say(client, "Buy my boats")
    remove(removed, by=make_moderator(), reason=Reason.SPAM)
    page = client.get("/me/comments/").text
    assert held.text in page and page.count("Waits for a moderator") == 1
    assert removed.text in page and "It was removed. Reason: advertising or spam." in page
    assert removed.text not in Client().get("/me/comments/").text


def test_page_leads_to_the_edition_that_one_wrote_in(client, article):
    make_site()
    make_article(story=article.story, language="de", slug="faehre")
    client.post("/de/articles/faehre/comment/", typed())
    own = Comment.objects.get()
    page = client.get("/me/comments/").text
    assert f"/de/articles/faehre/#comment-{own.pk}" in page
    assert f"/de/comments/{own.pk}/edit/" in page


def test_withdrawn_article_leaves_the_way_to_delete(client, article):
    own = say(client, "Ahoy")
    article.status = "withdrawn"
    article.save(update_fields=["status"])
    page = client.get("/me/comments/").text
    assert f"/comments/{own.pk}/delete/" in page
    assert f"/comments/{own.pk}/edit/" not in page and "#comment-" not in page


def test_long_lists_have_pages(client, article, monkeypatch):
    monkeypatch.setattr("comments.personal.PER_PAGE", 2)
    own = [say(client, f"Ahoy {number}") for number in range(3)]
    page = client.get("/me/comments/")
    assert "Ahoy 2" in page.text and "Ahoy 0" not in page.text
    assert f"?before={own[1].pk}" in page.text
    assert "Ahoy 0" in client.get(f"/me/comments/?before={own[1].pk}").text
    assert client.get("/me/comments/?before=x").status_code == 404


def test_list_costs_the_same_however_long(client, article, django_assert_max_num_queries):
    for number in range(9):
        say(client, f"Ahoy {number}")
    other = write(article)
    client.post(f"/comments/{other.pk}/vote/", {"value": "1"})
    with django_assert_max_num_queries(11) as asked:  # reports and sanctions too
        client.get("/me/comments/")
    assert not [
        each for each in asked.captured_queries if '"articles_article"."body"' in each["sql"]
    ]


def test_public_pages_stay_the_same_for_writers_and_voters(client, article):
    other = write(article)
    make_site(comment_policy="held")
    client.post(f"/comments/{other.pk}/vote/", {"value": "1"})
    client.post(f"/comments/{other.pk}/vote/", {"value": "0"})
    say(client, "Only for my eyes")
    for address in ("/articles/ferry/", "/articles/ferry/comments/"):
        assert client.get(address).content == Client().get(address).content


def test_nothing_below_me_takes_a_post(client):
    for page in ("overlay", "comments"):
        assert client.post(f"/me/{page}/").status_code == 405
