"""Which comments came from one network on one day, and that nothing else is known of it."""

from datetime import timedelta

import pytest
from django.db.models import F

from comments.models import Comment, ModerationEntry, Status, Trace
from comments.tasks import forget_traces
from comments.tracing import from_same_network, network_mark
from operations.clock import database_now, site_day
from operations.schedule import _jobs
from tests.builders import make_article
from tests.comments.builders import typed, write

pytestmark = pytest.mark.django_db
LONG = "The harbour board should have asked us all before it decided."


@pytest.fixture(autouse=True)
def article():
    return make_article(slug="ferry")


def send(client, *, address: str = "203.0.113.7", slug: str = "ferry", **fields) -> Comment:
    client.cookies.clear()
    client.post(f"/articles/{slug}/comment/", typed(**fields), REMOTE_ADDR=address)
    return Comment.objects.latest("id")


def test_comments_of_one_network_and_day_belong_together(client):
    first = send(client)
    second = send(client, address="203.0.113.200", name="Odo", text="At six.")
    send(client, address="203.0.114.7", name="Eve", text="At seven.")
    assert list(from_same_network(first)) == [second]
    assert list(from_same_network(second)) == [first]


def test_another_day_has_another_key():
    today = site_day(database_now())
    marks = {network_mark("203.0.113.0/24", today - timedelta(days=n)) for n in range(3)}
    assert len(marks) == 3


def test_no_address_is_kept(client):
    send(client)
    kept = str(Trace.objects.values().get()) + str(Comment.objects.values().get())
    assert "203.0.113" not in kept


def test_key_follows_from_the_secret(settings):
    today = site_day(database_now())
    before = network_mark("203.0.113.0/24", today)
    settings.SECRET_KEY = "another"
    assert network_mark("203.0.113.0/24", today) != before


def test_comment_without_a_network_leaves_no_trace(article):
    write(article)
    assert not Trace.objects.exists()


def test_after_thirty_days_it_is_forgotten(client):
    send(client)
    Trace.objects.update(written_at=F("written_at") - timedelta(days=29, hours=23))
    assert forget_traces.call() == 0
    Trace.objects.update(written_at=F("written_at") - timedelta(hours=2))
    assert forget_traces.call() == 1
    assert _jobs["forget-traces"].every == timedelta(days=1)


def test_what_is_taken_back_leaves_no_trace(client):
    client.post("/articles/ferry/comment/", typed())
    comment = Comment.objects.get()
    assert Trace.objects.get().comment == comment
    client.post(f"/comments/{comment.pk}/delete/")
    assert not Trace.objects.exists()


def test_text_that_came_by_a_change_is_known_too(client):
    make_article(slug="bakery")
    first = send(client)
    client.post(f"/comments/{first.pk}/edit/", {"text": LONG}, REMOTE_ADDR="203.0.113.7")
    assert send(client, text="The bakery opens at five, as I said.", slug="bakery").is_public
    assert send(client, text=LONG, slug="bakery").status == Status.HELD


def test_same_text_from_one_network_below_several_stories_waits(client):
    make_article(slug="bakery")
    assert send(client, text=LONG).is_public
    assert send(client, text=LONG, name="Odo").is_public  # below the same story
    held = send(client, text=f" {LONG.upper()}", name="Eve", slug="bakery")
    assert held.status == Status.HELD
    entry = ModerationEntry.objects.get(comment=held)
    found = {"rule": "repeated", "reason": "spam", "detail": "same network"}
    assert entry.rule == "repeated" and found in entry.findings
