"""An article's page after something was written: its shell, with its conversation made anew."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import withdraw
from comments.editing import edit, erase
from comments.fragment import EVER
from comments.marking import close_branch, pick, pin
from comments.models import Discussion
from comments.moderating import approve, hold, remove
from comments.voting import Voter, vote
from pagecache.drops import drop
from tests.comments.builders import make_question, make_quote, typed, write
from tests.newsroom.shells import (
    AFTER_A_COMMENT,
    AFTER_ANYTHING,
    FAEHRE,
    FERRY,
    IN_A_SHELL,
    asked,
    make_talk,
)
from tests.pagecache.builders import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(serving):
    return make_talk()


@pytest.fixture
def act(paper, django_capture_on_commit_callbacks):
    def does(verb, *given, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*given, **named)

    return does


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


def rename(p):
    Article.objects.filter(pk=p.article.pk).update(headline="Lamps at dusk")
    drop(*p.article.tags)


def set_to(**fields):
    """What the desk sets for the conversation, without the drop that goes with it."""
    return lambda p: Discussion.objects.filter(pk=p.talk.pk).update(**fields)


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
    "take such an answer away": lambda p: remove(p.comment, by=p.chief, reason="abuse"),
    "quote the text": lambda p: make_quote(p.article),
    "ask about the text": lambda p: make_question(p.article, exact="on Tuesday"),
    "change the article": rename,
    "withdraw its translation": lambda p: withdraw(p.german, by=p.chief),
    "close": set_to(policy="closed"),
    "close by the hour": set_to(closes_after_days=1, closes_at=EVER),
    "let members alone write": set_to(policy="members"),
    "slow down": set_to(slow_seconds=60),
    "invite": set_to(invites=True),
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


def test_each_edition_and_each_order_is_itself(cache, paper):
    for address in (FERRY, FAEHRE, f"{FERRY}?sort=oldest", f"{FAEHRE}?lang=de"):
        in_shell, _queries = asked(cache, address, cookie=AFTER_A_COMMENT)
        assert in_shell == asked(cache, address, cookie=AFTER_ANYTHING)[0]
    for order in ("?sort=best", "?lang=tr", ""):  # in Turkish nobody has said anything
        _page, queries = asked(cache, FERRY + order, cookie=AFTER_A_COMMENT)
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
