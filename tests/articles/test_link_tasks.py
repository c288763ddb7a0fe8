"""When links to other sites are tried: on the way to readers, and of live pieces daily."""

from datetime import timedelta
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import tasks
from articles.models import LinkCheck, Role, Status
from articles.publishing import publish
from articles.reviewing import approve, submit
from articles.tasks import check_links, check_live_links
from tests.articles.review import make_saved, newest
from tests.builders import (
    make_article,
    make_colleague,
    make_contributor,
    make_editor,
    make_site,
)

pytestmark = pytest.mark.django_db
URL = "https://other.example/page"
BODY = f'<p>See <a href="{URL}">there</a> and <a href="/">here</a>.</p>'


def waiting():
    """The addresses that the worker is to try."""
    found = DBTaskResult.objects.filter(task_path=check_links.module_path)
    return [each.args_kwargs["args"][0] for each in found.order_by("enqueued_at")]


def known(url=URL, *, days=0):
    at = timezone.now() - timedelta(days=days)
    return LinkCheck.objects.create(url=url, status=200, checked_at=at)


def test_links_are_tried_when_a_draft_is_submitted_and_when_it_is_approved_not_before():
    make_site()
    article = make_saved(body=BODY)
    assert waiting() == []
    submit(article, by=make_colleague("reporter"))
    assert waiting() == [[URL]]
    approve(article, by=make_colleague("editor"), seen=newest(article))
    assert waiting() == [[URL], [URL]]


def test_links_that_are_known_are_not_tried():
    make_site()
    known()
    for body in (BODY, "<p>No link</p>"):
        submit(make_saved(body=body), by=make_colleague("reporter"))
    assert waiting() == []


def test_many_links_are_several_tasks_and_let_everything_else_go_first():
    make_site()
    links = [f'<a href="https://other.example/{number}">x</a>' for number in range(90)]
    submit(make_saved(body=f"<p>{' '.join(links)}</p>"), by=make_colleague("reporter"))
    assert [len(urls) for urls in waiting()] == [40, 40, 10]
    assert {task.priority for task in DBTaskResult.objects.all()} == {-50}


@pytest.mark.django_db(transaction=True)
def test_two_tasks_never_ask_the_same_address_at_once(monkeypatch):
    asked, both = [], Barrier(2)

    def slowly(url, *, may_ask):
        asked.append(url)
        sleep(0.3)
        return 200

    def run():
        both.wait(5)
        check_links.func([URL])
        connection.close()

    monkeypatch.setattr(tasks, "ask", slowly)
    threads = [Thread(target=run) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert asked == [URL]
    assert LinkCheck.objects.get().status == 200


def test_publishing_at_once_has_the_links_tried_afterwards():
    make_site()
    byline = [(make_contributor(), Role.REPORTER)]
    publish(make_article(status=Status.DRAFT, body=BODY, byline=byline), by=make_editor())
    assert waiting() == [[URL]]


def test_links_of_live_pieces_are_tried_again_after_a_week():
    make_article(body=BODY)
    make_article(body='<p><a href="https://new.example/">new</a></p>')
    make_article(body='<p><a href="https://draft.example/">x</a></p>', status=Status.DRAFT)
    known(days=8)
    known("https://forgotten.example/", days=80)
    assert check_live_links.func() == 2
    assert waiting() == [["https://new.example/", URL]]
    assert not LinkCheck.objects.filter(url="https://forgotten.example/").exists()
    LinkCheck.objects.update(checked_at=timezone.now())
    known("https://new.example/")
    assert check_live_links.func() == 0
