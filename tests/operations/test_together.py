"""Several composed queries are one statement, and answer as each would alone."""

import pytest
from django.db import connection, transaction

from articles.models import Article, Section
from operations.clock import Clock
from operations.composed import Composed, Together
from tests.builders import make_article

by_slug = Composed(
    lambda slug: Article.objects.filter(slug=slug).select_related("section"), slug=str
)
in_language = Composed(
    lambda slug, language: Article.objects.filter(slug=slug, language=language), slug=str,
    language=str,
)  # fmt: skip
sections = Composed(lambda: Section.objects.order_by("slug"))
timed = Composed(lambda: Article.objects.annotate(read_at=Clock()).order_by("pk"))


@pytest.fixture
def flood(db):
    return make_article(slug="flood")


def test_each_part_gives_its_first_row_in_one_query(flood, django_assert_num_queries):
    make_article(section=Section.objects.create(slug="aquarium"))
    asked = Together(by_slug, in_language, sections)
    with django_assert_num_queries(1):
        article, same, section = asked(slug="flood", language="en")
        assert article.section.slug == flood.section.slug
    assert article == same == flood
    assert section == Section.objects.order_by("slug").first()


def test_rows_are_as_the_query_set_gives_them(flood):
    found, _section = Together(by_slug, sections)(slug="flood")
    for field in Article._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(flood, field.attname)


def test_part_without_a_row_is_none_and_the_others_are_there(flood):
    asked = Together(in_language, by_slug, sections)
    for _time in range(4):  # prepared meanwhile
        assert asked(slug="flood", language="de")[:2] == (None, flood)
        assert asked(slug="none", language="en") == (None, None, flood.section)


def test_number_that_no_column_holds_finds_nothing(flood, django_assert_num_queries):
    by_id = Together(Composed(lambda pk: Article.objects.filter(pk=pk), pk=int), sections)
    assert by_id(pk=flood.pk)[0] == flood
    with django_assert_num_queries(0):
        assert by_id(pk=2**63) == (None, None)


def test_wrong_names_are_refused(flood):
    asked = Together(by_slug, in_language)
    for values in ({"slug": "flood"}, {"slug": "flood", "language": "en", "pk": 1}):
        with pytest.raises(TypeError):
            asked(**values)


def test_it_is_the_same_time_in_all_parts(db):
    for _number in range(2):
        make_article()
    later = Composed(lambda: Article.objects.annotate(read_at=Clock()).order_by("-pk"))
    first, second = Together(timed, later)()
    assert first != second
    assert first.read_at == second.read_at


def test_time_goes_on_within_a_transaction(flood):
    with transaction.atomic():
        before = timed.first().read_at
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.01)")
        assert timed.first().read_at > before
