"""The public page about moderating: numbers of the last twelve months."""

from datetime import timedelta

import pytest

from comments.appealing import answer, appeal
from comments.figures import figures, told
from comments.flagging import flag
from comments.models import Comment
from comments.moderating import approve, hold, remove
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
        found = figures(now)
    assert sorted(found.by_reason) == [("advertising or spam", 2), ("hatred of a group", 1)]
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
    found = figures(database_now())
    assert timedelta(0) < found.median < timedelta(minutes=1)
    assert "1 minute" in client.get("/moderation/").text


def test_reports_count_until_they_are_answered():
    make_site()
    comment, moderator = write(make_article()), make_moderator()
    flag(comment, by=Voter(guest_id=make_guest().id), reason="abuse")
    assert figures(database_now()).median is None
    approve(comment, by=moderator)
    assert figures(database_now()).median is not None


def test_what_is_older_than_twelve_months_is_left_out():
    make_site()
    moderator = make_moderator()
    wrongs(1, "spam", by=moderator)
    hold(write(make_article()), by=moderator)
    later = database_now() + timedelta(days=366)
    found = figures(later)
    assert (found.removed, found.decisions, found.median, found.appeals) == (0, 0, None, 0)
    assert found.rules_percent == 0


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
