"""The next moment at which the site changes by itself, past which no copy is served."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Status
from newsroom.moments import next_moment
from pagecache import wsgi
from tests.builders import make_article, make_site
from tests.fundraising.builders import make_campaign
from tests.pagecache.builders import Answer, Clock

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def at(seconds):
    return NOW + timedelta(seconds=seconds)


def test_site_without_plans_has_no_next_moment(django_assert_num_queries):
    make_article(publish_at=at(-60))
    make_campaign(starts_at=at(-60))
    with django_assert_num_queries(1):
        assert next_moment(NOW) is None


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_plans_of_what_no_reader_will_see_change_nothing(status):
    make_article(status=status, publish_at=at(-60), unpublish_at=at(60))
    make_article(status=status, publish_at=at(60))
    assert next_moment(NOW) is None


@pytest.mark.parametrize(
    ("plan", "then"),
    [
        (lambda soon, later: make_article(publish_at=soon, unpublish_at=later), 90),
        (lambda soon, later: make_article(publish_at=at(-60), unpublish_at=soon), 600),
        (lambda soon, later: make_campaign(starts_at=soon, ends_at=later), 90),
        (lambda soon, later: make_campaign(starts_at=at(-60), ends_at=soon), 600),
    ],
)
def test_next_beginning_or_end_is_found(plan, then, django_assert_num_queries):
    plan(at(600), at(900))
    plan(at(60), at(90))
    with django_assert_num_queries(1):
        assert next_moment(NOW) == at(60)
    assert next_moment(at(60)) == at(then)


def test_earliest_of_articles_and_campaigns_counts():
    make_article(publish_at=at(50), unpublish_at=at(40 * 60))
    make_campaign(starts_at=at(-60), ends_at=at(30))
    assert [next_moment(at(seconds)) for seconds in (0, 30, 50)] == [at(30), at(50), at(40 * 60)]


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(wsgi, "time", clock)
    return clock


@pytest.mark.parametrize(
    ("address", "plan"),
    [
        ("/", lambda end: make_article(slug="flood", unpublish_at=end)),
        ("/articles/flood/", lambda end: make_article(slug="flood", unpublish_at=end)),
        ("/articles/flood/comments/", lambda end: make_article(slug="flood", unpublish_at=end)),
        ("/sections/harbour/", lambda end: make_article(slug="flood", unpublish_at=end)),
        ("/support/flood/", lambda end: make_campaign(slug="flood", ends_at=end)),
        ("/support/", lambda end: make_campaign(slug="flood", ends_at=end)),
    ],
)
def test_no_page_is_served_past_the_end_of_what_it_shows(cache, clock, address, plan):
    make_site()
    plan(timezone.now() + timedelta(seconds=10))
    first = Answer(cache, address)
    clock.now += 8
    assert (first.status, first.how, Answer(cache, address).how) == (200, "miss", "hit")
    clock.now += 2.01
    assert Answer(cache, address).how == "miss"


def test_page_costs_one_query_more_where_it_may_be_kept(client, django_assert_max_num_queries):
    make_article(slug="flood")
    with django_assert_max_num_queries(50) as usual:
        client.get("/articles/flood/")
    with django_assert_max_num_queries(50) as wanted:
        client.get("/articles/flood/", **{"pagecache.wanted": True})
    assert len(wanted.captured_queries) == len(usual.captured_queries) + 1


def test_page_that_is_not_wanted_costs_and_says_nothing(client):
    make_article(slug="flood")
    assert "X-Page-Cache" not in client.get("/articles/flood/").headers
    assert "X-Page-Cache" in client.get("/articles/flood/", **{"pagecache.wanted": True}).headers
    assert "X-Page-Cache" not in client.get("/nowhere/", **{"pagecache.wanted": True}).headers
