"""Status x time: what is live, and that row and filter agree about it."""

from datetime import timedelta
from itertools import product

import pytest

from articles.models import Article, State, Status
from operations.clock import database_now
from tests.builders import make_article

pytestmark = pytest.mark.django_db

OFFSETS = (None, -2, -1, 0, 1, 2)


def test_predicates_agree_with_their_filters_at_every_status_and_time():
    now, seen = database_now(), set()
    for status, begins, ends in product(Status, OFFSETS, OFFSETS):
        if status != Status.DRAFT and begins is None:
            continue
        if None not in (begins, ends) and ends <= begins:
            continue
        article = make_article(status=status)
        article.publish_at, article.unpublish_at = (
            None if offset is None else now + timedelta(hours=offset) for offset in (begins, ends)
        )
        article.save()
        row = Article.objects.with_state(now).get(pk=article.pk)
        live = Article.objects.live(now).filter(pk=article.pk).exists()
        assert article.is_live(now) == live == (article.state_at(now) == State.LIVE)
        assert article.state_at(now) == row.state
        seen.add(row.state)
    assert seen == set(State)


@pytest.mark.parametrize(
    ("status", "begins", "ends", "state"),
    [
        (Status.DRAFT, -1, None, State.DRAFT),
        (Status.PUBLISHED, 0, None, State.LIVE),
        (Status.PUBLISHED, -2, 0, State.ENDED),
        (Status.PUBLISHED, 1, None, State.SCHEDULED),
        (Status.WITHDRAWN, -1, None, State.WITHDRAWN),
    ],
)
def test_article_appears_at_its_time_and_ends_at_its_time(status, begins, ends, state):
    now = database_now()
    article = make_article(
        status=status,
        publish_at=now + timedelta(hours=begins),
        unpublish_at=None if ends is None else now + timedelta(hours=ends),
    )
    assert article.state_at(now) == state
