"""How often a page waits for the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Series
from newsroom.furniture import Furniture
from tests.builders import make_article, make_section, make_site
from tests.comments.builders import write
from tests.operations.wires import ways
from tests.translations.builders import make_attribution

pytestmark = pytest.mark.django_db
WANTED = {"pagecache.wanted": True}  # by the page cache


@pytest.fixture(autouse=True)
def paper():
    make_site()


def original():
    return make_article()


def translation():
    article = make_article()
    make_attribution(article=article)
    return article


def instalment():
    series = Series.objects.create(slug="port", names={"en": "The port"})
    first = make_article(publish_at=timezone.now() - timedelta(days=1))
    second = make_article()
    for each in (first, second):
        each.story.series = series
        each.story.save()
    return second


def of_another_edition():
    return make_article(language="de")


@pytest.mark.parametrize(
    ("make", "number"),
    [
        (original, 3),
        (translation, 4),  # how far it is behind its source
        (instalment, 4),  # its neighbours
        (of_another_edition, 4),  # which editions there are, before anything
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_article_waits_for_the_database(client, make, number):
    """For the article; with that, for all that stands around it; for what is said below it."""
    article = make()
    write(article)
    for _time in range(4):  # until all is prepared
        client.get(article.get_absolute_url(), **WANTED)
    with ways() as went:
        assert client.get(article.get_absolute_url(), **WANTED).status_code == 200
    assert went.number == number


def test_sections_and_standing_pages_are_asked_together_or_not_at_all():
    section = make_section()
    for _time in range(3):
        with ways() as unasked:
            furniture = Furniture("en")
        with ways() as went:
            assert furniture.sections() == [section]
            assert furniture.standing_pages() == []
    assert (unasked.number, went.number) == (0, 1)
