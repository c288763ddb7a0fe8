"""Two machines of two workers each over one database: who sees what, and when."""

import re
import time
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from articles.models import Role, Status
from articles.publishing import publish, withdraw
from comments.moderating import remove
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_editor
from tests.comments.builders import make_moderator, typed, write
from tests.pagecache.machines import POOL, WORKERS, Person, connections, hammer, warm

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOON, AT_ONCE = 1.0, 0.25  # seconds in which other readers see news; and miss what is taken away


def follow(both, person, path, shows, seconds=1.5):
    """The person sees it on both machines at once and ever after; the others soon."""
    begun = time.time()
    while (passed := time.time() - begun) < seconds:
        for machine in both:
            assert shows(person.ask(machine, path)), f"after {passed:.2f} s"
            other = machine.ask(path)
            assert other.begun < begun + SOON or shows(other), f"another after {passed:.2f} s"


def test_comment_is_seen_by_its_writer_at_once_and_by_others_soon(both):
    make_article(slug="lamps")
    warm(both, "/articles/lamps/")
    writer, form = Person(), typed(text="The lamps were late.")
    assert writer.ask(both[0], "/articles/lamps/comment/", form).status == 302
    shows = lambda page: "The lamps were late." in page.text  # noqa: E731
    follow(both, writer, "/articles/lamps/", shows, seconds=3.5)  # past the writer's cookie


def test_writer_sees_each_comment_at_once_while_others_read(both):
    make_article(slug="market")
    writer, missed = Person(), []

    def write_and_read():
        for number in range(5):
            form = typed(text=f"Word number {number}.")
            writer.ask(both[0], "/articles/market/comment/", form)
            pages = [writer.ask(machine, "/articles/market/").text for machine in both]
            missed.extend(page for page in pages if form["text"] not in page)

    answers, done = hammer(both, "/articles/market/", write_and_read, after=SOON + 0.2)
    assert missed == []
    assert "stale" in {answer.how for answer in answers}
    soon = [answer for answer in answers if answer.begun >= done + SOON]
    assert soon and all("Word number 4." in answer.text for answer in soon)


def test_vote_is_seen_by_its_voter_at_once_and_by_others_soon(both):
    comment, voter = write(make_article(slug="bread")), Person()
    warm(both, "/articles/bread/")
    assert voter.ask(both[0], f"/comments/{comment.pk}/vote/", {"value": "1"}).status == 200
    score = re.compile(r'class="comment-score"[^>]*>\s*\+?1\s*<')
    follow(both, voter, "/articles/bread/", lambda page: score.search(page.text))


def draft(**fields):
    byline = [(make_contributor(), Role.REPORTER)]
    return make_article(status=Status.DRAFT, byline=byline, **fields)


def test_published_article_is_seen_by_its_editor_at_once_and_by_others_soon(both):
    article, client, token = draft(headline="The flood is over"), Client(), "a" * 32
    client.force_login(make_editor())
    editor = Person(sessionid=client.cookies["sessionid"].value, csrftoken=token)
    warm(both, "/")
    chosen = {"action": "publish_selected", "_selected_action": article.pk}
    form = chosen | {"csrfmiddlewaretoken": token}
    assert editor.ask(both[0], "/admin/articles/article/", form).status == 302
    follow(both, editor, "/", lambda page: "The flood is over" in page.text)


def check_gone(answers, done, text):
    """Readers had it from the cache before; a moment later nobody has it, from the cache or not."""
    had = [answer for answer in answers if text in answer.text]
    assert "hit" in {answer.how for answer in had}
    assert not [f"{a.how} {a.begun - done:.3f}" for a in had if a.begun >= done + AT_ONCE]
    assert "hit" in {a.how for a in answers if a.begun >= done + AT_ONCE}


def test_removed_comment_is_in_no_answer_a_moment_later(both):
    article, moderator = make_article(slug="quay"), make_moderator()
    for number in range(3):
        comment = write(article, text=f"Slander, number {number}.")
        warm(both, "/articles/quay/", comment.text)
        answers, done = hammer(both, "/articles/quay/", partial(remove, comment, by=moderator))
        check_gone(answers, done, comment.text)


def test_withdrawn_article_is_in_no_answer_a_moment_later(both):
    article, editor = make_article(slug="error", headline="What never was"), make_editor()
    warm(both, "/articles/error/", "What never was")
    answers, done = hammer(both, "/articles/error/", lambda: withdraw(article, by=editor))
    check_gone(answers, done, "What never was")
    assert {a.status for a in answers if a.begun >= done + AT_ONCE} == {410}


def test_article_begins_and_ends_in_time_without_a_worker(both):
    now, editor = database_now(), make_editor()
    at = now + timedelta(seconds=2)
    publish(draft(headline="The new timetable"), by=editor, publish_at=at)
    publish(draft(headline="The old timetable"), by=editor, publish_at=now, unpublish_at=at)
    answers, _done = hammer(both, "/", lambda: time.sleep(2))
    for answer in answers:
        has_new, has_old = (f"The {age} timetable" in answer.text for age in ("new", "old"))
        if answer.ended < at.timestamp():
            assert has_old and not has_new, answer.how
        elif answer.begun > at.timestamp():
            assert has_new and not has_old, answer.how
    assert {"hit"} < {a.how for a in answers} <= {"hit", "miss"}


def test_random_questions_fill_no_store(both):
    make_article(slug="quiet")
    warm(both, "/articles/quiet/")
    before = sum(page_numbers(both))
    for number in range(30):
        for machine in both:
            machine.ask(f"/articles/quiet/?x{number}={number}", Host=f"localhost:{number}")
            machine.ask(f"/articles/quiet/comments/?passage={number + 10**6}")
    assert sum(page_numbers(both)) <= before + 1


def page_numbers(both):
    """How many pages each worker keeps."""
    return [worker["page_cache_pages"] for m in both for worker in m.metrics().values()]


def test_machines_stay_within_their_connections(both):
    make_article(slug="crowd")
    found = []
    hammer(both, "/articles/crowd/?posted=1", lambda: found.extend(connections()))
    assert 0 < len(found) <= len(both) * WORKERS * (POOL + 1)


def test_metrics_of_every_worker_tell_what_it_did(both):
    make_article(slug="counted")
    warm(both, "/articles/counted/")
    for machine in both:
        workers = machine.metrics()
        assert len(workers) == WORKERS
        assert sum(numbers["page_cache_answers_totalhit"] for numbers in workers.values()) >= 12
        assert all(numbers["page_cache_bytes"] > 0 for numbers in workers.values())
