"""The list of one's own conversations with something new, for who has no script."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from comments.models import Participant
from comments.personal import MOST_UNREAD
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import hours_pass, write
from tests.comments.pages import shown

pytestmark = pytest.mark.django_db
HEADING = "New since your last visit"


@pytest.fixture
def article():
    make_site(editions=("en", "de"))
    return make_article(slug="ferry", headline="The ferry leaves later")


@pytest.fixture
def member(client, article):
    """Somebody who has read the conversation two hours ago."""
    write(article)
    user = make_user()
    client.force_login(user)
    visited(client, "ferry")
    return user


def visited(client, slug: str) -> None:
    assert client.post(f"/articles/{slug}/comments/visit/").status_code == 204
    hours_pass(2)


def address_of(slug: str, since) -> str:
    quoted = since.isoformat().replace(":", "%3A").replace("+", "%2B")
    return f"{slug}?show=new&since={quoted}"


def test_list_leads_to_what_is_new(client, article, member):
    later = [write(article), write(article)]
    since = Participant.objects.get(writer=f"member:{member.pk}").visited_at
    page = client.get("/me/comments/").text
    address = address_of("/articles/ferry/comments/", since)
    assert HEADING in page and f'<a href="{escape(address)}">' in page
    assert "The ferry leaves later" in page and "2 new comments" in page
    assert shown(client.get(address).text) == [later[1].pk, later[0].pk]


def test_list_agrees_with_the_overlay_however_often_one_comes(client, article, member):
    for _visit in range(3):
        write(article), write(article, author=member)
        overlay = client.get(f"/me/overlay/?article={article.pk}").json()["visit"]
        assert len(overlay["new"]) == 1 and "1 new comment<" in client.get("/me/comments/").text
        visited(client, "ferry")
        assert HEADING not in client.get("/me/comments/").text


def test_conversation_with_nothing_new_is_not_listed(client, article, member):
    write(article, author=member)
    assert HEADING not in client.get("/me/comments/").text
    write(make_article(headline="The bakery"))
    assert HEADING not in client.get("/me/comments/").text


def test_nobody_else_is_told(client, article, member):
    write(article)
    stranger, other = Client(), Client()
    other.force_login(make_user())
    assert HEADING in client.get("/me/comments/").text
    for somebody in (stranger, other):
        assert HEADING not in somebody.get("/me/comments/").text


def test_looking_at_the_list_is_no_visit(client, article, member):
    write(article)
    before = list(Participant.objects.order_by("writer").values())
    for _look in range(2):
        assert HEADING in client.get("/me/comments/").text
    assert list(Participant.objects.order_by("writer").values()) == before


def test_list_leads_to_the_readers_edition(client, article, member):
    make_article(story=article.story, language="de", slug="faehre", headline="Die Fähre")
    write(article)
    page = client.get("/me/comments/").text
    assert "/articles/ferry/comments/?show=new" in page
    type(member).objects.update(language="de")
    page = client.get("/me/comments/").text
    assert 'href="/de/articles/faehre/comments/?show=new' in page and "Die Fähre" in page


def test_withdrawn_story_is_not_listed(client, article, member):
    write(article)
    article.status = "withdrawn"
    article.save(update_fields=["status"])
    assert HEADING not in client.get("/me/comments/").text


def test_latest_visited_come_first_and_only_so_many(client, article, member):
    stories = [make_article(headline=f"Story {number}") for number in range(MOST_UNREAD)]
    long_ago = database_now() - timedelta(days=9)
    for hours, story in enumerate(stories):
        discussion, at = write(story).discussion, long_ago + timedelta(hours=hours)
        writer = f"member:{member.pk}"
        Participant.objects.create(writer=writer, discussion=discussion, visited_at=at)
    write(article)
    page = client.get("/me/comments/").text
    expected = [article, *reversed(stories[1:])]
    listed = re.findall(r"<li><a [^>]*><bdi>(.*?)</bdi>", page)
    assert listed == [each.headline for each in expected]


def test_list_costs_the_same_however_many(client, article, member, django_assert_max_num_queries):
    for number in range(6):
        place = make_article(slug=f"story-{number}")
        write(place)
        visited(client, f"story-{number}")
        write(place)
    # three of them for the session, the member and what the member may do
    with django_assert_max_num_queries(12):
        page = client.get("/me/comments/").text
    assert page.count("1 new comment<") == 6
