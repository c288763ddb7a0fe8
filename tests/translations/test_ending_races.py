"""A piece is published while its permission is changed: neither overlooks the other."""

from datetime import UTC, date, datetime
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from articles.models import Article
from articles.publishing import publish
from tests.builders import make_colleague, make_site
from tests.translations.test_ending import make_permitted
from translations.ending import change_permission

pytestmark = pytest.mark.django_db(transaction=True)

SHORTENED, END = date(2126, 5, 31), datetime(2126, 6, 1, tzinfo=UTC)


def at_once(first, second) -> None:
    """Runs `second` while what `first` did is not yet committed; it waits for that."""
    begun, failed = Event(), []

    def run() -> None:
        begun.set()
        try:
            second()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    other = Thread(target=run)
    with transaction.atomic():
        first()
        other.start()
        begun.wait(5)
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    assert not failed


@pytest.mark.parametrize("is_published_first", [True, False])
@pytest.mark.parametrize("was_published", [True, False])
def test_published_while_its_permission_is_shortened(is_published_first, was_published):
    make_site()
    chief = make_colleague("chief")
    article, permission = make_permitted()
    if was_published:
        publish(article, by=chief)
    permission.ends_on = SHORTENED

    def put_out() -> None:
        publish(article, by=chief)

    def shorten() -> None:
        change_permission(permission, by=chief)

    at_once(*((put_out, shorten) if is_published_first else (shorten, put_out)))
    assert Article.objects.get().unpublish_at == END
