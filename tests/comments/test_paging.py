"""Every comment can be reached, each once, in every order."""

from datetime import timedelta
from math import sqrt

import pytest
from django.db import connection
from django.db.models import F

from comments import reading
from comments.models import Comment
from comments.moderating import approve, hold, remove
from comments.reading import Size
from operations.composed import prepared_cursor
from tests.builders import make_article
from tests.comments.builders import make_moderator, write
from tests.comments.pages import link, shown, walk
from tests.comments.rows import make_long_conversation

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SORTS = ["newest", "oldest", "most-voted", "best"]


@pytest.fixture
def article():
    """Seven threads, three of which have six answers to answers."""
    article = make_article(slug="ferry")
    roots = [write(article) for _number in range(7)]
    for root in roots[::3]:
        last = root
        for _number in range(6):
            last = write(article, in_reply_to=last)
    Comment.objects.filter(pk__in=[root.pk for root in roots[2:5]]).update(ups=3)
    return article


@pytest.mark.parametrize("sort", SORTS)
def test_whole_conversation_shows_every_comment_once(client, article, sort, monkeypatch):
    monkeypatch.setattr(reading, "WHOLE_THREADS", Size(threads=3, comments=4, thread=4))
    seen = walk(client, f"/articles/ferry/comments/?sort={sort}&show=all")
    assert sorted(seen) == sorted(Comment.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("sort", SORTS)
def test_pages_show_every_thread_once(client, article, sort, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=3, comments=9, thread=3))
    seen = walk(client, f"/articles/ferry/comments/?sort={sort}")
    roots = Comment.objects.filter(parent=None).values_list("pk", flat=True)
    assert sorted(pk for pk in seen if pk in roots) == sorted(roots)
    assert len(seen) == 7 + 3 * 2


def test_thread_goes_on_until_its_end(client, article, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=20, comments=60, thread=3))
    monkeypatch.setattr(reading, "REST", 2)
    html = client.get("/articles/ferry/comments/?sort=oldest").text
    assert html.count("Show 4 more replies") == 3
    first = Comment.objects.order_by("pk").first()
    thread = list(Comment.objects.filter(tree_id=first.tree_id).order_by("lft"))
    rest = client.get(link(html, "replies-more")).text
    assert "Show 2 more replies" in rest and f'data-comment="{first.pk}"' in rest
    seen = walk(client, link(html, "replies-more"), "replies-more")
    assert seen == [comment.pk for comment in thread[3:]]


def test_thread_continued_on_the_next_page_names_those_above(client, article, monkeypatch):
    monkeypatch.setattr(reading, "WHOLE_THREADS", Size(threads=3, comments=4, thread=4))
    html = client.get("/articles/ferry/comments/?sort=oldest&show=all").text
    html = client.get(link(html, "more-comments")).text
    first = Comment.objects.order_by("pk").first()
    assert f'<article class="comment comment-context" data-comment="{first.pk}">' in html
    assert "Continued, below <bdi>Ines Halloran</bdi>:" in html


def test_thread_of_a_page_of_its_own(client, article):
    first = Comment.objects.order_by("pk").first()
    html = client.get(f"/articles/ferry/comments/?thread={first.pk}").text
    assert shown(html)[0] == first.pk and len(shown(html)) == 7
    reply = Comment.objects.order_by("pk").last()
    other = write(make_article(slug="bakery"))
    for thread in (other.pk, reply.pk, 999999, "x", "9" * 30):
        response = client.get(f"/articles/ferry/comments/?thread={thread}")
        assert response.status_code == 404
        assert "This page of the conversation does not exist" in response.text


def test_comment_approved_late_is_new(client):
    article = make_article(slug="ferry")
    early, late = write(article), write(article)
    hold(early, by=make_moderator())
    Comment.objects.filter(pk=early.pk).update(public_at=None)
    Comment.objects.filter(pk=late.pk).update(public_at=F("public_at") - timedelta(hours=1))
    approve(early, by=make_moderator())
    assert shown(client.get("/articles/ferry/comments/").text) == [early.pk, late.pk]
    assert shown(client.get("/articles/ferry/comments/?sort=oldest").text) == [late.pk, early.pk]


def test_best_is_the_lower_bound_of_all_votes():
    comment = write(make_article())
    z = 1.281551565545
    for ups, downs in ((0, 0), (0, 9), (1, 0), (10, 1), (100, 60)):
        Comment.objects.filter(pk=comment.pk).update(ups=ups, downs=downs)
        comment.refresh_from_db()
        n = ups + downs or 1
        share = ups / n
        spread = z * sqrt((share * (1 - share) + z * z / (4 * n)) / n)
        bound = (share + z * z / (2 * n) - spread) / (1 + z * z / n) if ups else 0
        assert comment.best == pytest.approx(bound, abs=1e-12)


def test_many_good_votes_beat_a_single_one(client):
    article = make_article(slug="ferry")
    many, single, disputed = (write(article) for _number in range(3))
    for comment, ups, downs in ((many, 40, 2), (single, 1, 0), (disputed, 60, 50)):
        Comment.objects.filter(pk=comment.pk).update(ups=ups, downs=downs)
    html = client.get("/articles/ferry/comments/?sort=best").text
    assert shown(html) == [many.pk, disputed.pk, single.pk]


def test_removed_ones_never_spoil_the_count_of_replies(client, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=20, comments=60, thread=3))
    article = make_article(slug="ferry")
    root = write(article)
    replies = [write(article, in_reply_to=root) for _number in range(6)]
    remove(replies[0], by=make_moderator())
    html = client.get("/articles/ferry/comments/").text
    assert shown(html) == [root.pk, replies[1].pk, replies[2].pk]
    assert "Show 3 more replies" in html


def test_first_page_of_ten_thousand_is_small(client, django_assert_max_num_queries):
    article = make_article(slug="ferry")
    make_long_conversation(article, threads=500, replies=19)
    assert Comment.objects.count() == 10_000
    with django_assert_max_num_queries(14):
        html = client.get("/articles/ferry/").text
    assert len(shown(html)) == 20 * 11
    assert html.count("Show 9 more replies") == 20
    assert len(html.encode()) < 300_000


@pytest.mark.parametrize("sort", SORTS)
def test_threads_are_read_from_an_index(sort):
    make_long_conversation(make_article(), threads=3000)
    columns, comparison = reading.ORDERS[reading.Sort(sort)]
    order = ", ".join(f"{name} DESC" if comparison == "<" else name for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT id FROM comments_comment WHERE discussion_id = 1 AND parent_id IS NULL"
            f" AND public_at IS NOT NULL ORDER BY {order} LIMIT 20"
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan and "Sort" not in plan


def test_placeholder_reads_nothing_of_another_conversation(client, monkeypatch):
    make_long_conversation(make_article(), threads=1, replies=8000)
    Comment.objects.filter(level=1).update(in_reply_to=F("pk") - 1)
    make_long_conversation(make_article(slug="ferry"), threads=18, replies=4)
    first = Comment.objects.filter(level=0).latest("pk")
    Comment.objects.filter(pk=first.pk).update(status="removed", reason="spam")
    sent, real = [], reading.fetch
    monkeypatch.setattr(reading, "fetch", lambda *said: sent.append(said) or real(*said))
    assert 'class="tombstone"' in client.get("/articles/ferry/").text
    [page] = [said for said in sent if "CROSS JOIN LATERAL" in said[0]]
    with prepared_cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")  # as it is once prepared
        cursor.execute(f"EXPLAIN {page[0]}", page[1])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "SubPlan" in plan and "hashed" not in plan
