"""What readers of a translation are told when its original has changed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from articles.models import Article, Role, Status
from tests.builders import make_article, make_contributor, make_site
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.versions import (
    make_correction,
    make_covered_work,
    make_revision,
    make_source_text,
    make_translation,
)
from translations.models import SourceWork

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def source():
    article = make_article(slug="ferry", byline=[(make_contributor(), Role.REPORTER)])
    make_revision(article)
    return article


def note_on(client, article) -> str:
    page = client.get(article.get_absolute_url()).text
    found = re.search('<p class="drift-note" role="note">(.*?)</p>', page, re.DOTALL)
    return found[1] if found else ""


SENTENCES = {
    "en": "The original has changed since this translation was made (",
    "de": "Das Original hat sich geändert, seit diese Übersetzung entstand (",
    "tr": "Bu çeviri yapıldıktan sonra özgün metin değişti (",
    "ru": "Оригинал изменился после того, как был сделан этот перевод (",
    "ar": "تغيّر النص الأصلي بعد إنجاز هذه الترجمة (",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_note_speaks_the_articles_language(client, language):
    source = make_article(slug="ferry", language="en" if language != "en" else "de")
    make_revision(source)
    article = make_translation(source, language=language).article
    make_revision(source)
    note = note_on(client, article)
    assert strip_tags(note).startswith(SENTENCES[language])
    prefix = "" if source.language == "en" else "/de"
    assert f'href="{prefix}/articles/ferry/changes/?from=1"' in note
    assert f'<time datetime="{timezone.localdate()}">' in note


def test_corrected_original_is_told_and_its_change_can_be_seen(client, source):
    article = make_translation(source, language="de").article
    make_correction(source)
    assert "Das Original wurde berichtigt, seit" in note_on(client, article)
    assert client.get("/articles/ferry/changes/?from=1").status_code == 200


def test_nothing_is_told_of_minor_changes_and_of_originals(client, source):
    article = make_translation(source).article
    make_revision(source, is_minor=True)
    assert note_on(client, article) == note_on(client, source) == ""


def test_text_made_from_one_in_its_own_language_is_no_translation(client, source):
    article = make_article()
    make_attribution(article=article, origin="adaptation", source_article=source)
    make_revision(source)
    assert "since this text was made from it (" in note_on(client, article)


def test_original_that_readers_cannot_open_is_not_linked(client, source):
    article = make_translation(source, language="de").article
    make_revision(source)
    over = timezone.now() - timedelta(minutes=1)
    Article.objects.filter(pk=source.pk).update(unpublish_at=over)
    note = note_on(client, article)
    assert "hat sich geändert" in note and "href" not in note
    Article.objects.filter(pk=source.pk).update(unpublish_at=None)
    make_site(editions=("de", "tr"))
    assert "href" not in note_on(client, article)


def test_source_elsewhere_is_linked_itself(client):
    work = make_covered_work(url="https://harbour.example/a?b=1&c=2")
    article = make_translation(work, language="en").article
    make_source_text(work)
    note = note_on(client, article)
    assert 'href="https://harbour.example/a?b=1&amp;c=2" rel="external noopener"' in note
    assert "Read the original." in note


def test_withdrawn_original_is_told_without_a_link(client, source):
    work = make_source_work()
    articles = [make_translation(each, language="tr").article for each in (source, work)]
    Article.objects.filter(pk=source.pk).update(status=Status.WITHDRAWN)
    SourceWork.objects.update(withdrawn_at=timezone.now())
    assert note_on(client, articles[0]) == "Özgün metin geri çekildi."
    assert note_on(client, articles[1]) == "Özgün metin, yayımlayan kuruluşça geri çekildi."


def test_change_further_up_is_told_and_linked(client, source):
    german = make_translation(source, language="de").article
    make_revision(german)
    article = make_translation(german).article
    make_revision(source)
    assert 'href="/articles/ferry/changes/?from=1"' in note_on(client, article)


def test_original_costs_no_query_more_and_a_translation_one(client, source):
    article = make_translation(source, language="de").article
    for each, expected in ((source, 0), (article, 1)):
        with CaptureQueriesContext(connection) as captured:
            client.get(each.get_absolute_url())
        drifts = [query for query in captured if "WITH RECURSIVE published" in query["sql"]]
        assert len(drifts) == expected
