"""What a preview link may cost, and what it may not pin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import drafts
from articles.models import PreviewLink, Status
from articles.previewing import share
from tests.articles.test_previewing import address, make_live
from tests.builders import make_article, make_colleague, make_editor, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_editor()


@pytest.mark.parametrize("seen", ["", "x", "theirs"])
def test_nothing_is_pinned_that_nobody_has_seen(client, editor, seen):
    theirs = drafts.newest(make_live(editor)).pk
    article = make_article(status=Status.DRAFT)
    client.force_login(make_colleague("reporter"))
    url = reverse("admin:articles_article_share", args=[article.pk])
    sent = {"what": "pinned", "days": 3, "seen": theirs if seen == "theirs" else seen}
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "Nothing is saved yet: save a draft first." in answer.text
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("which", ["newest", "public", "own"])
def test_link_to_what_the_rows_say_locks_nothing(client, editor, which):
    live = make_live(editor)
    draft = make_article(status=Status.DRAFT)
    own = drafts.save_draft(draft, by=editor, based_on=None)
    shared = {"newest": (live, None), "public": (live, drafts.newest(live)), "own": (draft, own)}
    article, revision = shared[which]
    link = share(article, by=editor, revision=revision)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address(link)).status_code == 200
    assert [each["sql"] for each in asked if "FOR NO KEY UPDATE" in each["sql"]] == []


def test_one_link_is_looked_at_sixty_times_a_minute(client, editor, monkeypatch):
    monkeypatch.setattr("articles.preview_pages.A_MINUTE", 2)
    first, other = (share(make_article(), by=editor) for _n in range(2))
    answers = [client.get(address(first)) for _time in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert "Please wait a moment" in answers[-1].text
    assert client.get(address(other)).status_code == 200
