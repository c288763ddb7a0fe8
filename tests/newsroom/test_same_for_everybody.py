"""Every public page is the same bytes for a stranger and for the chief, errors included."""

import pytest
from django.test import Client

from articles.models import Page, Role, Topic
from tests.builders import make_article, make_contributor, make_site, make_user
from tests.comments.builders import make_question, typed, write
from tests.fundraising.builders import make_campaign

pytestmark = pytest.mark.django_db
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
PUBLIC = {
    "/": 200,
    "/de/": 200,
    "/articles/ferry/": 200,
    "/articles/ferry/?sort=oldest": 200,
    "/articles/ferry/comments/": 200,
    "/articles/ferry/comments/?show=all&sort=best": 200,
    "/articles/ferry/comments/?after=x": 404,
    "/articles/ferry/comments/?lang=de": 200,
    "/articles/ferry/comments/?show=inline": 200,
    "/articles/ferry/comments/?passage={question}": 200,
    "/articles/ferry/comments/?passage=x": 404,
    "/articles/ferry/passages/": 200,
    "/articles/faehre/passages/": 404,
    "/articles/ferry/error/sent/": 200,
    "/articles/ferry/comments/?show=new&since=2026-01-01T00:00:00Z": 200,
    "/articles/ferry/comments/?show=new&since=2226-01-01T00:00:00Z": 200,
    "/articles/ferry/comments/?show=new": 404,
    "/articles/ferry/comments/latest/?since=2026-01-01T00:00:00Z": 200,
    "/articles/ferry/comments/latest/": 404,
    "/articles/ferry/comments/most-reacted/": 302,
    "/articles/ferry/comments/hottest/": 302,
    "/comments/{comment}/": 200,
    "/de/comments/{comment}/": 302,
    "/sections/harbour/": 200,
    "/topics/weather/": 200,
    "/contributors/maren/": 200,
    "/pages/about/": 200,
    "/support/": 200,
    "/support/press/": 200,
    "/en/articles/ferry/": 302,
    "/articles/faehre/": 302,
    "/articles/withdrawn/": 410,
    "/articles/withdrawn/comments/": 410,
    "/articles/draft/": 404,
    "/articles/withdrawn/passages/": 410,
    "/articles/draft/comments/": 404,
    "/articles/draft/passages/": 404,
    "/no-such-page/": 404,
    "/tr/": 404,
    "/sections/harbour/?page=9": 404,
    "/articles/ferry/?sort=funniest": 404,
}
# What depends on who asks, or shows what has only just changed.
UNCACHED = {
    "/articles/ferry/?posted={comment}": 200,
    "/articles/ferry/comment/": 200,
    "/comments/{comment}/reply/": 200,
    "/passages/{question}/answer/": 200,
    "/articles/ferry/error/?paragraph=0": 200,
    "/articles/ferry/error/": 302,
    "/me/comments/": 200,
    "/accounts/login/": 200,
}


@pytest.fixture(autouse=True)
def comment():
    make_site(editions=("en", "de"))
    make_campaign(slug="press", is_featured=True)
    maren = make_contributor(slug="maren")
    article = make_article(slug="ferry", byline=[(maren, Role.REPORTER)])
    article.topics.add(Topic.objects.create(slug="weather", names={"en": "Weather"}))
    make_article(slug="faehre", language="de", story=article.story)
    make_article(slug="withdrawn", status="withdrawn")
    make_article(slug="draft", status="draft")
    Page.objects.create(slug="about", language="en", title="About us", body="<p>We</p>")
    return write(article, passage=make_question(article))


@pytest.fixture
def address(request, comment):
    """With the numbers of the comment, and of the question that it answers."""
    return request.param.format(comment=comment.pk, question=comment.passage_id)


@pytest.fixture
def chief(comment):
    """Signed in, and with the cookies of somebody who has voted."""
    client = Client()
    client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=SAME_SITE)
    client.force_login(make_user(is_staff=True, is_superuser=True, language="de"))
    assert {"guest", "known", "sessionid"} <= set(client.cookies)
    return client


@pytest.mark.parametrize(("address", "status"), PUBLIC.items(), indirect=["address"])
def test_public_page_is_the_same_for_everybody(client, chief, address, status):
    headers = {"Accept-Language": "de"}
    one, other = client.get(address), chief.get(address, headers=headers)
    assert (one.status_code, other.status_code) == (status, status)
    assert one.content == other.content
    assert "Vary" not in one.headers and "Vary" not in other.headers
    assert not one.cookies and not other.cookies
    assert b"csrfmiddlewaretoken" not in one.content and b"nonce" not in one.content


@pytest.mark.parametrize(("address", "status"), UNCACHED.items(), indirect=["address"])
def test_personal_page_is_never_kept(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    ("address", "data", "status"),
    [
        ("/comments/{comment}/vote/", {"value": "1"}, 200),
        ("/comments/{comment}/vote/", {"value": "7"}, 422),
        ("/articles/ferry/comment/", typed(), 302),
        ("/articles/ferry/comment/", typed(text=""), 422),
        ("/comments/{comment}/reply/", typed(email="x"), 422),
        ("/passages/{question}/answer/", typed(), 302),
        ("/passages/{question}/answer/", typed(text=""), 422),
        ("/articles/ferry/error/", {"exact": "Tuesday", "text": "Monday"}, 302),
        ("/articles/ferry/error/", {"exact": "Sunday", "text": "Monday"}, 422),
        ("/articles/ferry/comments/visit/", {}, 204),
    ],
    indirect=["address"],
)
def test_answer_to_a_form_is_never_kept(client, address, data, status):
    response = client.post(address, data, headers=SAME_SITE)
    assert response.status_code == status
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
