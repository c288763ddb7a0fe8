"""What is sent twice at the desk is done once, and whoever sent it is told so."""

import pytest

from comments.models import Comment, ModerationEntry
from comments.moderating import Seen, approve, remove
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/queue/unreviewed/"
DECISIONS = {
    "approve": {"act": "approve"},
    "remove": {"act": "remove", "reason": "abuse", "note": "Not like this."},
    "hold": {"act": "hold"},
    "spam": {"act": "spam"},
}


@pytest.fixture
def comment():
    make_site()
    return write(make_article())


@pytest.fixture
def moderator(client):
    moderator = make_moderator()
    client.force_login(moderator)
    return moderator


def decide(client, comment, seen, act="approve", **typed):
    sent = {"chosen": f"{comment.pk}:{seen}", **DECISIONS[act], **typed}
    return client.post(QUEUE, sent, follow=True)


@pytest.mark.parametrize("act", DECISIONS)
def test_same_decision_twice_is_done_once_and_no_conflict(client, moderator, comment, act):
    seen = Seen(0)
    assert "1 comment changed." in decide(client, comment, seen, act).text
    again = decide(client, comment, seen, act)
    assert again.status_code == 200 and "Already done: 1 comment." in again.text
    assert ModerationEntry.objects.count() == 1


def test_another_decision_upon_what_one_saw_before_is_a_conflict(client, moderator, comment):
    decide(client, comment, Seen(0), "spam")
    assert decide(client, comment, Seen(0), "approve").status_code == 409
    assert decide(client, comment, Seen(0), "spam", note="Ours.").status_code == 409


@pytest.mark.parametrize("meanwhile", ["a colleague decided so", "one undid it", "text changed"])
def test_what_happened_meanwhile_is_a_conflict(client, moderator, comment, meanwhile):
    if meanwhile == "a colleague decided so":
        approve(comment, by=make_moderator())
    else:
        decide(client, comment, Seen(0))
        entry = ModerationEntry.objects.get()
        if meanwhile == "one undid it":
            client.post(QUEUE, {"undo": entry.pk})
        else:
            Comment.objects.update(edited_at=entry.decided_at)
    assert decide(client, comment, Seen(0)).status_code == 409


def test_same_decision_after_a_colleagues_is_a_conflict(client, moderator, comment):
    remove(comment, by=make_moderator())
    approve(comment, by=moderator)
    assert decide(client, comment, Seen(0)).status_code == 409


def test_undoing_twice_is_told_and_done_once(client, moderator, comment):
    decide(client, comment, Seen(0))
    entry = ModerationEntry.objects.get()
    undo = {"undo": entry.pk}
    first = client.post(QUEUE, undo)
    assert first["Location"] == f"{QUEUE}#comment-{comment.pk}"
    assert "Already undone." in client.post(QUEUE, undo, follow=True).text
    page = f"/admin/comments/comment/{comment.pk}/decide/"
    assert "Already done: 1 comment." in client.post(page, undo, follow=True).text
    assert ModerationEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("pick", "Readers see that the desk picked the comment."),
        ("unpick", "The comment is picked no longer."),
        ("pin", "The thread is pinned."),
        ("unpin", "The thread is pinned no longer."),
        ("close", "No more replies are taken below the comment."),
        ("reopen", "Replies are taken again below the comment."),
    ],
)
def test_setting_apart_is_told_and_told_as_done_the_second_time(
    client, moderator, comment, mark, told
):
    page = f"/admin/comments/comment/{comment.pk}/mark/"
    if before := {"unpick": "pick", "unpin": "pin", "reopen": "close"}.get(mark):
        client.post(page, {"mark": before})
    assert told in client.post(page, {"mark": mark}, follow=True).text
    assert "Already done." in client.post(page, {"mark": mark}, follow=True).text
