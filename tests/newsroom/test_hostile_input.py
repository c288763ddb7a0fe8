"""The corpus of hostile input in every field of a reader and every output: it stays words."""

import json
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from comments.flagging import flag
from comments.following import follow
from comments.models import Kind, Notice
from comments.moderating import remove
from comments.noticing import link, receive
from comments.voting import Voter
from richtext.plain import plain_text
from tests.builders import make_article, make_colleague, make_user
from tests.comments.builders import make_guest, write
from tests.comments.post_office import work
from tests.newsroom.hostile import CORPUS
from tests.newsroom.hostile_readers import say_all, say_harmlessly
from tests.newsroom.structure import Structure, differences

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HEADERS = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To",
           "Date", "Message-ID", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post",
           "Auto-Submitted"}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.COMMENTS_PER_PREFIX = settings.FORMS_PER_PREFIX = 10_000
    settings.SEARCHES_PER_PREFIX = 10_000


def test_corpus_is_large_and_each_of_it_is_once():
    assert len(CORPUS) == len(set(CORPUS)) >= 150


def test_what_the_corpus_would_do_is_noticed():
    harmless = "<p>Words</p>"
    for broken in ("<p onclick=x>", '<a href="java\tscript:x">', "<script>", "<img src=x>",
                   "<p style=x>", '<a href="//evil.example">', "<div id=main>"):  # fmt: skip
        assert differences(broken, harmless), broken


def analyze():
    """As autovacuum would, which sees nothing of the test's transaction: a plan for the empty table
    that it saw reads all comments for each page of one."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment")


def test_conversation_holds_words_and_nothing_else(client):
    hostile, calm = make_article(slug="hostile"), make_article(slug="calm")
    comments = say_all(hostile)
    harmless = say_harmlessly(calm, len(comments))
    assert len(comments) > 300
    analyze()
    for query in ("", "comments/?show=all", "comments/?sort=best", "comments/?lang=en&show=all"):
        page, other = (client.get(f"/articles/{slug}/{query}") for slug in ("hostile", "calm"))
        assert page.status_code == other.status_code == 200
        assert differences(page.text, other.text) == [], query
        for data in SCRIPT.findall(page.text):
            assert "@context" in json.loads(data)
    for comment, other in zip(comments, harmless, strict=True):
        page, plain = (
            Structure(client.get(f"/comments/{each.pk}/").text) for each in (comment, other)
        )
        assert page.faults == [] and set(page.elements) <= set(plain.elements), comment
        assert page.elements["script"] == plain.elements["script"]
    latest = client.get("/articles/hostile/comments/latest/?since=2020-01-01T00:00:00%2B00:00")
    assert latest.status_code == 200 and Structure(latest.text).faults == []


def test_found_comments_and_questions_stay_words(client):
    say_all(make_article(slug="hostile"))
    for words in ("pwned", "evil", "script"):
        found = client.get("/search/", {"q": words, "in": "comments"})
        assert Structure(found.text).faults == []
    calm = client.get("/search/", {"q": "calm"}).text
    for vector in CORPUS:
        for place in ({}, {"in": "comments"}):
            answer = client.get("/search/", {"q": vector} | place)
            assert answer.status_code in (200, 400, 422), vector
            page, plain = Structure(answer.text), Structure(calm)
            assert page.faults == [] and page.elements["script"] == plain.elements["script"], vector


def test_refused_forms_give_back_words():
    article = make_article(slug="hostile")
    comment = write(article)
    forms = {
        "/articles/hostile/comment/": ({"email": "nobody"}, ("name", "text", "exact", "before")),
        f"/comments/{comment.pk}/reply/": ({"email": "nobody"}, ("name", "text")),
        f"/comments/{comment.pk}/flag/": ({"reason": "none"}, ("text",)),
        "/moderation/notice/": ({"email": "nobody"}, ("address", "why", "name")),
        "/accounts/login/": ({"password": "x"}, ("login",)),
        "/accounts/signup/": ({"email": "nobody"}, ("username",)),
    }
    for path, (wrong, fields) in forms.items():
        plain = Structure(Client().post(path, wrong | dict.fromkeys(fields, "word")).text)
        for vector in CORPUS:
            answer = Client().post(path, wrong | dict.fromkeys(fields, vector))
            assert answer.status_code in (200, 404, 422, 429), (path, vector)
            page = Structure(answer.text)
            assert page.faults == [], (path, vector)
            for tag in ("script", "img", "iframe", "svg", "style", "base", "form", "button"):
                assert page.elements[tag] <= plain.elements[tag], (path, vector, tag)


def test_preview_holds_words_and_nothing_else(client):
    for vector in CORPUS:
        answer = client.post("/comments/preview/", {"text": vector})
        page = Structure(answer.text)
        assert page.faults == [] and set(page.elements) <= {"div"}, vector


def test_desk_holds_words_and_nothing_else(client):
    article, chief = make_article(slug="hostile"), make_colleague("chief")
    comments, harmless = say_all(article), say_harmlessly(make_article(slug="calm"), 60)
    client.force_login(chief)
    words = [vector for vector in CORPUS if is_plain(vector)]
    assert len(words) > 200
    for place, (comment, vector) in enumerate(zip(comments, words, strict=False)):
        flag(comment, by=Voter(guest_id=make_guest().id), reason="other", text=vector)
        if place % 2:
            remove(comment, by=make_colleague("moderator", username=f"m{place}"), note="Words")
    notices = [notice(vector) for vector in words]
    lists = ("comment", "comment/queue/reported", "comment/queue/approved",
             "comment/queue/rejected", "flag", "notice")  # fmt: skip
    allowed = Structure(client.get(f"/admin/comments/comment/{harmless[0].pk}/change/").text)
    for name in lists:
        answer = client.get(f"/admin/comments/{name}/")
        assert answer.status_code == 200, name
        check_desk(answer.text, allowed)
    for comment in comments[::3]:
        check_desk(client.get(f"/admin/comments/comment/{comment.pk}/change/").text, allowed)
    for given in notices[::3]:
        check_desk(client.get(f"/admin/comments/notice/{given.pk}/change/").text, allowed)
        assert Structure(client.get(link(given)).text).faults == []


def is_plain(vector: str) -> bool:
    """Whether a form for plain text takes it."""
    try:
        plain_text(vector)
    except ValidationError:
        return False
    return True


def check_desk(html: str, allowed: Structure) -> None:
    page = Structure(html)
    assert page.faults == []
    for tag in ("iframe", "style", "base", "object", "embed", "math", "video", "audio", "marquee"):
        assert page.elements[tag] <= allowed.elements[tag], tag
    assert "pwned()</script>" not in html


def notice(vector: str) -> Notice:
    given = Notice(address=f"/articles/hostile/?{vector}"[:500], why=vector, name=vector[:80],
                   email="reader@tides.example", language="en")  # fmt: skip
    return receive(given)


def test_mails_are_to_whom_they_should_and_hold_words():
    article, member = make_article(slug="hostile"), make_user(username="wilma")
    follow(article, kind=Kind.STORY, member=member)
    say_all(article)
    work()
    assert len(mail.outbox) > 100
    for sent in mail.outbox:
        message = sent.message()
        assert set(message.keys()) <= HEADERS, message.keys()
        assert not re.search(r"[\r\n](?![ \t])", str(message["Subject"]))
        assert all("evil.example" not in address for address in sent.recipients())
        for part in message.walk():
            if part.get_content_type() == "text/html":
                html = part.get_payload(decode=True).decode()
                assert Structure(html).faults == []
