"""What stands at the head of a conversation, and where its links lead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.following import confirm, follow, stop
from comments.fragment import glance_of
from comments.glance import foreseen
from comments.models import Comment, Kind
from comments.moderating import hold, remove
from tests.builders import make_article, make_site, make_user
from tests.comments.builders import make_moderator, write

pytestmark = pytest.mark.django_db
PAGES = ["/articles/ferry/", "/articles/ferry/comments/"]
MOST_REACTED, HOTTEST = (
    f"/articles/ferry/comments/{name}/" for name in ("most-reacted", "hottest")
)


@pytest.fixture
def article():
    make_site(editions=("en", "de"))
    return make_article(slug="ferry")


def voted(comment: Comment, *, ups: int = 0, downs: int = 0) -> Comment:
    Comment.objects.filter(pk=comment.pk).update(ups=ups, downs=downs)
    return comment


def place(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 302 and "no-cache" in response.headers["Cache-Control"]
    return response.headers["Location"]


@pytest.mark.parametrize("address", PAGES)
def test_head_counts_comments_threads_people_and_followers(client, article, address):
    root = write(article, author=make_user())
    for _reply in range(2):
        write(article, in_reply_to=root, author=root.author)
    write(article)
    follow(article, kind=Kind.STORY, member=root.author)
    html = client.get(address).text
    for words in ("4 comments", "2 threads", "2 people", "1 follower"):
        assert f"<span>{words}</span>" in html


@pytest.mark.parametrize("address", PAGES)
def test_head_of_a_conversation_that_nobody_began_says_so_and_no_more(client, article, address):
    html = client.get(address).text
    assert "<span>0 comments</span>" in html
    for words in ("thread</span>", "threads</span>", "people</span>", "follower", "most-reacted"):
        assert words not in html


def test_only_confirmed_followers_count_and_each_once(client, article):
    root = write(article)
    asked = follow(article, kind=Kind.STORY, email="olu@readers.example")
    assert "follower" not in client.get("/articles/ferry/").text
    confirm(asked)
    confirm(follow(article, kind=Kind.BRANCH, email="Olu@readers.example", comment=root))
    assert "<span>1 follower</span>" in client.get("/articles/ferry/").text
    follow(article, kind=Kind.STORY, member=make_user())
    follow(make_article(), kind=Kind.STORY, member=make_user())
    assert "<span>2 followers</span>" in client.get("/articles/ferry/").text
    stop(asked.pk)
    assert "<span>2 followers</span>" in client.get("/articles/ferry/").text, "of a branch still"


def test_story_can_have_followers_before_anybody_writes(client, article):
    follow(article, kind=Kind.STORY, member=make_user())
    html = client.get("/articles/ferry/").text
    assert "<span>0 comments</span>" in html and "<span>1 follower</span>" in html


def test_most_reacted_comment_has_most_votes_for_or_against(client, article):
    root = voted(write(article), ups=3)
    disputed = voted(write(article, in_reply_to=root), ups=2, downs=2)
    write(article)
    assert place(client, MOST_REACTED) == f"/comments/{disputed.pk}/"
    voted(write(make_article()), ups=9)
    assert place(client, MOST_REACTED) == f"/comments/{disputed.pk}/", "another story's"


def test_of_several_most_reacted_comments_the_latest_is_shown(client, article):
    comments = [voted(write(article), ups=2) for _number in range(3)]
    assert place(client, MOST_REACTED) == f"/comments/{comments[-1].pk}/"


@pytest.mark.parametrize("verb", [hold, remove])
def test_comment_out_of_sight_is_never_the_most_reacted(client, article, verb):
    other, gone = voted(write(article), ups=1), voted(write(article), ups=9)
    assert place(client, MOST_REACTED) == f"/comments/{gone.pk}/"
    verb(gone, by=make_moderator())
    assert place(client, MOST_REACTED) == f"/comments/{other.pk}/"


def test_hottest_thread_has_most_public_replies(client, article):
    hot, other = write(article), write(article)
    replies = [write(article, in_reply_to=hot) for _number in range(2)]
    write(article, in_reply_to=other)
    assert place(client, HOTTEST) == f"/comments/{hot.pk}/"
    for reply in replies:
        remove(reply, by=make_moderator())
    assert place(client, HOTTEST) == f"/comments/{other.pk}/"


def test_of_several_hottest_threads_the_latest_is_shown(client, article):
    roots = [write(article) for _number in range(3)]
    for root in roots:
        write(article, in_reply_to=root)
    assert place(client, HOTTEST) == f"/comments/{roots[-1].pk}/"


@pytest.mark.parametrize("verb", [hold, remove])
def test_hottest_thread_whose_first_comment_is_gone_leads_to_its_place(client, article, verb):
    root = write(article, text="Buy my boats")
    reply = write(article, in_reply_to=root)
    verb(root, by=make_moderator())
    html = client.get(place(client, HOTTEST)).text
    assert "tombstone" in html and f'id="comment-{reply.pk}"' in html
    assert "Buy my boats" not in html and html.count("Ines Halloran") == 1


@pytest.mark.parametrize("address", [MOST_REACTED, HOTTEST])
def test_where_nobody_reacted_links_lead_to_the_conversation(client, article, address):
    assert place(client, address) == "/articles/ferry/comments/"
    write(article), write(article)
    assert place(client, address) == "/articles/ferry/comments/"


def test_links_are_offered_where_there_is_a_choice(client, article):
    write(article)
    assert HOTTEST not in client.get("/articles/ferry/").text
    write(article)
    html = client.get("/articles/ferry/").text
    assert f'href="{HOTTEST}"' in html and f'href="{MOST_REACTED}"' in html


def test_each_edition_leads_to_its_own_pages(client, article):
    make_article(story=article.story, language="de", slug="faehre")
    comment = voted(write(article), ups=1)
    german = "/de/articles/faehre/comments/"
    assert place(client, f"{german}most-reacted/") == f"/de/comments/{comment.pk}/"
    assert place(client, f"{german}hottest/") == german


@pytest.mark.parametrize("name", ["most-reacted", "hottest", "latest"])
@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nothing_is_said_below_an_article_that_is_not_live(client, name, status):
    make_article(slug="ferry", status=status)
    for slug in ("ferry", "nowhere"):
        assert client.get(f"/articles/{slug}/comments/{name}/").status_code == 404


@pytest.mark.parametrize("address", [MOST_REACTED, HOTTEST])
def test_links_are_only_followed(client, article, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 302


def test_head_costs_the_same_however_many_follow(client, article):
    write(article)
    client.get("/articles/ferry/")
    with CaptureQueriesContext(connection) as few:
        client.get("/articles/ferry/")
    for _number in range(5):
        follow(article, kind=Kind.STORY, member=make_user())
        write(article)
    with CaptureQueriesContext(connection) as many:
        client.get("/articles/ferry/")
    assert len(many) == len(few)


def test_what_the_request_knows_already_is_not_asked_ahead(rf, article):
    """A shell has been held against it, and does not fit any more."""
    request = rf.get("/articles/ferry/")
    assert foreseen(request, article)
    glance_of(request, article)
    assert foreseen(request, article) is None
    assert foreseen(request, make_article())
