"""Whether a change waits over a live piece: one answer in the list, its filter and the form."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import drafts
from articles.models import Article, Role
from articles.models.standing import standing
from articles.publishing import publish
from operations.clock import database_now
from tests.articles.review import newest
from tests.builders import make_colleague, make_contributor, make_site
from tests.newsroom.desk_world import signed_in
from tests.translations.builders import free_licence, make_permission
from tests.translations.versions import make_covered_work, make_source_text, make_translation
from translations.models import Attribution
from translations.reconciling import reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_site()
    return make_colleague("editor")


@pytest.fixture
def live(editor):
    """A translation of a source that has a newer text than it covers."""
    credit = make_translation(make_covered_work(licence=free_licence()))
    make_contributor().contributions.create(article=credit.article, role=Role.TRANSLATOR)
    publish(credit.article, by=editor)
    make_source_text(credit.source_work)
    return credit.article


def reconciled(article, by):
    text = Attribution.objects.get(article=article).source_work.texts.first()
    reconcile(article, by=by, seen=text.pk)


def under_another_permission(article, by):
    credit = Attribution.objects.get(article=article)
    credit.permission = make_permission(source_work=credit.source_work)
    credit.ends_otherwise_at = timezone.now()
    credit.save()


def with_section_renamed(article, by):
    article.section.slug = "docks"
    article.section.save()


HAPPENINGS = [reconciled, under_another_permission, with_section_renamed]


def answers(article):
    """What the row says, what SQL says, and what the form and the filter show."""
    article, chief = Article.objects.get(pk=article.pk), signed_in("chief")
    word = "live_draft"
    listed = chief.get(reverse("admin:articles_article_changelist"), {"state": word}).context["cl"]
    form = chief.get(reverse("admin:articles_article_change", args=[article.pk]))
    return (
        drafts.has_unpublished_changes(article),
        standing(article, database_now()) == word,
        Article.objects.with_standing(database_now()).get(pk=article.pk).standing == word,
        article in listed.result_list,
        bool(form.context["unpublished"]),
    )


@pytest.mark.parametrize("happen", HAPPENINGS)
@pytest.mark.parametrize("headline", ["", "Another one"])
@pytest.mark.parametrize("is_before", [True, False])
def test_all_agree_whatever_happens_beside_the_text(live, editor, happen, headline, is_before):
    if is_before:
        happen(live, editor)
    changes = {"headline": headline} if headline else {}
    base = newest(live)
    content = drafts.snapshot(Article.objects.get(pk=live.pk)) | changes
    drafts.save_draft(live, content, by=editor, based_on=base)
    if not is_before:
        happen(live, editor)
    assert answers(live) == (bool(headline),) * 5
