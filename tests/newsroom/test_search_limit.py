"""Who searches too often waits, and loses nothing that was typed."""

import time

import pytest
from django.db import OperationalError, connection

from articles import searching
from newsroom import search_views
from tests.builders import make_article, make_site
from throttling.models import Counter

pytestmark = pytest.mark.django_db
ADDRESS = "/search/?q=ferry&by=okafor&lang=all"


@pytest.fixture(autouse=True)
def paper(settings):
    settings.SEARCHES_PER_PREFIX = 2
    make_site()
    make_article(headline="The ferry")


def test_too_many_searches_of_one_network_wait(client):
    for last, status in ((1, 200), (2, 200), (3, 429), (250, 429)):
        response = client.get(ADDRESS, REMOTE_ADDR=f"203.0.113.{last}")
        assert response.status_code == status
    assert 0 < int(response["Retry-After"]) <= 600
    assert "Please wait a few minutes." in response.text and "<mark>" not in response.text
    assert 'value="ferry"' in response.text and 'value="okafor"' in response.text
    assert '<option value="all" selected>' in response.text
    assert not client.cookies
    assert client.get(ADDRESS, REMOTE_ADDR="203.0.114.1").status_code == 200


def test_comments_are_counted_with_articles(client):
    client.get("/search/?q=ferry&in=comments")
    client.get("/de/search/?q=ferry")
    assert client.get("/search/?q=ferry&in=comments").status_code == 429


@pytest.mark.parametrize(
    ("address", "status"),
    [("/search/", 200), ("/search/?q=%20", 200), ("/search/?q=ferry&section=x", 422),
     ("/search/?q=ferry&in=users", 404)],
)  # fmt: skip
def test_what_asks_for_nothing_is_not_counted(client, address, status):
    for _time in range(4):
        assert client.get(address).status_code == status
    assert not Counter.objects.exists()
    client.get(ADDRESS)
    assert Counter.objects.get().hits == 1


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    return ["en"]


@pytest.mark.parametrize(("seconds", "is_told"), [(20, True), (0, False)])
def test_search_that_would_take_too_long_is_ended(client, monkeypatch, seconds, is_told):
    monkeypatch.setattr(searching, "LONGEST", 1000)
    monkeypatch.setattr(search_views, "searchable", lambda *_: ask(f"SELECT pg_sleep({seconds})"))
    began = time.monotonic()
    response = client.get("/search/?q=ferry")
    assert response.status_code == 200 and time.monotonic() - began < 10
    assert ("These words are too common" in response.text) == is_told
    assert ("<mark>ferry</mark>" in response.text) == (not is_told)


def test_other_faults_are_not_taken_for_it(client, monkeypatch):
    monkeypatch.setattr(search_views, "searchable", lambda *_: fail())
    with pytest.raises(OperationalError):
        client.get("/search/?q=ferry")


def fail():
    raise OperationalError("the disk is full")
