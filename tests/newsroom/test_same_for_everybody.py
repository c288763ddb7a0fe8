"""Every public page is the same bytes for a stranger and for the chief, errors included."""

import pytest
from django.test import Client

from tests.builders import make_user
from tests.comments.builders import typed
from tests.newsroom.public_pages import PUBLIC, make_paper

pytestmark = pytest.mark.django_db
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
# What depends on who asks, or shows what has only just changed.
UNCACHED = {
    "/articles/ferry/?posted={comment}": 200,
    "/articles/ferry/comment/": 200,
    "/comments/{comment}/reply/": 200,
    "/comments/{comment}/flag/": 200,
    "/moderation/notice/": 200,
    "/passages/{question}/answer/": 200,
    "/articles/ferry/error/?paragraph=0": 200,
    "/articles/ferry/error/": 302,
    "/support/press/give/": 200,
    "/me/comments/": 200,
    "/accounts/login/": 200,
}


@pytest.fixture(autouse=True)
def comment():
    return make_paper()


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
        ("/support/press/give/", {"own_amount": "25", "provider": "bank"}, 422),
    ],
    indirect=["address"],
)
def test_answer_to_a_form_is_never_kept(client, address, data, status):
    response = client.post(address, data, headers=SAME_SITE)
    assert response.status_code == status
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
