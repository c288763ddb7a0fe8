"""A source's text over time: taken over, compared, withdrawn, restored."""

from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from articles.models import Status
from tests.builders import make_article, make_colleague
from tests.newsroom.kept_copies import copies, fates
from tests.translations.builders import make_attribution, make_source_work
from translations.models import Change, SourceText
from translations.sources import mark_checked, record_text, restore_source, withdraw_source

pytestmark = pytest.mark.django_db

VERBS = {
    "record": lambda work, by: record_text(work, text="Winter.", change=Change.MAJOR, by=by),
    "check": lambda work, by: mark_checked(work, by=by),
    "withdraw": lambda work, by: withdraw_source(work, by=by),
    "restore": lambda work, by: restore_source(work, by=by),
}


def take(work, text, *, change=Change.MAJOR, by=None):
    return record_text(work, text=text, change=change, by=by or make_colleague("translator"))


def test_each_new_text_gets_the_next_number():
    work = make_source_work()
    texts = [take(work, "One.\r\n\r\nTwo. "), take(work, "Three.", change=Change.CORRECTION)]
    assert [(t.number, t.text, t.change) for t in texts] == [
        (1, "One.\n\nTwo.", Change.MAJOR),
        (2, "Three.", Change.CORRECTION),
    ]
    assert take(make_source_work(), "One.").number == 1


def test_same_text_only_renews_when_it_was_compared():
    work = make_source_work()
    first = take(work, "One.\nTwo.")
    before = work.checked_at
    assert take(work, " One.\r\nTwo.\r\n", change=Change.CORRECTION) == first
    assert work.checked_at > before
    assert SourceText.objects.count() == 1


def test_text_that_changes_back_is_a_new_one():
    work = make_source_work()
    assert [take(work, text).number for text in ("One.", "Two.", "One.")] == [1, 2, 3]


def test_comparing_renews_when_it_was_compared():
    work = make_source_work()
    mark_checked(work, by=make_colleague("translator"))
    work.refresh_from_db()
    assert work.checked_at is not None and not work.texts.exists()


@pytest.mark.parametrize(
    ("text", "change", "field"),
    [
        ("", "major", "text"),
        (" \r\n ", "major", "text"),
        ("\u200b\u2800", "major", "text"),
        ("Win\x00ter", "major", "text"),
        ("Win\u202eter", "major", "text"),
        ("x" * 200_001, "major", "text"),
        ("Winter", "", "change"),
        ("Winter", "enormous", "change"),
    ],
)
def test_text_that_is_none_is_refused(text, change, field):
    work = make_source_work()
    with pytest.raises(ValidationError) as refused:
        take(work, text, change=change)
    assert list(refused.value.message_dict) == [field]
    assert not work.texts.exists()
    assert take(work, "x" * 200_000).number == 1


def test_source_is_withdrawn_and_restored_once():
    work, editor = make_source_work(), make_colleague("editor")
    withdraw_source(work, by=editor)
    since = work.withdrawn_at
    withdraw_source(work, by=editor)
    work.refresh_from_db()
    assert work.withdrawn_at == since is not None
    for _again in range(2):
        restore_source(work, by=editor)
        work.refresh_from_db()
        assert work.withdrawn_at is None


RIGHTS = {
    "reporter": set(),
    "translator": {"record", "check"},
    "editor": set(VERBS),
    "chief": set(VERBS),
    "moderator": set(),
    "fundraiser": set(),
}


@pytest.mark.parametrize("role", RIGHTS)
@pytest.mark.parametrize("verb", VERBS)
def test_who_may(role, verb):
    work, person = make_source_work(), make_colleague(role)
    if verb in RIGHTS[role]:
        VERBS[verb](work, person)
    else:
        with pytest.raises(PermissionDenied):
            VERBS[verb](work, person)


@pytest.mark.parametrize("verb", ["record", "check", "withdraw"])
def test_pages_made_from_the_source_are_dropped(verb, django_capture_on_commit_callbacks):
    work, article = make_source_work(), make_article()
    make_attribution(article=article, source_work=work)
    editor = make_colleague("editor")
    with copies(story=f"story:{article.story_id}", other="story:0") as store:
        with django_capture_on_commit_callbacks(execute=True):
            VERBS[verb](work, editor)
        assert fates(store, "story", "other") == {"story": "gone"}
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_two_texts_at_once_get_two_numbers():
    work, translator = make_source_work(), make_colleague("translator")

    def write(text) -> None:
        take(work, text, by=translator)
        connection.close()

    writers = [Thread(target=write, args=[f"Text {n}."]) for n in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(20)
    assert sorted(work.texts.values_list("number", flat=True)) == list(range(1, 9))
