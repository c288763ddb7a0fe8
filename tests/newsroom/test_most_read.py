"""What is read most stands on the front page and on its section's, where it says something."""

import pytest

from articles.models import Readership
from articles.readership import TAG
from operations.clock import database_now, site_day
from tests.builders import make_article, make_section, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ferry():
    make_site()
    make_section(slug="town", name="Town")
    return make_article(headline="The ferry is late")


def be_read(article, readings):
    today = site_day(database_now())
    Readership.objects.create(article=article, read_on=today, readings=readings)


@pytest.mark.parametrize(("address", "is_there"), [
    ("/", True), ("/sections/harbour/", True), ("/sections/harbour/?page=1", False),
    ("/sections/town/", False), ("/de/", False),
])  # fmt: skip
def test_it_stands_where_it_belongs(client, ferry, address, is_there):
    be_read(ferry, 1234)
    page = client.get(address).text
    assert ("Most read" in page) == is_there
    assert ("1234 readings" in page) == is_there


def test_few_readings_are_not_shown(client, ferry):
    be_read(ferry, 20)
    assert "Most read" not in client.get("/").text


@pytest.mark.parametrize("address", ["/", "/sections/harbour/"])
def test_pages_are_dropped_with_the_list(client, address):
    assert TAG in client.get(address).page_tags
