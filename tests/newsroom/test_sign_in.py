import pytest

from comments.models import Vote
from tests.accounts.codes import newest_code
from tests.builders import make_article, make_user
from tests.comments.builders import write

pytestmark = pytest.mark.django_db
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def sign_in(client, user):
    return client.post("/accounts/login/", {"login": user.username, "password": "lighthouse"})


def test_guests_vote_becomes_the_members_own_at_sign_in(client):
    comment, user = write(make_article()), make_user()
    client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=SAME_SITE)
    sign_in(client, user)
    comment.refresh_from_db()
    assert comment.score == 1
    client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=SAME_SITE)
    comment.refresh_from_db()
    assert comment.score == 1  # the member has voted already


def test_signing_in_marks_the_browser_as_known(client):
    assert sign_in(client, make_user()).cookies["known"].value == "1"


def test_failed_sign_in_marks_nothing(client):
    response = client.post("/accounts/login/", {"login": "nobody", "password": "wrong"})
    assert "known" not in response.cookies


def test_unproven_address_joins_nothing_that_a_guest_did(client):
    article = make_article(slug="ferry")
    comment = write(article)
    client.post(f"/comments/{comment.pk}/vote/", {"value": "1"}, headers=SAME_SITE)
    typed = {"username": "wilma", "email": "ines@readers.example"}  # the guest's who wrote
    client.post("/accounts/signup/", typed)
    assert not Vote.objects.filter(voter__startswith="member:").exclude(value=0).exists()
    client.post("/accounts/confirm-email/", {"code": newest_code()})
    assert Vote.objects.filter(voter__startswith="member:", value=1).count() == 1
    comment.refresh_from_db()
    assert comment.author is None  # a guest's address proves nothing about who wrote
