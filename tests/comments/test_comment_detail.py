"""The permalink, and what a writer sees after posting."""

import pytest

from articles.models import Article
from comments.moderating import hold, remove
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db


def test_permalink_leads_to_the_comment_in_the_active_edition(client):
    make_site()
    article = make_article(slug="ferry")
    make_article(story=article.story, language="de", slug="faehre")
    comment = write(article)
    for prefix, place in (("", "/articles/ferry/"), ("/de", "/de/articles/faehre/")):
        response = client.get(f"{prefix}/comments/{comment.pk}/")
        assert response.headers["Location"] == f"{place}#comment-{comment.pk}"
    assert client.get(f"/tr/comments/{comment.pk}/").status_code == 404


@pytest.mark.parametrize("hide", [hold, remove])
def test_permalink_of_a_hidden_comment_is_not_found(client, hide):
    comment = write(make_article())
    hide(comment, by=make_moderator())
    assert client.get(f"/comments/{comment.pk}/").status_code == 404
    for number in ("999999", "9" * 30):
        assert client.get(f"/comments/{number}/").status_code == 404


def test_permalink_goes_with_its_withdrawn_article(client):
    comment = write(make_article())
    Article.objects.update(status="withdrawn")
    assert client.get(f"/comments/{comment.pk}/").status_code == 410


def test_page_after_posting_is_nobody_elses(client):
    article = make_article(slug="ferry")
    response = client.get(f"/articles/ferry/?posted={write(article).pk}")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/articles/ferry/").headers.get("Cache-Control", "")
