from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from articles.editions import begins_early
from articles.models import Article, Role, Status
from articles.publishing import NotPublishable, publish
from operations.clock import database_now
from tests.builders import make_article, make_contributor, make_editor, make_site
from tests.comments.test_concurrency import wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_publishing_waits_for_an_embargo_that_is_being_given_and_heeds_it():
    make_site()
    editor, now, refused = make_editor(), database_now(), []
    english = make_article(status=Status.DRAFT, byline=[(make_contributor(), Role.REPORTER)])
    german = make_article(status=Status.DRAFT, language="de", story=english.story)

    def tell():
        try:
            publish(Article.objects.get(pk=english.pk), by=editor, publish_at=now + HOUR)
        except NotPublishable as error:
            refused.append(error)
        finally:
            connection.close()

    telling = Thread(target=tell)
    with transaction.atomic():
        assert begins_early(german.story, embargo=now + 2 * HOUR, besides=german) is None
        telling.start()
        wait_until_somebody_waits()
        Article.objects.filter(pk=german.pk).update(embargoed_until=now + 2 * HOUR)
    telling.join(20)
    assert len(refused) == 1
    assert Article.objects.get(pk=english.pk).status == Status.DRAFT
