"""What readers may not see of a conversation is in no output of the site, whichever they ask."""

import json
import re
from itertools import product

import pytest
from django.core import mail
from django.test import Client

from articles.models import Role
from comments.editing import edit, erase
from comments.flagging import flag
from comments.following import follow
from comments.models import Comment, Discussion, Frequency, Kind, Passage
from comments.moderating import hold, reject_spam, remove
from comments.notifying import send_digests
from comments.voting import Voter, vote
from operations.clock import database_now
from tests.builders import make_article, make_colleague, make_contributor, make_site, make_user
from tests.comments.builders import make_guest, make_quote, write
from tests.comments.post_office import work
from tests.newsroom.crawling import addresses
from tests.newsroom.test_hostile_input import SCRIPT

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EDITIONS = ("en", "de")
HIDE = {
    "held": hold,
    "removed": remove,
    "spam": reject_spam,
    "erased": lambda comment, by: erase(comment, by=Voter(guest_id=comment.guest_id)),
}
SECRET = re.compile("zq(thread|quot|reply|earlier|later|writer|answered)", re.IGNORECASE)
QUERIES = ("", "?show=all", "?sort=best&show=all", "?sort=votes", "?show=inline", "?show=picks",
           "?lang=de", "?show=new&since=2020-01-01T00:00:00Z", "?thread={thread}",
           "?passage={passage}")  # fmt: skip


def tell_secrets(article, name: str) -> list[Comment]:
    """A thread, a quotation, a reply, and one with an answer and an earlier text."""
    shown = write(article, text="Everybody may read this.")
    said = [
        write(article, text=f"zqthread{name}", guest=make_guest(name=f"Zqwriter {name}")),
        make_quote(article, text=f"zqquote{name}", guest=make_guest(name=f"Zqquoter {name}")),
        write(article, text=f"zqreply{name}", in_reply_to=shown),
        write(article, text=f"zqearlier{name}", guest=make_guest(name=f"Zqanswered {name}")),
    ]
    answer = write(article, text="An answer that stays.", in_reply_to=said[-1])
    writer = Voter(guest_id=said[-1].guest_id)
    edit(said[-1], text=f"zqlater{name}", by=writer, now=database_now())
    for comment in said:
        vote(Comment.objects.select_related("discussion").get(pk=comment.pk),
             voter=Voter(guest_id=make_guest().id), value=1)  # fmt: skip
    assert answer.is_public
    return said


@pytest.fixture
def article():
    make_site(editions=EDITIONS)
    byline = [(make_contributor(slug="maren", user=make_user(username="maren")), Role.REPORTER)]
    article = make_article(slug="ferry", byline=byline)
    make_article(slug="faehre", language="de", story=article.story)
    for frequency in (Frequency.NOW, Frequency.DAILY):
        follow(article, kind=Kind.STORY, member=make_user(), frequency=frequency)
    return article


@pytest.fixture(params=HIDE)
def hidden(request, article):
    """What was said below it is hidden but for an answer, in one of the ways."""
    moderator = make_colleague("moderator")
    for comment in tell_secrets(article, request.param):
        HIDE[request.param](Comment.objects.get(pk=comment.pk), by=moderator)


def outputs() -> list[str]:
    """Every public address with all that is there, and all that readers may add to it."""
    numbers = [comment.pk for comment in Comment.objects.all()]
    passages = [passage.pk for passage in Passage.objects.all()]
    known = {"articles": ["ferry", "faehre"], "contributors": ["maren"], "sections": ["harbour"],
             "topics": [], "pages": [], "pk": [*numbers, *passages], "language": EDITIONS,
             "kind": ["rss", "atom", "json"], "number": [0, 1], "token": ["x"],
             "year": [f"{database_now():%Y}"], "month": [f"{database_now():%m}"]}  # fmt: skip
    given = {"thread": numbers[1], "passage": (passages or [1])[0]}
    talks = ["/articles/ferry/comments/", "/de/articles/faehre/comments/"]
    asked = [f"{talk}{query.format(**given)}" for talk in talks for query in QUERIES]
    asked += [f"{talk}latest/?since=2020-01-01T00:00:00Z" for talk in talks]
    asked += [f"/search/?q={word}&in=comments" for word in ("secret", "ferry", "everybody")]
    return [*addresses(known, EDITIONS), *asked, "/me/overlay/?article=ferry", "/me/comments/"]


def telling(*readers: Client) -> tuple[set[str], int]:
    """Which addresses tell a secret, and how many were read."""
    told, read = set(), 0
    for address, reader in product(outputs(), readers):
        answer = reader.get(address, follow=True)
        content = b"".join(answer) if answer.streaming else answer.content
        if SECRET.search(f"{answer.headers}{content!r}"):
            told.add(address)
        read += answer.status_code == 200
    return told, read


@pytest.mark.usefixtures("hidden")
def test_hidden_words_and_names_are_in_no_output(client):
    stranger = Client()
    stranger.force_login(make_user())
    told, read = telling(client, stranger)
    assert told == set() and read > 80


def test_same_look_finds_what_is_shown(client, article):
    tell_secrets(article, "shown")
    told, _read = telling(client)
    assert len(told) > 12 and {"/articles/ferry/", "/de/articles/faehre/comments/"} <= told


@pytest.mark.usefixtures("hidden")
def test_search_finds_none_of_them(client):
    for secret in ("thread", "quote", "reply", "earlier", "later", "writer"):
        for name in HIDE:
            page = client.get("/search/", {"q": f"zq{secret}{name}", "in": "comments"}).text
            assert "Nothing was found" in page


@pytest.mark.usefixtures("hidden")
def test_all_counts_are_of_what_is_shown(client):
    shown = Comment.objects.public().count()
    discussion = Discussion.objects.get()
    assert (discussion.comment_count, discussion.thread_count, shown) == (2, 1, 2)
    page = client.get("/articles/ferry/comments/").text
    nodes = [node for data in SCRIPT.findall(page) for node in json.loads(data)["@graph"]]
    assert {node["commentCount"] for node in nodes if "commentCount" in node} == {2}
    assert "2 comments" in client.get("/").text
    latest = "/articles/ferry/comments/latest/?since=2020-01-01T00:00:00Z"
    assert client.get(latest).json()["count"] == 2


@pytest.mark.usefixtures("hidden")
def test_nothing_of_them_is_mailed():
    flag(Comment.objects.public().first(), by=Voter(make_user()), reason="abuse")
    work()
    send_digests(Frequency.DAILY)
    work()
    assert len(mail.outbox) > 0 or not Comment.objects.filter(status="removed").exists()
    for sent in mail.outbox:
        assert not SECRET.search(f"{sent.subject} {sent.body}"), sent.subject
