"""One comment at the desk: all that was decided about it, and the buttons."""

import re

import pytest
from django.contrib.auth.models import Permission

from comments.editing import edit
from comments.models import Comment, ModerationEntry
from comments.moderating import approve, remove
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def moderator(client):
    moderator = make_moderator()
    client.force_login(moderator)
    return moderator


def address(comment, what="change"):
    return f"/admin/comments/comment/{comment.pk}/{what}/"


def token(client, comment):
    return re.search(r'name="chosen" value="([^"]*)"', client.get(address(comment)).text)[1]


def test_page_shows_decisions_and_earlier_versions(client, moderator):
    comment = write(make_article(), author=make_user(), text="The first words")
    edit(comment, text="Other words", by=Voter(comment.author), now=database_now())
    remove(comment, by=moderator, reason="hate", note="Please stop.")
    text = client.get(address(comment)).text
    for told in ("The first words", "1 earlier version", "hatred of a group", "Please stop."):
        assert told in text
    assert "public → <strong>removed</strong>" in text


def test_comment_is_removed_with_a_reason_from_its_page(client, moderator):
    comment = write(make_article())
    sent = {"chosen": token(client, comment), "act": "remove", "note": "No."}
    refused = client.post(address(comment, "decide"), sent)
    assert refused.status_code == 422
    assert "Say why" in refused.text and "No.</textarea>" in refused.text
    taken = client.post(address(comment, "decide"), sent | {"reason": "abuse"})
    assert taken["Location"] == address(comment)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("removed", "abuse")


def test_what_others_decided_since_is_told_and_stands(client, moderator):
    comment = write(make_article())
    sent = {"chosen": token(client, comment), "act": "approve"}
    remove(comment, by=make_moderator())
    assert client.post(address(comment, "decide"), sent).status_code == 409
    comment.refresh_from_db()
    assert comment.status == "removed"


def test_own_decision_is_undone_from_its_page_and_others_are_not(client, moderator):
    comment = write(make_article())
    approve(comment, by=moderator)
    own = ModerationEntry.objects.get()
    assert f'name="undo" value="{own.pk}"' in client.get(address(comment)).text
    assert client.post(address(comment, "decide"), {"undo": own.pk}).status_code == 302
    assert Comment.objects.get().reviewed_at is None
    remove(comment, by=make_moderator())
    assert 'name="undo"' not in client.get(address(comment)).text
    theirs = ModerationEntry.objects.latest("id")
    client.post(address(comment, "decide"), {"undo": theirs.pk})
    assert Comment.objects.get().status == "removed"


def test_decision_about_another_comment_is_not_undone_from_this_page(client, moderator):
    comment, other = write(make_article()), write(make_article())
    remove(other, by=moderator)
    own = ModerationEntry.objects.get()
    client.post(address(comment, "decide"), {"undo": own.pk})
    other.refresh_from_db()
    assert other.status == "removed"
    client.post(address(other, "decide"), {"undo": own.pk})
    other.refresh_from_db()
    assert other.is_public


def test_who_may_only_read_finds_no_buttons(client):
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_comment"))
    client.force_login(user)
    comment = write(make_article())
    text = client.get(address(comment)).text
    assert comment.text in text and 'name="act"' not in text
    assert client.post(address(comment, "decide"), {"act": "spam"}).status_code == 403


@pytest.mark.parametrize("pk", [0, 10**17])
def test_comment_that_is_not_there_is_not_found(client, moderator, pk):
    assert client.get(f"/admin/comments/comment/{pk}/decide/").status_code == 404
