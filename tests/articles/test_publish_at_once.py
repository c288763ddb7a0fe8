from threading import Barrier, Thread

import pytest
from django.db import connection

from articles.models import Article, Revision, Role, Status, Story
from articles.publishing import NotPublishable, publish
from tests.builders import make_article, make_contributor, make_editor, make_site

pytestmark = pytest.mark.django_db(transaction=True)


def run_at_once(*acts):
    """Runs the acts in a thread each; returns the exceptions that they raised."""
    barrier, raised = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(5)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return raised


def make_ready(**fields):
    return make_article(byline=[(make_contributor(), Role.REPORTER)], **fields)


def test_two_publishes_at_once_are_numbered_one_and_two():
    make_site()
    editor, article = make_editor(), make_ready(status=Status.DRAFT)
    acts = [lambda: publish(Article.objects.get(pk=article.pk), by=editor)] * 2
    assert run_at_once(*acts) == []
    assert sorted(Revision.objects.values_list("number", flat=True)) == [1, 2]


def test_two_withdrawn_twins_at_once_leave_one_public():
    make_site()
    editor, story = make_editor(), Story.objects.create()
    twins = [make_ready(story=story, status=Status.WITHDRAWN) for _n in range(2)]
    refused = run_at_once(*[lambda twin=twin: publish(twin, by=editor) for twin in twins])
    assert [type(error) for error in refused] == [NotPublishable]
    assert Article.objects.filter(status=Status.PUBLISHED).count() == 1
