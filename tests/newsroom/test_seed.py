"""A seeded newsroom is sound, opens, and goes on like any other."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Max
from django.test import override_settings

from articles.models import Article
from comments.checking import check_trees
from comments.models import Comment, Discussion, Participant, Status, Vote
from comments.tree import DEEPEST, NewThread
from newsroom.seeding.talks import shares
from tests.builders import make_article, make_site
from tests.comments.builders import write

pytestmark = pytest.mark.django_db


def seed(**wanted):
    call_command("seed", **{"verbosity": 0, "articles": 12, "comments": 600, **wanted})


def index_names():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = 'comments_comment' UNION ALL"
            " SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'comments_comment'::regclass ORDER BY 1"
        )
        return cursor.fetchall()


def test_there_is_as_much_as_was_asked_for():
    seed(stories_with_comments=3, votes=500)
    assert Article.objects.count() == 12
    assert Comment.objects.count() == 600
    assert Discussion.objects.count() == 3
    assert Vote.objects.count() == 500
    assert check_trees() == []


def test_seeding_twice_keeps_everything_sound():
    seed(votes=50)
    seed(votes=50)
    assert (Comment.objects.count(), Vote.objects.count()) == (1200, 100)
    assert check_trees() == []


def test_comments_are_like_those_of_readers():
    make_site(editions=("en", "de"))
    seed(stories_with_comments=12, comments=3000)
    assert Comment.objects.aggregate(deepest=Max("level"))["deepest"] == DEEPEST
    assert Comment.objects.filter(in_reply_to__isnull=False).exclude(parent=None).exists()
    assert set(Comment.objects.values_list("status", flat=True)) >= {Status.PUBLIC, Status.REMOVED}
    assert Participant.objects.filter(writer__startswith="member:").exists()
    assert set(Comment.objects.values_list("language", flat=True)) == {"en", "de"}
    hottest = Comment.objects.order_by("-reply_count").values_list("reply_count", flat=True)[0]
    assert hottest > 100


def test_nobody_held_was_answered_or_voted_for():
    seed(comments=3000, votes=3000)
    held = Comment.objects.filter(status=Status.HELD)
    assert held.exists()
    assert not held.exclude(ups=0, downs=0).exists()
    assert not Comment.objects.filter(in_reply_to__in=held).exists()


def test_indexes_and_keys_are_what_they_were():
    before = index_names()
    seed()
    assert index_names() == before


def test_pages_open(client):
    seed(stories_with_comments=1)
    discussion = Discussion.objects.get()
    article = Article.objects.get(story=discussion.story_id, language="en")
    page = client.get(article.get_absolute_url()).text
    assert article.headline in client.get(f"{article.get_absolute_url()}comments/").text
    assert page.count('class="comment"') >= 20
    for address in ("/", f"/comments/{Comment.objects.public().last().pk}/"):
        assert client.get(address).status_code == 200
    assert re.findall(r'href="(/articles/[^"]+)"', client.get("/").text)


def test_posting_goes_on_after_it():
    seed(stories_with_comments=1)
    discussion = Discussion.objects.get()
    article = Article.objects.filter(story=discussion.story_id).first()
    hot = Comment.objects.public().filter(discussion=discussion, level=0).order_by("-reply_count")
    reply = write(article, in_reply_to=hot.first())
    write(article, in_reply_to=reply)
    write(article)
    write(make_article())
    assert check_trees() == []


def test_it_says_how_far_it_is():
    said = StringIO()
    call_command("seed", articles=2, comments=30, stdout=said)
    assert "comments: 30 of 30" in said.getvalue()


@pytest.mark.parametrize(
    "impossible",
    [
        {"articles": 0},
        {"comments": 0, "votes": 9},
        {"stories_with_comments": 0},
        {"comments": 5, "stories_with_comments": 6},
    ],
)
def test_what_cannot_be_is_refused(impossible):
    with pytest.raises(CommandError, match=r"need|below|for"):
        seed(**impossible)
    assert not Article.objects.exists()


@override_settings(IS_LOCAL=False)
def test_public_site_is_seeded_only_on_demand():
    with pytest.raises(CommandError, match="public site"):
        seed()
    seed(yes=True)
    assert Article.objects.count() == 12


def test_shares_add_up_and_the_first_is_the_largest():
    assert shares(100, 4) == [48, 24, 16, 12]
    assert sum(shares(7, 20)) == 7


def test_new_thread_gives_the_places_that_insert_node_gives():
    article, thread = make_article(), NewThread()
    written = [write(article)]
    for answered in (0, 0, 1, 3, 4, 5, 6, 5, 2):
        place = thread.add(answered)
        comment = write(article, in_reply_to=written[answered])
        written.append(comment)
        assert (place.level, place.lft, place.rght) == (comment.level, comment.lft, comment.rght)
        assert written[place.parent].pk == comment.parent_id


def test_full_thread_says_so(monkeypatch):
    monkeypatch.setattr("comments.tree.WIDTHS", (8, 5, 4, 3, 2))
    thread = NewThread()
    thread.add(0)
    with pytest.raises(ValueError, match="full"):
        thread.add(0)
