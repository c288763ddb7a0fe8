"""Queries that are asked ahead of being wanted, on the way of others."""

import pytest

from articles.models import Article, Section
from operations.composed import Composed, all_of, asking_ahead
from tests.builders import make_article

pytestmark = pytest.mark.django_db
by_slug = Composed(lambda slug: Article.objects.filter(slug=slug), slug=str)
sections = Composed(lambda: Section.objects.all())
FLOOD, OTHER, NONE = ({"slug": slug} for slug in ("flood", "other", "none"))


@pytest.fixture
def flood():
    return make_article(slug="flood")


@pytest.fixture
def other(flood):
    return make_article(slug="other")


def test_what_was_asked_ahead_is_answered_without_asking(flood, other, django_assert_num_queries):
    ahead = [(by_slug, FLOOD), (by_slug, NONE), (sections, {})]
    with asking_ahead():
        with django_assert_num_queries(4):
            assert all_of((by_slug, OTHER), ahead=ahead) == [[other]]
        with django_assert_num_queries(0):
            assert by_slug(slug="flood") == [flood]
            assert by_slug.first(slug="none") is None
            assert all_of((by_slug, NONE), (sections, {})) == [[], [flood.section]]
            assert all_of(ahead=ahead) == []


def test_whoever_asks_gets_rows_of_their_own(flood):
    with asking_ahead():
        all_of(ahead=[(by_slug, FLOOD)])
        [first], [second] = by_slug(slug="flood"), by_slug(slug="flood")
        first.headline = "Another"
        assert first is not second
        assert second.headline == flood.headline


def test_only_what_was_asked_ahead_is_kept(flood, other, django_assert_num_queries):
    with asking_ahead():
        all_of((by_slug, OTHER), ahead=[(by_slug, FLOOD)])
        with django_assert_num_queries(2):
            assert by_slug(slug="other") == [other]
            assert all_of((by_slug, OTHER), (by_slug, FLOOD)) == [[other], [flood]]


def test_nothing_is_kept_beyond(flood, django_assert_num_queries):
    with asking_ahead():
        all_of(ahead=[(by_slug, FLOOD)])
        with asking_ahead(), django_assert_num_queries(1):
            by_slug(slug="flood")
    with django_assert_num_queries(1):
        by_slug(slug="flood")


def test_where_nobody_keeps_it_nothing_is_asked_ahead(flood, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert all_of((by_slug, FLOOD), ahead=[(sections, {})]) == [[flood]]
