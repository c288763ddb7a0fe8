"""Translations are asked for, taken on, given, given back and called off."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Remit
from tests.builders import make_article, make_colleague, make_site, make_user
from tests.translations.builders import make_assignment, pretend_drift
from translations.assigning import assign, call_off, claim, release, request
from translations.models import Assignment

pytestmark = pytest.mark.django_db
SOON = date.today() + timedelta(days=7)


@pytest.fixture(autouse=True)
def site() -> None:
    make_site()


@pytest.fixture
def editor() -> User:
    return make_colleague("editor")


@pytest.fixture
def mina() -> User:
    return make_colleague("translator", username="mina")


@pytest.fixture
def story():
    return make_article(slug="ferry").story


def log_of(story) -> list[str]:
    entries = LogEntry.objects.filter(object_id=str(story.pk)).order_by("pk")
    return [entry.change_message for entry in entries]


def test_story_is_asked_for_in_several_languages(story, editor):
    request([story], ["de", "tr"], by=editor, due_on=SOON, note="For Sunday")
    wanted = Assignment.objects.order_by("language")
    assert [(a.language, a.due_on, a.note, a.owner) for a in wanted] == [
        ("de", SOON, "For Sunday", None),
        ("tr", SOON, "For Sunday", None),
    ]
    assert log_of(story) == ["Asked for translation into de, tr."]


def test_asking_again_changes_nothing_but_what_is_new(story, editor):
    request([story], ["de"], by=editor, note="For Sunday")
    assert request([story], ["de"], by=editor) == []
    assert len(log_of(story)) == 1
    request([story], ["de"], by=editor, due_on=SOON)
    assert Assignment.objects.values_list("due_on", "note").get() == (SOON, "For Sunday")


def test_original_and_what_is_live_are_left_out(story, editor):
    make_article(story=story, language="de")
    make_article(story=story, language="tr", status="draft")
    make_article(story=story, language="ru", status="withdrawn")
    request([story], ["en", "de", "tr", "ru", "ar"], by=editor)
    assert set(Assignment.objects.values_list("language", flat=True)) == {"tr", "ru", "ar"}


@pytest.mark.parametrize(
    ("state", "is_asked"),
    [("outdated", True), ("corrected", True), ("minor", False), ("unverified", False)],
)
def test_live_translation_is_asked_for_where_its_source_changed(
    story, editor, monkeypatch, state, is_asked
):
    make_article(story=story, language="de", slug="faehre")
    pretend_drift(monkeypatch, faehre=state)
    assert bool(request([story], ["de"], by=editor)) == is_asked


def test_language_without_an_edition_and_a_day_gone_by_are_refused(story, editor):
    make_site(editions=("en", "de"))
    with pytest.raises(ValidationError, match="no edition in Türkçe"):
        request([story], ["tr"], by=editor)
    with pytest.raises(ValidationError, match="already passed"):
        request([story], ["de"], by=editor, due_on=date.today() - timedelta(days=2))
    assert not Assignment.objects.exists()


def test_fifty_stories_in_four_languages_cost_as_many_queries_as_one(editor):
    stories = [make_article().story for _number in range(50)]

    def cost(some) -> int:
        with CaptureQueriesContext(connection, ) as captured:  # fmt: skip
            request(some, ["de", "tr", "ru", "ar"], by=editor)
        return len(captured)

    request(stories[:1], ["de"], by=editor)
    assert cost(stories[:1]) == cost(stories)
    assert Assignment.objects.count() == 200


def test_translator_takes_on_what_was_asked_for_and_what_was_not(story, mina):
    make_assignment(story=story, language="de")
    assert claim(story, "de", by=mina).owner == claim(story, "tr", by=mina).owner == mina
    claim(story, "tr", by=mina)
    assert log_of(story) == ["Translation into de taken on.", "Translation into tr taken on."]


def test_second_translator_is_told_who_has_it(story, mina):
    claim(story, "de", by=mina)
    with pytest.raises(ValidationError, match="mina has already taken this on"):
        claim(story, "de", by=make_colleague("translator"))


def test_nobody_takes_on_what_needs_no_translating(story, mina):
    make_article(story=story, language="de")
    for language in ("en", "de"):
        with pytest.raises(ValidationError, match="nothing to translate"):
            claim(story, language, by=mina)
    story.articles.update(status="withdrawn")
    with pytest.raises(ValidationError, match="nothing to translate"):
        claim(story, "tr", by=mina)


def test_only_its_owner_or_who_assigns_releases_it(story, mina, editor):
    make_assignment(story=story, owner=mina)
    with pytest.raises(PermissionDenied):
        release(story, "de", by=make_colleague("translator"))
    release(story, "de", by=mina)
    release(story, "de", by=mina)
    assert Assignment.objects.get().owner is None
    claim(story, "de", by=mina)
    release(story, "de", by=editor)
    assert Assignment.objects.get().owner is None


def test_what_nobody_asked_for_goes_when_it_is_released(story, mina):
    claim(story, "de", by=mina)
    release(story, "de", by=mina)
    assert not Assignment.objects.exists()


def test_editor_gives_it_to_somebody_else_and_to_nobody(story, mina, editor):
    make_assignment(story=story, owner=make_colleague("translator"))
    for _again in range(2):
        assign(story, "de", to=mina, by=editor, due_on=SOON, note="Short, please")
    kept = Assignment.objects.get()
    assert (kept.owner, kept.due_on, kept.note) == (mina, SOON, "Short, please")
    assert len(log_of(story)) == 1
    assign(story, "de", to=None, by=editor)
    assert Assignment.objects.get().owner is None


@pytest.mark.parametrize("role", ["reporter", "moderator", ""])
def test_it_is_given_to_nobody_who_may_not_translate(story, editor, role):
    somebody = make_colleague(role) if role else make_user()
    with pytest.raises(ValidationError, match="may not translate"):
        assign(story, "de", to=somebody, by=editor)


def test_it_is_called_off(story, mina, editor):
    make_assignment(story=story, owner=mina)
    for _again in range(2):
        call_off(story, "de", by=editor)
    assert not Assignment.objects.exists()
    assert log_of(story) == ["Translation into de called off."]


@pytest.mark.parametrize("role", ["reporter", "translator", "moderator", "fundraiser"])
def test_who_may_not_is_refused(story, mina, role):
    somebody = make_colleague(role)
    with pytest.raises(PermissionDenied):
        request([story], ["de"], by=somebody)
    with pytest.raises(PermissionDenied):
        assign(story, "de", to=mina, by=somebody)
    with pytest.raises(PermissionDenied):
        call_off(story, "de", by=somebody)
    if role != "translator":
        with pytest.raises(PermissionDenied):
            claim(story, "de", by=somebody)


@pytest.mark.parametrize(("languages", "is_theirs"), [([], True), (["de"], True), (["tr"], False)])
def test_languages_of_the_remit_are_taken_on_and_given(story, editor, mina, languages, is_theirs):
    Remit.objects.create(user=mina, languages=languages)
    if is_theirs:
        assert claim(story, "de", by=mina).owner == mina
        return
    with pytest.raises(PermissionDenied):
        claim(story, "de", by=mina)
    with pytest.raises(ValidationError, match="may not translate"):
        assign(story, "de", to=mina, by=editor)
