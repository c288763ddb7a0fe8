"""Changing one's comment: who, how long, and what readers see of it."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from comments.editing import edit
from comments.models import Comment, CommentVersion, Discussion, Status
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db
CHANGED = {"text": "The bakery opens at *six*."}


@pytest.fixture
def own(client) -> Comment:
    """A comment by the guest who sits at `client`."""
    make_article(slug="ferry")
    client.post("/articles/ferry/comment/", typed())
    return Comment.objects.get()


def change(client, comment, **fields):
    return client.post(f"/comments/{comment.pk}/edit/", CHANGED | fields)


def test_guest_changes_the_text_within_fifteen_minutes(client, own):
    form = client.get(f"/comments/{own.pk}/edit/")
    assert "The bakery opens at five." in form.text and "no-store" in form.headers["Cache-Control"]
    response = change(client, own)
    assert response.headers["Location"] == f"/articles/ferry/?posted={own.pk}#comment-{own.pk}"
    own.refresh_from_db()
    assert own.html == "<p>The bakery opens at <em>six</em>.</p>"
    assert CommentVersion.objects.get().text == "The bakery opens at five."
    assert '<span class="comment-edited">edited</span>' in client.get("/articles/ferry/").text


def test_member_is_known_by_the_account_everywhere():
    member = make_user()
    comment = write(make_article(), author=member)
    client = Client()
    client.force_login(member)
    assert change(client, comment).status_code == 302


def test_somebody_elses_edit_and_delete_links_lead_nowhere(client, own):
    stranger, other = Client(), Client()
    other.force_login(make_user(email="ines@readers.example"))  # the guest's address
    forger = Client(headers={"Cookie": f"guest={own.guest_id}:forged"})
    for visitor in (stranger, other, forger):
        for page in ("edit", "delete"):
            assert visitor.get(f"/comments/{own.pk}/{page}/").status_code == 404
            assert visitor.post(f"/comments/{own.pk}/{page}/", CHANGED).status_code == 404
    own.refresh_from_db()
    assert own.text == "The bakery opens at five."


def test_guest_with_a_members_address_gains_nothing_by_it(client):
    member = make_user(first_name="Maren", email="maren@readers.example")
    by_member = write(make_article(slug="ferry"), author=member)
    client.post("/articles/ferry/comment/", typed(name="Maren T.", email=member.email))
    own = Comment.objects.latest("id")
    assert own.author is None
    for page in ("edit", "delete"):
        assert client.get(f"/comments/{by_member.pk}/{page}/").status_code == 404
    assert client.get(f"/comments/{own.pk}/edit/").status_code == 200


def age(comment: Comment, **by: int) -> None:
    Comment.objects.filter(pk=comment.pk).update(created_at=F("created_at") - timedelta(**by))


def test_after_the_time_it_stays_and_nothing_typed_is_lost(client, own, settings):
    age(own, minutes=16)
    response = change(client, own)
    assert response.status_code == client.get(f"/comments/{own.pk}/edit/").status_code == 403
    assert "is over" in response.text and "opens at *six*." in response.text
    assert not CommentVersion.objects.exists()
    settings.COMMENT_EDIT_MINUTES = 20
    assert change(client, own).status_code == 302


@pytest.mark.parametrize("text", ["", "x" * 5001, "[" * 151, "a\u202eb"])
def test_bad_text_is_explained_and_changes_nothing(client, own, text):
    response = change(client, own, text=text)
    assert response.status_code == 422 and 'aria-invalid="true"' in response.text
    assert Comment.objects.get().text == "The bakery opens at five."


def test_script_in_a_change_is_text(client, own):
    change(client, own, text="<script>alert(1)</script>")
    assert "<script" not in Comment.objects.get().html


def test_same_text_is_no_change(client, own):
    change(client, own, text="The bakery opens at five.")
    own.refresh_from_db()
    assert own.edited_at is None and not CommentVersion.objects.exists()


def test_change_after_an_answer_shows_what_was_answered(client, own):
    change(client, own)
    assert client.get(f"/comments/{own.pk}/history/").status_code == 404
    write(own.article, in_reply_to=own)
    change(client, own, text="The bakery is closed.")
    link = f'<a class="comment-edited" href="/comments/{own.pk}/history/">'
    assert link in Client().get("/articles/ferry/comments/").text
    history = Client().get(f"/comments/{own.pk}/history/").text
    assert "opens at <em>six</em>." in history and "The bakery is closed." in history
    assert "opens at five" not in history  # nobody had answered that
    Comment.objects.filter(pk=own.pk).update(status=Status.HELD)
    assert Client().get(f"/comments/{own.pk}/history/").status_code == 404


@pytest.mark.parametrize(
    ("hidden", "status"), [("own", Status.HELD), ("reply", Status.SPAM), ("reply", Status.REMOVED)]
)
def test_what_readers_did_not_see_answered_is_in_no_history(client, own, hidden, status):
    reply = write(own.article, in_reply_to=own)
    number = own.pk if hidden == "own" else reply.pk
    reason = "" if status == Status.HELD else "spam"
    Comment.objects.filter(pk=number).update(status=status, reason=reason)
    change(client, own)
    Comment.objects.update(status=Status.PUBLIC, reason="")
    assert client.get(f"/comments/{own.pk}/history/").status_code == 404
    change(client, own, text="The bakery is closed.")
    assert client.get(f"/comments/{own.pk}/history/").status_code == 200


def test_of_two_changes_at_once_the_one_that_waited_is_the_later(own):
    by, sent = Voter(guest_id=own.guest_id), database_now()
    edit(own, text="At six.", by=by, now=sent + timedelta(seconds=1))
    seen = own.edited_at
    edit(own, text="At seven.", by=by, now=sent)
    own.refresh_from_db()
    assert own.text == "At seven." and own.edited_at > seen
    assert CommentVersion.objects.count() == 2


def test_closed_conversation_takes_no_change(client, own):
    Discussion.objects.update(policy="closed")
    response = change(client, own)
    assert response.status_code == 403 and "This conversation is closed." in response.text


def test_where_comments_are_held_first_a_changed_one_waits_again(client, own):
    make_site(comment_policy="held")
    change(client, own)
    own.refresh_from_db()
    assert own.status == Status.HELD
    assert Discussion.objects.get().comment_count == 0


@pytest.mark.parametrize("status", ["removed", "erased"])
def test_what_is_gone_is_not_changed(client, own, status):
    if status == "erased":
        client.post(f"/comments/{own.pk}/delete/")
    else:
        Comment.objects.update(status=status, reason="abuse")
    assert change(client, own).status_code in (403, 404)
    assert not CommentVersion.objects.exists()


def test_too_many_changes_wait(client, own, settings):
    settings.COMMENTS_PER_PREFIX = 2
    assert change(client, own).status_code == 302
    response = change(client, own, text="Again")
    assert response.status_code == 429 and response.headers["Retry-After"]
    assert "Again" in response.text


def test_another_sites_form_changes_nothing(own, client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for page in ("edit", "delete"):
        response = strict.post(
            f"/comments/{own.pk}/{page}/", CHANGED, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert response.status_code == 403
    assert Comment.objects.get().text == "The bakery opens at five."
