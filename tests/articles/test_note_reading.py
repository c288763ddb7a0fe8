"""A page says that it was read: by its key alone, and nobody is remembered."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import views
from articles.models import Readership
from articles.readership import Tally
from tests.builders import make_article, make_site
from throttling.models import Counter

pytestmark = pytest.mark.django_db
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def tally(monkeypatch):
    make_site()
    tally = Tally(seconds=3600)
    monkeypatch.setattr(views, "tally", tally)
    return tally


def tell(client, said, **extra):
    return client.post("/readings/", said, content_type="text/plain", **extra)


def test_reading_is_counted_and_nothing_is_kept_of_the_reader(client, tally):
    article = make_article()
    with CaptureQueriesContext(connection) as captured:
        response = tell(client, str(article.pk), REMOTE_ADDR="203.0.113.9")
    assert (response.status_code, response.content) == (204, b"")
    assert len(captured) == 1 and "203.0" not in captured[0]["sql"]
    assert not response.cookies and "no-store" in response["Cache-Control"]
    tally.write()
    assert Readership.objects.get().readings == 1
    assert "203.0" not in "".join(Counter.objects.values_list("key", flat=True))


@pytest.mark.parametrize("said", ["", "0", "-1", "ferry", "1.5", "1\n", "٣", "9" * 19, "1" * 9999])
def test_what_is_no_key_is_refused(client, tally, said):
    assert tell(client, said).status_code == 400
    assert not tally._waiting and not Counter.objects.exists()


def test_key_of_nothing_is_taken_and_counts_nothing(client, tally):
    assert tell(client, "999999999999999999").status_code == 204
    tally.write()
    assert not Readership.objects.exists()


def test_network_beyond_its_limit_is_answered_and_not_counted(client, tally, monkeypatch):
    monkeypatch.setattr(views, "READINGS_PER_PREFIX", 2)
    article = make_article()
    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.3", "198.51.100.1"):
        assert tell(client, str(article.pk), REMOTE_ADDR=address).status_code == 204
    assert tally._waiting == {article.pk: 3}


def test_only_our_own_pages_may_tell(tally):
    strict, article = Client(enforce_csrf_checks=True), make_article()
    assert tell(strict, str(article.pk), headers=SAME_SITE).status_code == 204
    assert (
        tell(strict, str(article.pk), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )
    assert tell(strict, str(article.pk)).status_code == 403
    assert tally._waiting == {article.pk: 1}


def test_it_is_told_and_never_asked(client):
    assert client.get("/readings/").status_code == 405
    assert tell(client, str(make_article(language="de").pk)).status_code == 204


def test_page_says_its_key_and_where_to_tell(client):
    make_article(slug="mole", language="de")
    page = client.get("/de/articles/mole/").text
    assert 'data-readings="/de/readings/"' in page
