"""No article is made from itself, however many steps it takes: not even by two people at once."""

from itertools import pairwise
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Story
from tests.builders import make_article
from tests.translations.builders import make_attribution
from translations.models import Attribution

LANGUAGES = ("en", "de", "tr", "ru")


def make_editions(number):
    story = Story.objects.create()
    return [make_article(story=story, language=language) for language in LANGUAGES[:number]]


def is_allowed(article, source):
    try:
        with transaction.atomic():
            make_attribution(article=article, source_article=source)
            connection.check_constraints()
    except IntegrityError:
        return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("length", [2, 3, 4])
def test_credits_never_lead_back(length):
    editions = make_editions(length)
    for source, article in pairwise(editions):
        assert is_allowed(article, source)
    first, last = editions[0], editions[-1]
    told = Attribution(article=first, origin="translation", source_article=last).problems()
    assert set(told) == {"source_article"}
    assert not is_allowed(first, last)


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_circle_at_once_cannot_both():
    english, german = make_editions(2)
    both_wrote, outcomes = Barrier(2), []

    def write(article, source):
        try:
            with transaction.atomic():
                make_attribution(article=article, source_article=source)
                both_wrote.wait(5)
            outcomes.append("kept")
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connection.close()

    pairs = [(english, german), (german, english)]
    threads = [Thread(target=write, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["kept", "refused"] and Attribution.objects.count() == 1
