"""The permalink: a comment amid what it answers, what answers it and what stands beside."""

import re

import pytest

from articles.models import Article
from comments import permalinks
from comments.moderating import hold, remove
from tests.builders import make_article, make_contributor, make_site
from tests.comments.builders import make_guest, make_moderator, write
from tests.comments.pages import link, shown

pytestmark = pytest.mark.django_db


def focus(html: str) -> list[str]:
    return re.findall(r'id="comment-(\d+)" tabindex="-1" autofocus aria-current="true"', html)


def test_comment_stands_amid_its_surroundings(client):
    article = make_article(slug="ferry")
    root = write(article)
    answered = write(article, in_reply_to=root)
    before, comment, after = (write(article, in_reply_to=answered) for _number in range(3))
    replies = [write(article, in_reply_to=comment) for _number in range(2)]
    far = write(article)
    html = client.get(f"/comments/{comment.pk}/").text
    around = [root, answered, comment, *replies, before, after]
    assert shown(html) == [each.pk for each in around]
    assert focus(html) == [str(comment.pk)] and f"comment-{far.pk}" not in html
    assert html.count("<article") == html.count("</article>")
    assert 'rel="canonical" href="http://localhost:8000/articles/ferry/"' in html


def test_permalink_leads_back_to_its_place(client):
    article = make_article(slug="ferry")
    root = write(article)
    replies = [write(article, in_reply_to=root) for _number in range(5)]
    place = link(client.get(f"/comments/{replies[3].pk}/").text, "comment-place")
    assert place.endswith(f"#comment-{replies[3].pk}")
    html = client.get(place.partition("#")[0]).text
    assert shown(html) == [replies[3].pk, replies[4].pk]
    assert f'data-comment="{root.pk}"' in html
    place = link(client.get(f"/comments/{root.pk}/").text, "comment-place")
    assert place == f"/articles/ferry/comments/?thread={root.pk}#comment-{root.pk}"


def test_permalink_opens_in_the_comments_own_edition(client):
    make_site()
    article = make_article(slug="ferry")
    german = make_article(story=article.story, language="de", slug="faehre")
    comment = write(german)
    assert client.get(f"/de/comments/{comment.pk}/").status_code == 200
    for prefix in ("", "/tr"):
        response = client.get(f"{prefix}/comments/{comment.pk}/")
        assert response.headers["Location"] == f"/de/comments/{comment.pk}/"
    Article.objects.filter(pk=german.pk).update(status="withdrawn")
    assert client.get(f"/comments/{comment.pk}/").status_code == 200
    assert client.get(f"/de/comments/{comment.pk}/").headers["Location"] == (
        f"/comments/{comment.pk}/"
    )


def test_removed_comment_leaves_its_tombstone_amid_the_talk(client):
    article = make_article()
    root = write(article)
    comment = write(article, text="Buy my boats", guest=make_guest(name="Odo"), in_reply_to=root)
    remove(comment, by=make_moderator())
    html = client.get(f"/comments/{comment.pk}/").text
    assert shown(html) == [root.pk, comment.pk] and focus(html) == [str(comment.pk)]
    assert "This comment was removed." in html
    assert "Buy my boats" not in html and "Odo" not in html


def test_held_comment_is_not_found_unless_it_is_answered(client):
    article = make_article()
    comment = write(article)
    answered = write(article)
    reply = write(article, in_reply_to=answered)
    for each in (comment, answered):
        hold(each, by=make_moderator())
    assert client.get(f"/comments/{comment.pk}/").status_code == 404
    html = client.get(f"/comments/{answered.pk}/").text
    assert shown(html) == [answered.pk, reply.pk]
    assert "This comment waits for a moderator." in html


@pytest.mark.parametrize("number", ["999999", "9" * 30])
def test_comment_that_never_was_is_not_found(client, number):
    make_article()
    assert client.get(f"/comments/{number}/").status_code == 404


def test_permalink_goes_with_its_article(client):
    comment = write(make_article())
    Article.objects.update(status="withdrawn")
    assert client.get(f"/comments/{comment.pk}/").status_code == 410
    Article.objects.update(status="draft")
    assert client.get(f"/comments/{comment.pk}/").status_code == 404


def test_many_replies_lead_to_the_thread(client, monkeypatch):
    monkeypatch.setattr(permalinks, "REPLIES", 2)
    article = make_article()
    root = write(article)
    replies = [write(article, in_reply_to=root) for _number in range(3)]
    html = client.get(f"/comments/{root.pk}/").text
    assert "All replies" in html
    assert shown(html) == [root.pk, replies[0].pk, replies[1].pk]


def test_comment_fifty_answers_deep_costs_ten_queries(client, django_assert_max_num_queries):
    make_site()
    byline = [(make_contributor(), "reporter")]
    article = make_article(byline=byline)
    last = None
    talk = [last := write(article, in_reply_to=last) for _number in range(53)]
    write(article, in_reply_to=talk[50])
    with django_assert_max_num_queries(10):
        html = client.get(f"/comments/{talk[51].pk}/").text
    chain = [comment.pk for comment in talk[1:51]]
    assert shown(html)[:52] == [*chain, talk[51].pk, talk[52].pk]


def test_page_after_posting_is_nobody_elses(client):
    article = make_article(slug="ferry")
    response = client.get(f"/articles/ferry/?posted={write(article).pk}")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "no-store" not in client.get("/articles/ferry/").headers.get("Cache-Control", "")
