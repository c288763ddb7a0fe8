"""The credit in an article's form."""

from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Status
from tests.builders import make_article, make_user
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.credit_desk import credit_errors, make_draft, save, sit_down
from translations.models import Attribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, monkeypatch):
    return sit_down(client, monkeypatch)


def test_credit_is_kept_with_the_article(desk):
    article, work = make_draft(), make_source_work()
    saved = save(
        desk,
        article,
        origin="translation",
        source_work=work.pk,
        treatment="abridged",
        exclusive_for="The Quillmere Courier",
    )
    assert saved.status_code == 302
    credit = Attribution.objects.get(article=article)
    assert (credit.origin, credit.source_work, credit.treatment) == (
        "translation",
        work,
        "abridged",
    )
    assert credit.exclusive_for == "The Quillmere Courier"
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk])).text
    assert "Der letzte Winter auf dem Leuchtturm (Hafenblatt Nordermoor)" in page


def test_article_without_a_word_on_its_credit_stays_an_original(desk):
    article = make_draft()
    assert save(desk, article).status_code == 302
    assert not Attribution.objects.exists()


def test_credit_can_be_changed_and_removed(desk):
    article = make_draft()
    german = make_draft(story=article.story, language="de")
    make_attribution(article=article)
    changed = save(desk, article, origin="translation", source_article=german.pk)
    assert changed.status_code == 302
    assert Attribution.objects.get().source_article == german
    assert save(desk, article, origin="translation", DELETE="on").status_code == 302
    assert not Attribution.objects.exists()


@pytest.mark.parametrize(
    ("credit", "field", "message"),
    [
        ({"origin": "translation"}, "source_work", "Say what this was made from."),
        ({"source_work": "german"}, "source_work", "An original has no source."),
        ({"treatment": "abridged"}, "treatment", "Only a piece with a source is abridged."),
        (
            {"exclusive_for": "The Quillmere Courier"},
            "exclusive_for",
            "Only a piece with a source is credited as exclusive.",
        ),
        (
            {"origin": "translation", "source_work": "english"},
            "source_work",
            "This source is in the article's own language.",
        ),
        (
            {"origin": "republication", "source_work": "german"},
            "source_work",
            "Only a translation or an adaptation is in another language.",
        ),
        (
            {"origin": "republication", "source_article": "sibling"},
            "source_article",
            "What is republished comes from another publication.",
        ),
        (
            {"origin": "translation", "source_article": "itself"},
            "source_article",
            "An article is not its own source.",
        ),
        (
            {"origin": "translation", "source_article": "stranger"},
            "source_article",
            "This article belongs to another story.",
        ),
        (
            {"origin": "translation", "source_article": "sibling", "source_work": "german"},
            "source_article",
            "Give one source: elsewhere or our own, not both.",
        ),
    ],
)
def test_impossible_credit_is_refused_beside_its_field(desk, credit, field, message):
    article = make_draft()
    rows = {
        "german": make_source_work(),
        "english": make_source_work(language="en"),
        "sibling": make_draft(story=article.story, language="de"),
        "stranger": make_draft(language="de"),
        "itself": article,
    }
    credit = {name: rows[value].pk if value in rows else value for name, value in credit.items()}
    answer = save(desk, article, **credit)
    assert credit_errors(answer) == {field: [message]}
    assert not Attribution.objects.exists()


def test_reporter_may_credit_a_draft(desk):
    reporter = make_user(username="tomas", is_staff=True)
    may = ["view_article", "change_article"]
    reporter.user_permissions.set(Permission.objects.filter(codename__in=may))
    desk.force_login(reporter)
    article, work = make_draft(), make_source_work()
    assert save(desk, article, origin="translation", source_work=work.pk).status_code == 302
    assert Attribution.objects.get().source_work == work


def test_refused_credit_keeps_what_was_typed(desk):
    answer = save(desk, make_draft(), origin="translation", exclusive_for="The Courier & Sons")
    assert 'value="The Courier & Sons"' in unescape(answer.text)
    assert '<option value="translation" selected>' in answer.text


def test_credit_follows_the_language_that_the_same_form_gives(desk):
    article, english = make_draft(), make_source_work(language="en")
    refused = save(desk, article, origin="translation", source_work=english.pk)
    assert credit_errors(refused)
    saved = save(desk, article, language="de", origin="translation", source_work=english.pk)
    assert saved.status_code == 302
    article.refresh_from_db()
    assert article.language == "de"


def test_source_of_another_article_cannot_change_into_its_language(desk):
    german = make_draft(language="de")
    translation = make_article(
        story=german.story, headline="The last winter", status=Status.WITHDRAWN
    )
    make_attribution(article=translation, source_article=german)
    answer = save(desk, german, language="en")
    assert "“The last winter” was translated from this article" in unescape(answer.text)
    german.refresh_from_db()
    assert german.language == "de"
    assert save(desk, german, language="tr").status_code == 302


def test_exclusive_for_takes_no_signs_that_nobody_sees(desk):
    article, work = make_draft(), make_source_work()
    typed = {"origin": "translation", "source_work": work.pk, "exclusive_for": "The\u202eCourier"}
    assert list(credit_errors(save(desk, article, **typed))) == ["exclusive_for"]
    assert not Attribution.objects.filter(article=article).exists()
