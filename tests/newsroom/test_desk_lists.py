"""The list of articles at the desk: what is asked of it, and what is published from it."""

import pytest
from django.urls import reverse

from articles.models import Article
from tests.articles.review import bring_to, newest, save
from tests.builders import make_article, make_colleague, make_site
from tests.newsroom.desk_world import signed_in

pytestmark = pytest.mark.django_db
LIST = reverse("admin:articles_article_changelist")
LISTS = {
    "articles/article": ["state", "language", "q"],
    "articles/slot": ["page", "language", "q"],
    "articles/page": ["language__exact", "q"],
    "articles/revision": ["kind__exact", "q"],
    "comments/errorreport": ["status__exact", "q"],
}


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.mark.parametrize("address", LISTS)
def test_sign_that_no_text_has_finds_nothing(address):
    make_article()
    chief = signed_in("chief")
    for name in LISTS[address]:
        answer = chief.get(f"/admin/{address}/?{name}=%00")
        assert answer.status_code == 200
        assert answer.context["cl"].result_count == 0


def publish_from_list(client, *articles):
    keys = [article.pk for article in articles]
    sent = {"action": "publish_selected", "_selected_action": keys}
    return client.post(LIST, sent, follow=True)


def test_approved_changes_of_live_pieces_are_published_from_the_list(client):
    client.force_login(make_colleague("editor"))
    article = bring_to("approved", is_live=True)
    assert "1 article changed." in publish_from_list(client, article).text
    assert Article.objects.get().headline == "Eight minutes, or nine"


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested"])
def test_changes_that_nobody_approved_are_not_published_from_the_list(client, state):
    client.force_login(make_colleague("editor"))
    article = bring_to(state, is_live=True)
    told = publish_from_list(client, article).text
    assert "not approved as they are" in told
    assert "0 articles changed." in told
    assert Article.objects.get().headline != "Eight minutes, or nine"


def test_what_was_saved_after_the_approval_is_not_published_from_the_list(client):
    editor = make_colleague("editor")
    client.force_login(editor)
    article = bring_to("approved", is_live=True)
    save(article, by=editor, headline="Ten minutes")
    assert "not approved as they are" in publish_from_list(client, article).text
    assert newest(article).snapshot["headline"] == "Ten minutes"
    assert Article.objects.get().headline != "Ten minutes"


def test_live_pieces_without_changes_stay_as_they_are(client):
    client.force_login(make_colleague("editor"))
    assert "0 articles changed." in publish_from_list(client, make_article()).text
