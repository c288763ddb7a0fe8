"""A conversation's page of what is new since a time: `?show=new&since=`."""

import re
from datetime import timedelta

import pytest

from comments import reading
from comments.models import Comment
from comments.moderating import hold, remove
from comments.reading import Size
from operations.clock import database_now
from tests.builders import make_article, make_site
from tests.comments.builders import make_moderator, write
from tests.comments.pages import link, shown, walk

pytestmark = pytest.mark.django_db
PAGE = "/articles/ferry/comments/"


@pytest.fixture
def article():
    make_site(editions=("en", "de"))
    return make_article(slug="ferry")


@pytest.fixture
def root(article):
    """What the reader has seen already: a thread, and one more."""
    write(article)
    return write(article, text="Who will write the logbook?")


def new(client, since, **query: str) -> str:
    address = {"show": "new", "since": since if isinstance(since, str) else since.isoformat()}
    response = client.get(PAGE, {**address, **query})
    assert response.status_code == 200
    return response.text


def marked(html: str) -> list[int]:
    """The ids of the comments that are marked as new."""
    heads = re.findall(r'id="comment-(\d+)">\n<header(.*?)</header>', html)
    return [int(pk) for pk, head in heads if '<span class="comment-new">new</span>' in head]


def test_page_shows_new_threads_alone_and_marks_them(client, article, root):
    later = [write(article), write(article)]
    html = new(client, root.public_at)
    assert shown(html) == marked(html) == [later[1].pk, later[0].pk]


def test_new_reply_comes_with_what_it_answers_and_is_marked_alone(client, article, root):
    first = write(article, in_reply_to=root)
    since = first.public_at
    answer = write(article, in_reply_to=first)
    write(article, in_reply_to=root)
    last = write(article, in_reply_to=answer)
    Comment.objects.filter(level=1).exclude(pk=first.pk).update(public_at=since)
    html = new(client, since)
    assert shown(html) == [root.pk, first.pk, answer.pk, last.pk]
    assert "Who will write the logbook?" in html
    assert marked(html) == [answer.pk, last.pk]


def test_time_itself_is_not_new(client, article, root):
    assert shown(new(client, root.public_at)) == []
    assert shown(new(client, root.public_at - timedelta(microseconds=1))) == [root.pk]


def test_nothing_new_is_said_and_leads_back(client, root):
    html = new(client, root.public_at)
    assert "There is nothing of this kind." in html
    assert f'<a href="{PAGE}">The conversation from its start</a>' in html
    assert marked(html) == []


def test_filter_names_itself_and_keeps_the_way_to_all(client, article, root):
    html = new(client, root.public_at)
    assert '<a href="" aria-current="true">New since your last visit</a>' in html
    assert f'<a href="{PAGE}?sort=newest#conversation">All comments</a>' in html
    assert "New since your last visit" not in client.get(PAGE).text


@pytest.mark.parametrize("verb", [hold, remove])
def test_comment_out_of_sight_is_not_new(client, article, root, verb):
    later = write(article, text="Buy my boats")
    assert shown(new(client, root.public_at)) == [later.pk]
    verb(later, by=make_moderator())
    assert shown(new(client, root.public_at)) == []


def test_reply_below_a_removed_comment_comes_with_its_tombstone(client, article, root):
    reply = write(article, in_reply_to=root)
    remove(root, by=make_moderator())
    html = new(client, reply.public_at - timedelta(microseconds=1))
    assert shown(html) == [root.pk, reply.pk]
    assert "This comment was removed." in html and marked(html) == [reply.pk]


@pytest.mark.slow
@pytest.mark.parametrize("sort", ["newest", "oldest", "most-voted", "best"])
def test_pages_of_what_is_new_show_each_once(client, article, root, monkeypatch, sort):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=2, comments=9, thread=3))
    later = [write(article) for _number in range(7)]
    address = f"{PAGE}?show=new&sort={sort}&since={root.public_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    seen = walk(client, address)
    assert sorted(seen) == [comment.pk for comment in later]


def test_next_page_marks_what_is_new_too(client, article, root, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=2, comments=9, thread=3))
    first, *others = [write(article).pk for _number in range(3)]
    html = new(client, root.public_at)
    more = link(html, "more-comments")
    assert marked(html) == others[::-1] and "show=new" in more and "since=" in more
    assert marked(client.get(more).text) == [first]


def test_order_and_language_can_be_chosen_of_what_is_new(client, article, root):
    german = make_article(story=article.story, language="de", slug="faehre")
    first, second = write(article), write(german)
    assert shown(new(client, root.public_at, sort="oldest")) == [first.pk, second.pk]
    html = new(client, root.public_at, lang="de")
    assert shown(html) == [second.pk]
    since = root.public_at.isoformat().replace(":", "%3A").replace("+", "%2B")
    assert f"?show=new&amp;since={since}&amp;sort=newest&amp;lang=all#" in html
    assert f"?lang=de&amp;show=new&amp;since={since}&amp;sort=oldest#" in html


def test_any_zone_names_the_same_moment(client, article, root):
    later = write(article)
    local = root.public_at.astimezone(tz=None).isoformat()
    zulu = root.public_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for since in (local, zulu):
        assert shown(new(client, since)) == [later.pk]


@pytest.mark.parametrize(
    "query",
    [
        "show=new",
        "show=new&since=",
        "show=new&since=yesterday",
        "show=new&since=2026-11-24",
        "show=new&since=2026-11-24T10:00:00",
        "show=new&since=2026-11-24T10:00:00 01:00",
        "show=new&since=0001-01-01T00:00:00%2B14:00",
        "show=inline&since=2026-11-24T10:00:00Z",
        "since=2026-11-24T10:00:00Z",
        "show=New&since=2026-11-24T10:00:00Z",
    ],
)
def test_filter_that_makes_no_sense_is_not_found(client, root, query):
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 404
    assert "This page of the conversation does not exist" in response.text
    assert client.get(f"{PAGE}?show=new&since=2026-11-24T10:00:00Z").status_code == 200


def test_cursor_of_another_order_is_not_found(client, article, root, monkeypatch):
    monkeypatch.setattr(reading, "FIRST_REPLIES", Size(threads=1, comments=9, thread=3))
    write(article), write(article)
    more = link(new(client, root.public_at), "more-comments")
    assert client.get(more).status_code == 200
    assert client.get(more.replace("newest", "oldest")).status_code == 404
    assert client.get(more + "x").status_code == 404


def test_below_the_article_only_order_and_language_are_asked_for(client, article, root):
    html = client.get(f"/articles/ferry/?show=new&since={database_now():%Y-%m-%dT%H:%M:%SZ}").text
    assert len(shown(html)) == Comment.objects.count() == 2
