"""An article's address, whoever asks and whatever its state."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import FETCH_RAISE
from django.test.utils import CaptureQueriesContext

from articles import reading
from articles.models import Article, Role, Status, Topic
from operations.clock import database_now, keep_now, request_now
from operations.composed import Composed
from operations.models import SiteSettings
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_image,
    make_site,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    return make_site(editions=("en", "de", "ar"))


def make_full_article(**fields):
    article = make_article(
        byline=[(make_contributor(portrait=make_image()), Role.REPORTER) for _n in range(3)],
        lead_image=make_image(),
        lead_caption="The quay",
        **fields,
    )
    article.topics.add(*[Topic.objects.get_or_create(slug=f"t{n}")[0] for n in range(3)])
    return article


def test_live_article_is_there_for_get_and_head(client):
    url = make_full_article(headline="Ferry news").get_absolute_url()
    assert "Ferry news" in client.get(url).text
    head = client.head(url)
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("who", ["reader", "member", "editor"])
@pytest.mark.parametrize(
    ("status", "begins", "ends", "answer"),
    [
        (Status.DRAFT, None, None, 404),
        (Status.PUBLISHED, 1, None, 404),
        (Status.PUBLISHED, -2, -1, 404),
        (Status.PUBLISHED, -2, 1, 200),
        (Status.WITHDRAWN, -2, None, 410),
    ],
)
def test_only_live_articles_are_shown_to_anybody(client, who, status, begins, ends, answer):
    now = database_now()
    times = {
        name: None if hours is None else now + timedelta(hours=hours)
        for name, hours in (("publish_at", begins), ("unpublish_at", ends))
    }
    article = make_article(status=status, headline="Not for everybody", **times)
    if who != "reader":
        client.force_login(make_editor() if who == "editor" else make_user())
    response = client.get(article.get_absolute_url())
    assert response.status_code == answer
    assert ("Not for everybody" in response.text) == (answer == 200)


def test_article_takes_no_post(client):
    assert client.post(make_article().get_absolute_url()).status_code in {403, 405}


def test_withdrawn_article_says_that_it_is_gone_below_its_language_only(client):
    make_article(slug="faehre", language="de", status=Status.WITHDRAWN)
    assert client.get("/de/articles/faehre/").status_code == 410
    assert client.get("/articles/faehre/").status_code == 404


def test_script_in_the_text_never_reaches_readers(client):
    article = make_article(body='<p onclick="x()">Safe<script>alert(1)</script></p>')
    page = client.get(article.get_absolute_url()).text
    assert "<p>Safe</p>" in page
    assert "onclick" not in page


@pytest.mark.django_db
def test_article_is_read_with_all_that_for_reading_reads(rf):
    article = make_full_article()
    found = reading.find_article(rf.get("/"), article.slug)
    prefetched = Article.objects.for_reading()._prefetch_related_lookups
    names = {getattr(each, "prefetch_to", each) for each in prefetched}
    assert set(found._prefetched_objects_cache) == names
    for name in names:
        assert list(getattr(found, name).all()) == list(getattr(article, name).all())


def test_reading_an_article_tells_the_time_and_the_settings(rf, django_assert_num_queries):
    article, request = make_full_article(), rf.get("/")
    before = database_now()
    with django_assert_num_queries(4):
        reading.find_article(request, article.slug)
        assert before < request_now(request)
        assert SiteSettings.of(request).editions == ["en", "de", "ar"]


def test_article_is_read_as_of_the_time_that_the_request_has(rf):
    article, request = make_full_article(), rf.get("/")
    keep_now(request, article.publish_at - timedelta(seconds=1))
    assert reading.find_article(request, article.slug) is None


def test_article_takes_the_same_queries_whatever_hangs_on_it(client, monkeypatch):
    build = reading._article._build
    raising = Composed(
        lambda **asked: build(**asked).fetch_mode(FETCH_RAISE),
        language=str,
        slug=str,
        now=datetime,
    )
    monkeypatch.setattr(reading, "_article", raising)
    article = make_full_article()
    for language in ("de", "ar"):
        make_full_article(story=article.story, language=language)
    counts = []
    for shown in (make_full_article(), article):
        with CaptureQueriesContext(connection) as counted:
            client.get(shown.get_absolute_url())
        counts.append(len(counted))
    # settings, clock, article, topics, byline, corrections, siblings; sections and standing pages
    # in the frame; and what the composition adds: with other editions, what was made from what
    assert counts[0] + 1 == counts[1] <= 17
