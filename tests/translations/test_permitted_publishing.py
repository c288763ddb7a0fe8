"""What publishing says where the terms of a source forbid it."""

from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from django.utils.translation import override

from articles.models import Role, Status
from articles.publishing import NotPublishable, publish
from operations.clock import end_of_day, site_day
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.translations.builders import (
    free_licence,
    make_attribution,
    make_licence,
    make_permission,
    make_publication,
    make_source_work,
)

pytestmark = pytest.mark.django_db

NOTHING_ALLOWS = (
    "Nothing allows the use of “Winter”: choose the licence of the source or of its publication,"
    " or add a permission."
)
LATER = datetime(2126, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def editor():
    make_site()
    return make_colleague("editor")


def make_draft(*, licence=None, **fields):
    """A translation of a work whose publication has the licence, or none."""
    publication = make_publication(licence=licence)
    work = make_source_work(title="Winter", publication=publication, **fields)
    article = make_article(status=Status.DRAFT, byline=[(make_contributor(), Role.TRANSLATOR)])
    make_attribution(article=article, source_work=work)
    return article, work


def said(article, *, by, **when) -> list[str]:
    with pytest.raises(NotPublishable) as refused:
        publish(article, by=by, **when)
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    return refused.value.message_dict["__all__"]


def test_source_with_a_licence_is_published(editor):
    article, _work = make_draft(licence=free_licence())
    publish(article, by=editor)
    assert article.status == Status.PUBLISHED


def test_source_without_terms_is_refused_and_the_cures_are_named(editor):
    article, work = make_draft()
    assert said(article, by=editor) == [NOTHING_ALLOWS]
    make_permission(source_work=work)
    publish(article, by=editor)


def test_ended_permission_is_told_with_its_last_day(editor):
    article, work = make_draft()
    for last in (date(2025, 3, 9), date(2025, 5, 31)):
        make_permission(source_work=work, ends_on=last)
    assert said(article, by=editor) == [
        f"{NOTHING_ALLOWS} The permission ended on 31 May 2025: change its last day if it was"
        " renewed."
    ]


def test_permission_of_later_is_told_with_its_first_day(editor):
    article, work = make_draft(licence=make_licence(allows_translation=False))
    make_permission(source_work=work, begins_on=date(2126, 3, 1))
    assert said(article, by=editor) == [
        "The terms of “Winter” allow neither translation nor adaptation: add a permission in"
        " writing or by contract. The permission is not valid before 1 March 2126: publish then,"
        " or change its day."
    ]


def test_scheduled_piece_needs_terms_on_its_day(editor):
    article, work = make_draft()
    make_permission(source_work=work, begins_on=LATER.date(), ends_on=LATER.date())
    publish(article, by=editor, publish_at=LATER)
    article, work = make_draft()
    make_permission(source_work=work, ends_on=date(2126, 3, 9))
    assert "ended on 9 March 2126" in said(article, by=editor, publish_at=LATER)[0]


def test_permission_for_other_languages_is_told(editor):
    article, work = make_draft()
    make_permission(source_work=work, languages=["tr"])
    assert said(article, by=editor)[0].endswith(
        "The permission is for other languages: add this one if it is meant."
    )


def test_withdrawn_source_blocks_new_publishing(editor):
    article, _work = make_draft(licence=free_licence(), withdrawn_at=LATER)
    assert said(article, by=editor) == [
        "“Winter” was withdrawn by its publication. Choose another source, or restore it at the"
        " source if that was a mistake."
    ]


def test_sentences_are_the_editors_own_language(editor):
    article, work = make_draft()
    make_permission(source_work=work, ends_on=date(2025, 5, 31))
    with override("de"):
        assert "31. Mai 2025" in said(article, by=editor)[0]


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("UTC", datetime(2026, 3, 30, tzinfo=UTC)),
        ("Asia/Tokyo", datetime(2026, 3, 29, 15, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 29, 22, tzinfo=UTC)),  # the day that has 23 hours
    ],
)
def test_days_are_those_of_the_site(zone, end):
    with override_settings(TIME_ZONE=zone):
        assert end_of_day(date(2026, 3, 29)) == end
        assert site_day(end) == date(2026, 3, 30)
