"""Two people take on the same translation at the same moment."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.builders import make_article, make_colleague, make_site
from tests.translations.builders import make_assignment
from translations.assigning import claim, request
from translations.models import Assignment

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds) -> list[str]:
    """What became of each: '' or what it was told."""
    start, outcomes = Barrier(len(deeds)), [""] * len(deeds)

    def run(number: int) -> None:
        start.wait(5)
        try:
            deeds[number]()
        except ValidationError as refused:
            outcomes[number] = refused.messages[0]
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    return outcomes


@pytest.mark.parametrize("is_asked_for", [True, False])
def test_one_gets_it_and_the_other_is_told_who_has_it(is_asked_for):
    make_site()
    story = make_article().story
    if is_asked_for:
        make_assignment(story=story)
    people = [make_colleague("translator", username=name) for name in ("mina", "vera")]
    told = at_once(*(lambda person=person: claim(story, "de", by=person) for person in people))
    owner = Assignment.objects.get().owner
    assert sorted(told) == ["", f"{owner} has already taken this on."]
    assert told[people.index(owner)] == ""


def test_two_editors_ask_for_the_same_stories_in_another_order():
    make_site()
    stories = [make_article().story for _number in range(20)]
    editors = [make_colleague("editor") for _number in range(2)]
    told = at_once(
        lambda: request(stories, ["de", "tr"], by=editors[0]),
        lambda: request(reversed(stories), ["tr", "de"], by=editors[1]),
    )
    assert told == ["", ""]
    assert Assignment.objects.count() == 40
