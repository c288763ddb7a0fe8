"""The public page about moderating: numbers of the last twelve months."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from comments.appealing import answer, appeal
from comments.figures import figures, reckon, told
from comments.flagging import flag
from comments.models import Comment, Status
from comments.moderating import Decision, approve, decide, hold, remove, undo
from comments.voting import Voter
from operations.clock import database_now
from tests.builders import make_article, make_site
from tests.comments.builders import make_guest, make_moderator, write

pytestmark = pytest.mark.django_db


def wrongs(number: int, reason: str, *, by) -> list[Comment]:
    article = make_article()
    written = [write(article) for _number in range(number)]
    for comment in written:
        remove(comment, by=by, reason=reason)
    return written


def test_page_counts_what_was_decided(client, django_assert_num_queries):
    make_site(holds_at_flags=1)
    moderator = make_moderator()
    wrongs(2, "spam", by=moderator)
    [wrong] = wrongs(1, "hate", by=moderator)
    by = Voter(guest_id=wrong.guest_id)
    asked = appeal(wrong, by=by, text="No.", language="en")
    answer(asked, grants=True, by=make_moderator())
    flag(write(make_article()), by=Voter(guest_id=make_guest().id), reason="abuse")
    now = database_now()
    with django_assert_num_queries(2):
        found = reckon(now)
    assert found.reasons == [("advertising or spam", 2), ("hatred of a group", 1)]
    assert (found.removed, found.decisions, found.by_rules, found.rules_percent) == (3, 5, 1, 20)
    assert (found.appeals, found.granted) == (1, 1)
    page = client.get("/moderation/").text
    assert "Advertising or spam" in page and "20 %" in page
    assert 'href="/moderation/notice/"' in page
    assert 'href="/moderation/"' in client.get("/").text


def test_what_waited_tells_how_long(client):
    make_site(comment_policy="held")
    moderator, article = make_moderator(), make_article()
    waited = [write(article) for _number in range(3)]
    for comment in waited:
        approve(comment, by=moderator)
    found = reckon(database_now())
    assert 0 < found.median < 60
    assert "1 minute" in client.get("/moderation/").text


def test_reports_count_until_they_are_answered():
    make_site()
    comment, moderator = write(make_article()), make_moderator()
    flag(comment, by=Voter(guest_id=make_guest().id), reason="abuse")
    assert reckon(database_now()).median is None
    approve(comment, by=moderator)
    assert reckon(database_now()).median is not None


def test_what_is_older_than_twelve_months_is_left_out():
    make_site()
    moderator = make_moderator()
    wrongs(1, "spam", by=moderator)
    hold(write(make_article()), by=moderator)
    later = database_now() + timedelta(days=366)
    found = reckon(later)
    assert (found.removed, found.decisions, found.median, found.appeals) == (0, 0, None, 0)
    assert found.rules_percent == 0


def test_what_was_undone_counts_nowhere():
    make_site()
    moderator, comment = make_moderator(), write(make_article())
    undo(decide(comment, Decision(Status.REMOVED, "spam"), by=moderator), by=moderator)
    comment.refresh_from_db()
    undo(decide(comment, Decision(Status.HELD), by=moderator), by=moderator)
    found = reckon(database_now())
    assert (found.removed, found.reasons, found.decisions, found.median) == (0, [], 0, None)


def test_comment_that_is_taken_away_twice_counts_once():
    make_site()
    moderator = make_moderator()
    [comment] = wrongs(1, "spam", by=moderator)
    for reason in ("spam", "hate"):
        approve(comment, by=moderator)
        remove(comment, by=moderator, reason=reason)
    found = reckon(database_now())
    assert found.reasons == [("advertising or spam", 1), ("hatred of a group", 1)]
    assert (found.removed, found.decisions) == (1, 5)


def test_numbers_are_reckoned_once_a_day_for_all(client, django_assert_num_queries):
    make_site()
    now = database_now()
    first = figures(now)
    wrongs(1, "spam", by=make_moderator())
    with django_assert_num_queries(1):
        assert figures(now) == first
    page = client.get("/de/moderation/").text
    assert first.reckoned_on.isoformat() in page and "Werbung oder Spam" not in page
    cache.clear()  # a day later
    assert "Werbung oder Spam" in client.get("/de/moderation/").text


def test_page_of_a_quiet_year_says_so(client):
    make_site()
    page = client.get("/de/moderation/")
    assert page.status_code == 200 and "<table" not in page.text


@pytest.mark.parametrize(
    ("lasted", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(minutes=90), "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_times_are_told_in_words(lasted, words):
    assert told(lasted) == words
