"""An article's page after something was written: its shell, with its conversation made anew."""

import time
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import views
from articles.models import Article
from articles.publishing import withdraw
from comments.editing import edit, erase
from comments.marking import close_branch, pick, pin
from comments.models import Discussion
from comments.moderating import approve, hold, remove
from comments.voting import Voter, vote
from pagecache import running, wsgi
from pagecache.drops import drop
from tests.builders import make_colleague, make_user
from tests.comments.builders import make_question, make_quote, typed, write
from tests.newsroom.public_pages import make_paper
from tests.pagecache.builders import Answer, Clock

pytestmark = pytest.mark.django_db
FERRY, FAEHRE = "/articles/ferry/", "/de/articles/faehre/"
IN_A_SHELL = 4  # queries: the conversation at a glance, the settings, the time, the comments
AFTER_A_COMMENT, AFTER_ANYTHING = "fresh=parts", "fresh=1"


@pytest.fixture
def paper(cache, monkeypatch):
    """A translated story in two editions with a conversation, while this process serves pages."""
    comment = make_paper()
    monkeypatch.setattr(running, "store", cache.store)
    article, priya = Article.objects.get(slug="ferry"), make_user(username="priya")
    held, chief = write(article), make_colleague("chief")
    hold(held, by=chief)
    return SimpleNamespace(
        article=article,
        german=Article.objects.get(slug="faehre"),
        comment=comment,
        own=write(article, author=priya),
        held=held,
        writer=Voter(user=priya),
        chief=chief,
        talk=Discussion.objects.get(story=article.story_id),
    )


@pytest.fixture
def act(paper, django_capture_on_commit_callbacks):
    def does(verb, *given, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*given, **named)

    return does


def asked(cache, address=FERRY, *, cookie=""):
    """The page, and the queries that it took."""
    with CaptureQueriesContext(connection) as captured:
        answer = Answer(cache, address, cookie=cookie)
    assert answer.status == 200
    return answer.body.decode(), len(captured)


def sent(cache, address, fields, *, cookie=""):
    """The headers of the answer to a form of ours."""
    body, told = urlencode(fields).encode(), {}
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "localhost",
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
    }

    def start(status, headers, exc_info=None):
        told.update({"status": status, **dict(reversed(headers))})
        told["Set-Cookie"] = next(
            value for name, value in headers if name == "Set-Cookie" and "fresh" in value
        )

    cache(environ, start)
    return told


def change(p):
    edit(p.own, text="Earlier than ever.", by=p.writer, now=timezone.now())


def close_story(p):
    Discussion.objects.filter(pk=p.talk.pk).update(policy="closed")
    drop(p.talk.tag)


def rename(p):
    Article.objects.filter(pk=p.article.pk).update(headline="Lamps at dusk")
    drop(*p.article.tags)


IN_THE_CONVERSATION = {
    "post": lambda p: write(p.article, text="A new voice."),
    "reply": lambda p: write(p.article, in_reply_to=p.own),
    "vote": lambda p: vote(p.own, voter=Voter(user=p.chief), value=1),
    "hold": lambda p: hold(p.own, by=p.chief),
    "approve": lambda p: approve(p.held, by=p.chief),
    "remove": lambda p: remove(p.own, by=p.chief, reason="abuse"),
    "edit": change,
    "erase": lambda p: erase(p.own, by=p.writer),
    "pick": lambda p: pick(p.own, by=p.chief, note="Well said"),
    "pin": lambda p: pin(p.own, by=p.chief),
    "close a branch": lambda p: close_branch(p.own, by=p.chief),
}
AROUND_IT = {
    "answer what is asked in the text": lambda p: write(p.article, passage=p.comment.passage),
    "quote the text": lambda p: make_quote(p.article),
    "close the conversation": close_story,
    "ask about the text": lambda p: make_question(p.article, exact="on Tuesday"),
    "change the article": rename,
    "withdraw its translation": lambda p: withdraw(p.german, by=p.chief),
}


@pytest.mark.parametrize("name", [*IN_THE_CONVERSATION, *AROUND_IT])
def test_page_in_a_shell_is_the_page_made_anew(cache, paper, act, name):
    before, _queries = asked(cache)
    act((IN_THE_CONVERSATION | AROUND_IT)[name], paper)
    others, _queries = asked(cache, cookie=AFTER_A_COMMENT)
    anew, _queries = asked(cache, cookie=AFTER_ANYTHING)
    assert others == anew != before


