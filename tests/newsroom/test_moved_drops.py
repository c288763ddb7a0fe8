"""Kept redirects are as true as kept pages: whoever changes a slug drops them."""

import pytest
from django.core import signals
from django.db import close_old_connections
from django.test import Client

from articles.models import Role
from articles.publishing import publish, withdraw
from pagecache import running
from tests.builders import make_article, make_contributor, make_editor, make_site, make_user
from tests.newsroom.desk_world import form_of
from tests.pagecache.builders import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper():
    make_site()


@pytest.fixture
def serving(cache, monkeypatch):
    """What is dropped in this process is dropped from the cache."""
    monkeypatch.setattr(running, "store", cache.store)


def change_slug(row, slug):
    client = Client()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    url = f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"
    form = form_of(client, url) | {"slug": slug, "_publish": "1"}
    assert client.post(url, form).status_code == 302
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)  # Django's client has connected it again


def told(cache, path):
    answer = Answer(cache, path)
    return answer.status, answer.headers.get("Location", "")


def test_kept_article_leads_on_once_its_new_slug_is_published(
    cache, serving, django_capture_on_commit_callbacks
):
    article = make_article(slug="one", byline=[(make_contributor(), Role.REPORTER)])
    assert told(cache, "/articles/one/") == (200, "")
    for slug in ("two", "three"):
        with django_capture_on_commit_callbacks(execute=True):
            change_slug(article, slug)
        assert told(cache, "/articles/one/") == (301, f"/articles/{slug}/")
    with django_capture_on_commit_callbacks(execute=True):
        change_slug(article, "one")
    assert told(cache, "/articles/one/") == (200, "")
    assert told(cache, "/articles/two/") == (301, "/articles/one/")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(article, by=make_editor())
    assert told(cache, "/articles/two/") == (410, "")


def test_kept_redirect_of_a_person_follows_the_person(
    cache, serving, django_capture_on_commit_callbacks
):
    person = make_contributor(slug="one")
    make_article(byline=[(person, "reporter")])
    for slug in ("two", "three"):
        with django_capture_on_commit_callbacks(execute=True):
            change_slug(person, slug)
        assert told(cache, "/contributors/one/") == (301, f"/contributors/{slug}/")


def test_gone_address_is_live_again_with_what_takes_it(
    cache, serving, django_capture_on_commit_callbacks
):
    make_article(slug="one").delete()
    assert told(cache, "/articles/one/") == (410, "")
    successor = make_article(slug="one", status="draft", byline=[(make_contributor(), "reporter")])
    with django_capture_on_commit_callbacks(execute=True):
        publish(successor, by=make_editor())
    assert told(cache, "/articles/one/") == (200, "")
