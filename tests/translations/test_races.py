"""A credit and a change of language at the same moment: one of them waits and is refused."""

from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Article
from tests.builders import make_article
from tests.translations.builders import make_attribution, make_source_work
from translations.models import Attribution, SourceWork

pytestmark = pytest.mark.django_db(transaction=True)


def refused_while(change, *, credit) -> bool:
    """Whether `credit()` is refused when it begins before `change()` is committed."""
    begun, outcome = Event(), []

    def write() -> None:
        begun.set()
        try:
            with transaction.atomic():
                credit()
            outcome.append(False)
        except IntegrityError:
            outcome.append(True)
        finally:
            connection.close()

    writer = Thread(target=write)
    with transaction.atomic():
        change()
        writer.start()
        begun.wait(5)
        writer.join(0.3)  # it has come to its commit, and waits there for ours
    writer.join(10)
    return outcome == [True]


def test_credit_waits_for_a_change_of_its_article():
    article, work = make_article(language="tr"), make_source_work()
    assert refused_while(
        lambda: Article.objects.filter(pk=article.pk).update(language="de"),
        credit=lambda: make_attribution(article=article, source_work=work),
    )
    assert not Attribution.objects.exists()


def test_credit_waits_for_a_change_of_its_source():
    article, work = make_article(language="tr"), make_source_work()
    assert refused_while(
        lambda: SourceWork.objects.filter(pk=work.pk).update(language="tr"),
        credit=lambda: make_attribution(article=article, source_work=work),
    )


def test_credit_passes_when_the_change_fits():
    article, work = make_article(language="tr"), make_source_work()
    assert not refused_while(
        lambda: Article.objects.filter(pk=article.pk).update(language="ar"),
        credit=lambda: make_attribution(article=article, source_work=work),
    )
    assert Attribution.objects.count() == 1