@pytest.mark.parametrize("name", IN_THE_CONVERSATION)
def test_what_is_said_leaves_the_shell(cache, paper, act, name):
    asked(cache)
    act(IN_THE_CONVERSATION[name], paper)
    _page, queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert queries == IN_A_SHELL


@pytest.mark.parametrize("name", AROUND_IT)
def test_what_the_text_shows_of_it_wants_another_shell(cache, paper, act, name):
    asked(cache)
    act(AROUND_IT[name], paper)
    _page, queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert queries > IN_A_SHELL
    _page, queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert queries == IN_A_SHELL


def test_conversation_closes_by_itself_at_its_moment(cache, paper):
    Discussion.objects.filter(pk=paper.talk.pk).update(
        closes_at=timezone.now() + timedelta(seconds=1.5)
    )
    opened, _queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert "reply-form" in opened
    time.sleep(1.6)
    closed, _queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert "reply-form" not in closed and closed == asked(cache, cookie=AFTER_ANYTHING)[0]


def test_each_edition_and_each_order_is_itself(cache, paper):
    for address in (FERRY, FAEHRE, f"{FERRY}?sort=oldest", f"{FAEHRE}?lang=de"):
        in_shell, _queries = asked(cache, address, cookie=AFTER_A_COMMENT)
        assert in_shell == asked(cache, address, cookie=AFTER_ANYTHING)[0]
    _page, queries = asked(cache, f"{FERRY}?sort=best", cookie=AFTER_A_COMMENT)
    assert queries == IN_A_SHELL


def test_unknown_order_is_404_in_a_shell_too(cache, paper):
    asked(cache)
    assert Answer(cache, f"{FERRY}?sort=funniest").status == 404


def test_writer_finds_the_notice_in_the_shell(cache, paper):
    asked(cache)
    page, queries = asked(cache, f"{FERRY}?posted={paper.held.pk}", cookie=AFTER_A_COMMENT)
    assert 'id="posted"' in page and queries == IN_A_SHELL + 1
    assert 'id="posted"' not in asked(cache)[0]


def test_who_publishes_is_shown_no_shell(cache, paper):
    """Another process has not heard of it yet."""
    asked(cache)
    Article.objects.filter(pk=paper.article.pk).update(headline="Lamps at dusk")
    assert "Lamps at dusk" not in asked(cache, cookie=AFTER_A_COMMENT)[0]
    assert "Lamps at dusk" in asked(cache, cookie=AFTER_ANYTHING)[0]
    assert "Lamps at dusk" in asked(cache, cookie=AFTER_A_COMMENT)[0]


@pytest.mark.parametrize("what", ["comment", "vote"])
def test_who_speaks_is_shown_shells(cache, paper, what):
    address, fields = {
        "comment": (f"{FERRY}comment/", typed()),
        "vote": (f"/comments/{paper.comment.pk}/vote/", {"value": "1"}),
    }[what]
    assert sent(cache, address, fields)["Set-Cookie"].startswith("fresh=parts;")
    known = sent(cache, address, fields, cookie=AFTER_ANYTHING)
    assert known["Set-Cookie"].startswith("fresh=1;")  # it publishes, too


def test_nothing_is_found_while_drops_pass_by(cache, paper):
    asked(cache)
    cache.listener.hears = False
    _page, queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert queries > IN_A_SHELL


def test_figures_around_it_are_half_a_minute_old_at_most(cache, paper, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(wsgi, "time", clock)
    asked(cache)
    clock.now += 20
    in_shell = Answer(cache, FERRY, cookie=AFTER_A_COMMENT)
    clock.now += 9.9
    assert Answer(cache, FERRY).how == "hit"
    clock.now += 0.2
    assert Answer(cache, FERRY).how == "miss"
    assert in_shell.status == 200


def test_shell_that_was_overtaken_is_not_kept(cache, paper, monkeypatch):
    def overtaken(*given):
        running.drop([paper.article.tag])
        return render_to_string(*given)

    monkeypatch.setattr(views, "render_to_string", overtaken)
    asked(cache)
    assert len(cache.store) == 0


def test_shell_counts_in_the_bytes_of_the_store(cache, paper):
    page, _queries = asked(cache)
    assert len(cache.store) == 2
    assert cache.store.bytes > len(page) * 3 // 2 + len(page) // 2
