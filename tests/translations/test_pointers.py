"""Which version of its source a credit covers, and that it never moves by itself."""

import pytest

from articles.editions import begin_edition
from articles.models import Role, Status
from articles.publishing import publish
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.versions import (
    make_covered_work,
    make_revision,
    make_source_text,
    make_translation,
)
from translations.beginning import begin_translation
from translations.models import Attribution, Origin

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """A live article with two revisions."""
    make_site()
    article = make_article(byline=[(make_contributor(), Role.REPORTER)])
    make_revision(article)
    make_revision(article)
    return article


def test_translation_that_begins_covers_the_newest_revision(source):
    draft = begin_translation(source, language="tr", by=make_colleague("translator"))
    credit = Attribution.objects.get(article=draft)
    assert (credit.origin, credit.source_article) == (Origin.TRANSLATION, source)
    assert credit.source_revision.number == 2


def test_translation_that_begins_at_the_desk_is_credited(client, source):
    client.force_login(make_colleague("translator"))
    client.post(f"/admin/articles/article/{source.pk}/translate/", {"language": "tr"})
    credit = Attribution.objects.get()
    assert (credit.article.language, credit.source_revision.number) == ("tr", 2)


def test_translation_of_a_draft_covers_nothing_yet(source):
    draft = make_article(status=Status.DRAFT)
    translation = begin_translation(draft, language="de", by=make_colleague("translator"))
    assert Attribution.objects.get(article=translation).source_revision is None


def test_story_that_begins_anew_in_its_own_language_is_no_translation(source):
    gone = make_article(status=Status.WITHDRAWN)
    anew = begin_translation(gone, language="en", by=make_colleague("editor"))
    assert not Attribution.objects.filter(article=anew).exists()


def test_edition_that_is_no_translation_has_no_credit(source):
    begin_edition(source, language="tr", by=make_colleague("translator"))
    assert not Attribution.objects.exists()


def test_credit_without_a_pointer_gets_the_newest_when_saved(source):
    work = make_covered_work()
    make_source_text(work)
    own, elsewhere = make_translation(source), make_translation(work, language="ru")
    assert own.source_revision.number == 2 and elsewhere.source_text.number == 2
    Attribution.objects.update(source_revision=None, source_text=None)
    for credit in Attribution.objects.all():
        credit.save()
    assert Attribution.objects.filter(source_revision__number=2).count() == 1
    assert Attribution.objects.filter(source_text__number=2).count() == 1


def test_pointer_stays_when_the_credit_is_saved_again(source):
    credit = make_translation(source)
    make_revision(source)
    credit = Attribution.objects.get(pk=credit.pk)
    credit.treatment = "abridged"
    credit.full_clean()
    credit.save()
    assert credit.source_revision.number == 2


def test_pointer_follows_to_another_source(source):
    credit, other = make_translation(source), make_article(story=source.story, language="de")
    last = make_revision(other)
    credit.source_article = other
    credit.full_clean()
    credit.save()
    assert Attribution.objects.get().source_revision == last
    work = make_covered_work()
    credit.source_article, credit.source_work = None, work
    credit.full_clean()
    credit.save()
    credit = Attribution.objects.get()
    assert (credit.source_revision, credit.source_text) == (None, work.texts.get())


def test_pointer_goes_with_the_source(source):
    credit = make_translation(source)
    credit.source_article, credit.source_work = None, make_source_work()
    credit.save()
    assert Attribution.objects.get().source_revision is None


def test_desk_that_changes_the_source_moves_the_pointer(client, source):
    work, other = make_covered_work(), make_covered_work(language="ru")
    credit = make_attribution(article=make_article(status="draft"), source_work=work)
    form = {
        "headline": "The harbour freezes", "language": "en", "contributions-TOTAL_FORMS": 0,
        "contributions-INITIAL_FORMS": 0, "attribution-TOTAL_FORMS": 1, "_continue": "",
        "attribution-INITIAL_FORMS": 1, "attribution-0-id": credit.pk,
        "attribution-0-article": credit.article_id, "attribution-0-origin": "translation",
        "attribution-0-treatment": "full", "attribution-0-source_work": other.pk,
        "attribution-0-method": "human", "attribution-0-search_engines": "index",
    }  # fmt: skip
    client.force_login(make_colleague("translator"))
    client.post(f"/admin/articles/article/{credit.article_id}/change/", form)
    assert Attribution.objects.get().source_text == other.texts.get()


def test_publishing_moves_nothing(source):
    editor = make_colleague("editor")
    credit = make_translation(source)
    for article in (source, credit.article):
        article.contributions.create(contributor=make_contributor(), role=Role.TRANSLATOR)
    source.contributions.filter(role=Role.TRANSLATOR).delete()
    publish(source, by=editor)
    publish(credit.article, by=editor)
    assert Attribution.objects.get().source_revision.number == 2
