"""Two people at the same moment: one of them waits and is refused, and told why."""

from threading import Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.builders import make_article, make_site, make_user
from tests.translations.builders import make_attribution, make_publication, make_source_work
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


def test_address_that_two_give_at_once_is_refused_beside_its_field():
    make_site()
    desk, answers, url = Client(), [], "https://hafenblatt.example/winter"
    desk.force_login(make_user(is_staff=True, is_superuser=True))
    form = {"publication": make_publication().pk, "title": "Winter", "url": url, "language": "de"}

    def send() -> None:
        answers.append(desk.post(reverse("admin:translations_sourcework_add"), form))
        connection.close()

    sender = Thread(target=send)
    with transaction.atomic():
        make_source_work(url=url)
        sender.start()
        sender.join(1)  # it waits for us at the unique index
    sender.join(10)
    assert answers[0].status_code == 422
    assert list(answers[0].context["adminform"].form.errors) == ["url"]
    assert SourceWork.objects.count() == 1
