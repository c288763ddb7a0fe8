"""The list of articles at the desk and what is done to several of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Role, Status
from tests.builders import make_article, make_contributor, make_editor, make_site

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")


@pytest.fixture
def desk(client):
    make_site()
    client.force_login(make_editor())
    return client


def act(desk, action, *articles):
    chosen = [article.pk for article in articles]
    return desk.post(LIST, {"action": action, "_selected_action": chosen}, follow=True)


def test_list_is_filtered_by_state_language_and_words(desk):
    make_article(headline="Ferry news")
    make_article(headline="Hafen", language="de", status=Status.DRAFT)
    assert "Hafen" not in desk.get(LIST, {"state": "live"}).text
    assert "Ferry news" not in desk.get(LIST, {"state": "draft", "language": "de"}).text
    assert "Ferry news" in desk.get(LIST, {"q": "ferry"}).text


def test_list_takes_the_same_queries_for_two_and_ten(desk):
    counts = []
    for more in (2, 8):
        for _n in range(more):
            make_article()
        with CaptureQueriesContext(connection) as counted:
            desk.get(LIST)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_publish_action_publishes_what_is_complete_and_names_the_rest(desk):
    ready = make_article(status=Status.DRAFT, byline=[(make_contributor(), Role.REPORTER)])
    bare = make_article(status=Status.DRAFT, headline="Nobody wrote this")
    page = act(desk, "publish_selected", ready, bare).text
    assert "“Nobody wrote this”: Name at least one person in the byline." in page
    assert "1 article changed." in page
    assert list(Article.objects.filter(status=Status.PUBLISHED)) == [ready]


def test_withdraw_action_leaves_drafts_alone(desk):
    live, draft = make_article(), make_article(status=Status.DRAFT)
    act(desk, "withdraw_selected", live, draft)
    assert list(Article.objects.filter(status=Status.WITHDRAWN)) == [live]
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_delete_action_refuses_published_articles(desk):
    live = make_article()
    page = desk.post(
        LIST, {"action": "delete_selected", "_selected_action": [live.pk], "post": "yes"}
    )
    assert page.status_code == 403
    assert Article.objects.exists()
