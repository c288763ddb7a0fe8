"""When links to other sites are tried: with a draft that brings them, and of live pieces daily."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles import drafts
from articles.models import LinkCheck, Role, Status
from articles.publishing import publish
from articles.tasks import check_links, check_live_links
from tests.builders import make_article, make_contributor, make_editor, make_site

pytestmark = pytest.mark.django_db
URL = "https://other.example/page"
BODY = f'<p>See <a href="{URL}">there</a> and <a href="/">here</a>.</p>'


def waiting():
    """The addresses that the worker is to try."""
    tasks = DBTaskResult.objects.filter(task_path=check_links.module_path)
    return [each.args_kwargs["args"][0] for each in tasks.order_by("enqueued_at")]


def known(url=URL, *, days=0):
    at = timezone.now() - timedelta(days=days)
    return LinkCheck.objects.create(url=url, status=200, checked_at=at)


def test_saving_a_draft_has_its_new_links_tried():
    article = make_article(status=Status.DRAFT, body=BODY)
    drafts.save_draft(article, by=make_editor(), based_on=None)
    assert waiting() == [[URL]]


def test_saving_a_draft_without_new_links_tries_nothing():
    known()
    editor = make_editor()
    for body in (BODY, "<p>No link</p>"):
        article = make_article(status=Status.DRAFT, body=body)
        drafts.save_draft(article, by=editor, based_on=None)
    assert waiting() == []


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
