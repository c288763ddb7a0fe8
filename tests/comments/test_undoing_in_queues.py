"""The button that undoes what was done last: only that, told truly, and led to what came back."""

import pytest
from django.test import Client

from comments.admin import deciding
from comments.models import Comment, ModerationEntry
from comments.moderating import Seen
from comments.queues import QUEUES
from tests.builders import make_article, make_site
from tests.comments.builders import make_flag, make_moderator, write

pytestmark = pytest.mark.django_db
QUEUE = "/admin/comments/comment/queue/unreviewed/"
SINCE = "Something else was done since: undo it on the comment&#x27;s page."


@pytest.fixture
def moderator(client):
    make_site()
    moderator = make_moderator()
    client.force_login(moderator)
    return moderator


def decide(client, *comments, act="approve", **typed):
    """The number of what was done."""
    chosen = [f"{comment.pk}:{Seen(0)}" for comment in comments]
    client.post(QUEUE, {"chosen": chosen, "act": act, **typed})
    return ModerationEntry.objects.order_by("-pk")[len(comments) - 1].pk


def undo(client, act, queue=QUEUE):
    return client.post(queue, {"undo": act}, follow=True).text


def statuses():
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def test_what_was_done_before_the_last_act_is_not_said_to_be_undone(client, moderator):
    first, second = write(make_article()), write(make_article())
    act = decide(client, first, act="spam")
    decide(client, second)  # in another tab
    told = undo(client, act)
    assert SINCE in told and "Already undone." not in told
    assert statuses() == ["spam", "public"]


def test_what_another_session_did_is_not_said_to_be_undone(client, moderator):
    act = decide(client, write(make_article()), act="spam")
    elsewhere = Client()
    elsewhere.force_login(moderator)
    assert SINCE in undo(elsewhere, act)
    assert statuses() == ["spam"]


def test_act_beyond_those_that_are_kept_is_undone_on_the_comments_page(
    client, moderator, monkeypatch
):
    monkeypatch.setattr(deciding, "KEPT_ACTS", 2)
    acts = [decide(client, write(make_article()), act="spam") for _act in range(3)]
    for act in reversed(acts[1:]):
        assert "1 comment changed." in undo(client, act)
    assert SINCE in undo(client, acts[0])
    page = f"/admin/comments/comment/{ModerationEntry.objects.get(pk=acts[0]).comment_id}/decide/"
    assert "1 comment changed." in undo(client, acts[0], page)
    assert "Already undone." in undo(client, acts[0])


@pytest.mark.parametrize("queue", QUEUES)
def test_undoing_leads_to_the_comment_in_the_queue_where_it_is_now(client, moderator, queue):
    comment, *_newer = [write(make_article()) for _number in range(3)]
    act = decide(client, comment)
    address = f"/admin/comments/comment/queue/{queue}/"
    place = client.post(address, {"undo": act})["Location"]
    page, anchor = place.split("#")
    assert page.split("?")[0] == QUEUE
    shown = client.get(page).text.partition('<article class="case"')[2]
    assert shown.startswith(f' id="{anchor}"') or queue == "unreviewed"
    assert anchor == f"comment-{comment.pk}" and f'id="{anchor}"' in shown


def test_undoing_stays_in_a_queue_where_the_comment_is_too(client, moderator):
    comment = write(make_article())
    make_flag(comment)
    reported = "/admin/comments/comment/queue/reported/"
    place = client.post(reported, {"undo": decide(client, comment)})["Location"]
    assert place == f"{reported}#comment-{comment.pk}"


@pytest.mark.parametrize("act", ["", "x", "0", "9" * 30, "٣"])
def test_act_that_there_never_was_is_no_mishap(client, moderator, act):
    assert SINCE in undo(client, act)
