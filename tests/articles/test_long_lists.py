"""The desk's lists and first page with ten thousand articles."""

from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Page, ReviewEntry, Revision, Section, Status, Story
from tests.articles.review import bring_to
from tests.builders import make_colleague, make_section, make_site

pytestmark = pytest.mark.django_db
MANY = 10_000
PAGES = [
    "",
    "articles/article/",
    "articles/article/?p=50",
    "articles/article/?state=live_in_review",
    "articles/article/?state=live_draft",
    "articles/article/?q=News+9999",
    "articles/revision/",
    "articles/revision/?p=150",
]
TEXT = "<p>" + "The harbour board agreed on Tuesday. " * 100 + "</p>"


def make_many(count: int) -> None:
    """Live articles with what was published and a draft over it, half of them in review."""
    section, editor = make_section(), make_colleague("editor")
    stories = Story.objects.bulk_create(Story() for _n in range(count))
    now = timezone.now()
    articles = Article.objects.bulk_create(
        Article(
            story=story, language="en", slug=f"many-{story.pk}", headline=f"News {n}", body=TEXT,
            section=section, status=Status.PUBLISHED, publish_at=now,
        )
        for n, story in enumerate(stories)
    )  # fmt: skip
    said = [{"headline": "News", "body": TEXT}, {"headline": "Newer", "body": TEXT}]
    revisions = Revision.objects.bulk_create(
        Revision(article=article, number=number, kind=kind, snapshot=said[number - 1],
                 created_by=editor)
        for article in articles
        for number, kind in ((1, "published"), (2, "draft"))
    )  # fmt: skip
    ReviewEntry.objects.bulk_create(
        ReviewEntry(article_id=each.article_id, revision=each, kind="submitted", created_by=editor)
        for each in revisions[1::4]
    )
    with connection.cursor() as cursor:
        for model in (Article, Revision, ReviewEntry, Section):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_colleague("chief"))
    return client


@pytest.mark.torture
def test_ten_thousand_articles_are_listed_quickly(desk):
    make_many(MANY)
    took = {}
    for path in PAGES:
        desk.get(f"/admin/{path}")
        begun = monotonic()
        assert desk.get(f"/admin/{path}").status_code == 200
        took[path] = monotonic() - begun
    assert {path: seconds for path, seconds in took.items() if seconds > 2} == {}


@pytest.mark.parametrize("path", ["articles/article/", "articles/revision/", "articles/page/"])
def test_lists_load_no_long_texts(desk, path):
    make_many(2)
    Page.objects.create(slug="imprint", language="en", title="Imprint", body=TEXT)
    with CaptureQueriesContext(connection) as asked:
        page = desk.get(f"/admin/{path}")
    assert page.context["cl"].result_count
    loaded = [each["sql"].partition(" FROM ")[0] for each in asked]
    assert [sql for sql in loaded if '."body"' in sql or '"snapshot"' in sql] == []


def test_list_asks_no_more_where_there_is_more(desk):
    counts = []
    for more in (1, 20):
        make_many(more)
        bring_to("in_review")
        with CaptureQueriesContext(connection) as asked:
            desk.get("/admin/articles/article/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
