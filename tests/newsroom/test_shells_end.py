"""How long the shell of an article's page is used, and what takes it and its page away."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from articles import views
from comments.models import Comment
from newsroom import middleware
from pagecache import running
from tests.newsroom.shells import (
    AFTER_A_COMMENT,
    AFTER_ANYTHING,
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


def is_in_shell(cache):
    return asked(cache, cookie=AFTER_A_COMMENT)[1] == IN_A_SHELL


def test_page_hangs_on_the_same_with_and_without_a_shell(cache, paper):
    def tags():
        [page] = [each for each in cache.store._pages.values() if hasattr(each, "body")]
        return page.tags

    asked(cache, cookie=AFTER_ANYTHING)
    anew, shell = tags(), cache.store.get(("shell", FERRY))
    assert is_in_shell(cache) and tags() == anew
    assert {paper.article.tag, paper.talk.tag, "site"} < anew
    assert shell.tags == anew - {paper.talk.tag}


@pytest.mark.parametrize("what", ["story", "headline", "site"])
def test_shell_falls_with_all_that_it_shows(cache, paper, what):
    article = paper.article
    tags = {"story": article.tag, "headline": f"series:{article.story.series_id}", "site": "site"}
    asked(cache)
    running.drop([tags[what]])
    assert len(cache.store) == 0


def test_shell_stays_where_its_page_falls_with_the_conversation(cache, paper):
    asked(cache)
    running.drop([paper.talk.tag])
    assert len(cache.store) == 1 and is_in_shell(cache)


def test_shell_that_news_concerns_is_not_used(cache, paper):
    asked(cache)
    running.soften([paper.article.tag])
    assert not is_in_shell(cache)


@pytest.mark.parametrize(
    "address",
    [
        FERRY,
        f"{FERRY}comments/",
        f"{FERRY}comments/latest/",
        f"{FERRY}passages/",
        "/comments/{pk}/",
        "/comments/{pk}/history/",
    ],
)
def test_page_that_shows_comments_falls_with_them(cache, paper, address):
    Comment.objects.filter(pk=paper.own.pk).update(has_history=True)
    address = address.format(pk=paper.own.pk)
    assert [Answer(cache, address).how for _twice in range(2)] == ["miss", "hit"]
    running.drop([paper.talk.tag])
    assert Answer(cache, address).how == "miss"


def test_nothing_outlives_its_moment_in_a_shell(cache, paper, clock, monkeypatch):
    monkeypatch.setattr(middleware, "page_ends_at", lambda now: now + timedelta(seconds=5))
    asked(cache)
    clock.now += 3
    running.drop([paper.talk.tag])
    assert asked(cache)[1] == IN_A_SHELL
    clock.now += 2.1
    assert asked(cache)[1] > IN_A_SHELL


def test_nothing_is_found_while_drops_pass_by(cache, paper):
    asked(cache)
    cache.listener.hears = False
    _page, queries = asked(cache, cookie=AFTER_A_COMMENT)
    assert queries > IN_A_SHELL


def test_figures_around_it_are_half_a_minute_old_at_most(cache, paper, clock):
    asked(cache)
    clock.now += 20
    assert is_in_shell(cache)
    clock.now += 9.9
    assert is_in_shell(cache) and Answer(cache, FERRY).how == "hit"
    clock.now += 0.2
    assert Answer(cache, FERRY).how == "miss"


def test_old_shell_is_not_found(cache, paper, clock):
    asked(cache)
    clock.now += 30.1
    assert not is_in_shell(cache)


def test_shell_that_was_overtaken_is_not_kept(cache, paper, monkeypatch):
    def overtaken(*given):
        running.drop([paper.article.tag])
        return render_to_string(*given)

    monkeypatch.setattr(views, "render_to_string", overtaken)
    asked(cache)
    assert len(cache.store) == 0


def test_page_that_may_not_be_kept_leaves_no_shell(cache, paper, monkeypatch):
    def personal(name, context, request):
        name_of = request.session.get("name", request.META["HTTP_X_NAME"])
        return render_to_string(name, context, request).replace("</h1>", f" for {name_of}</h1>")

    monkeypatch.setattr(views, "render_to_string", personal)
    first, second = (Answer(cache, FERRY, x_name=name) for name in ("priya", "maren"))
    assert (first.how, b"for priya" in first.body) == ("", True)  # it varies by the cookie
    assert b"for priya" not in second.body and len(cache.store) == 0


def test_shell_counts_in_the_bytes_of_the_store(cache, paper):
    page, _queries = asked(cache)
    assert len(cache.store) == 2
    assert cache.store.bytes > len(page) * 3
