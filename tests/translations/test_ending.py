"""Articles that end with the permission by which they are published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.test import override_settings
from django.utils import timezone

from articles import drafts
from articles.models import Article, Role, Status
from articles.publishing import NotPublishable, publish, withdraw
from tests.builders import make_article, make_colleague, make_contributor, make_site
from tests.newsroom.kept_copies import copies, fates
from tests.translations.builders import (
    make_attribution,
    make_permission,
    make_publication,
    make_source_work,
)
from translations.ending import change_permission
from translations.models import Attribution

pytestmark = pytest.mark.django_db

LAST = date(2126, 6, 30)
END = datetime(2126, 7, 1, tzinfo=UTC)
EARLIER, LATER = END - timedelta(days=9), END + timedelta(days=9)


@pytest.fixture
def editor():
    make_site()
    return make_colleague("editor")


def make_permitted(*, ends_publication=True, ends_on=LAST, **fields):
    """A draft that may be published by one permission alone, and that permission."""
    work = make_source_work(publication=make_publication(licence=None))
    permission = make_permission(
        source_work=work, ends_on=ends_on, ends_publication=ends_publication
    )
    byline = [(make_contributor(), Role.TRANSLATOR)]
    article = make_article(status=Status.DRAFT, byline=byline, **fields)
    make_attribution(article=article, source_work=work)
    return article, permission


def end_of(article):
    return Article.objects.get(pk=article.pk).unpublish_at


@pytest.mark.parametrize(
    ("ends_publication", "wanted", "end"),
    [
        (True, None, END),
        (True, EARLIER, EARLIER),
        (True, END, END),
        (True, LATER, END),
        (False, None, None),
        (False, LATER, LATER),
    ],
)
def test_published_piece_ends_with_its_permission_or_before(editor, ends_publication, wanted, end):
    article, _permission = make_permitted(ends_publication=ends_publication)
    for _again in range(2):  # publishing changes sends the end back that was set
        publish(article, by=editor, unpublish_at=wanted)
        assert article.unpublish_at == end_of(article) == end
        wanted = None


def test_last_day_is_the_sites(editor):
    article, _permission = make_permitted()
    with override_settings(TIME_ZONE="Asia/Tokyo"):
        publish(article, by=editor)
    assert end_of(article) == END - timedelta(hours=9)


@pytest.mark.parametrize(
    ("wanted", "last", "end"),
    [
        (None, date(2126, 7, 31), datetime(2126, 8, 1, tzinfo=UTC)),
        (None, date(2126, 5, 31), datetime(2126, 6, 1, tzinfo=UTC)),
        (EARLIER, date(2126, 7, 31), EARLIER),
        (EARLIER, date(2126, 5, 31), datetime(2126, 6, 1, tzinfo=UTC)),
        (LATER, date(2126, 7, 31), LATER),
    ],
)
def test_end_moves_with_the_permission_and_keeps_what_the_desk_wanted(editor, wanted, last, end):
    article, permission = make_permitted()
    publish(article, by=editor, unpublish_at=wanted)
    publish(article, by=editor)
    permission.ends_on = last
    moved = change_permission(permission, by=editor)
    assert end_of(article) == end
    assert moved == ([] if end == min(wanted or END, END) else [article])
    permission.ends_on = LAST
    change_permission(permission, by=editor)
    assert end_of(article) == min(wanted or END, END)


def test_permission_that_ends_nothing_more_gives_the_desks_own_end_back(editor):
    article, permission = make_permitted()
    publish(article, by=editor, unpublish_at=LATER)
    permission.ends_publication = False
    change_permission(permission, by=editor)
    assert end_of(article) == LATER
    permission.ends_publication = True
    change_permission(permission, by=editor)
    assert end_of(article) == END


def test_permission_that_has_ended_takes_the_piece_away_at_once(
    editor, django_capture_on_commit_callbacks
):
    article, permission = make_permitted()
    publish(article, by=editor)
    permission.ends_on = timezone.now().date() - timedelta(days=9)  # before it was published
    tags = {"story": article.tag, "headline": article.headline_tag, "lists": "lists"}
    with copies(**tags, other="story:0") as store:
        with django_capture_on_commit_callbacks(execute=True):
            change_permission(permission, by=editor)
        assert fates(store, *tags, "other") == dict.fromkeys(tags, "gone")
    assert not Article.objects.live(timezone.now()).exists()
    with pytest.raises(NotPublishable, match="ended on"):
        publish(article, by=editor)


def test_permission_cannot_end_a_scheduled_piece_before_it_begins(editor):
    article, permission = make_permitted(headline="Summer")
    publish(article, by=editor, publish_at=EARLIER)
    permission.ends_on = EARLIER.date() - timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        change_permission(permission, by=editor)
    assert refused.value.message_dict == {
        "ends_on": ["“Summer” is scheduled for later: it would end before it begins."]
    }
    permission.refresh_from_db()
    assert (permission.ends_on, end_of(article)) == (LAST, END)
    withdraw(article, by=editor)
    permission.ends_on = EARLIER.date() - timedelta(days=1)
    assert change_permission(permission, by=editor) == []


def test_permission_for_the_source_goes_before_one_for_its_publication(editor):
    article, permission = make_permitted()
    make_permission(publication=permission.source_work.publication)
    publish(article, by=editor)
    assert end_of(article) == END
    make_permission(source_work=permission.source_work)  # for good
    publish(article, by=editor)
    assert end_of(article) is None


def test_other_source_ends_otherwise(editor):
    article, _permission = make_permitted()
    publish(article, by=editor)
    Attribution.objects.filter(article=article).update(source_work=make_source_work())
    publish(article, by=editor)
    assert end_of(article) is None
    assert Attribution.objects.get().permission is None


def test_permission_of_a_published_piece_cannot_be_deleted(editor):
    article, permission = make_permitted()
    publish(article, by=editor)
    with pytest.raises(ProtectedError):
        permission.delete()


@pytest.mark.parametrize("role", ["reporter", "translator", "moderator", "fundraiser"])
def test_others_do_not_change_permissions(role):
    permission = make_permission(ends_on=LAST)
    permission.ends_on = None
    with pytest.raises(PermissionDenied):
        change_permission(permission, by=make_colleague(role))
    permission.refresh_from_db()
    assert permission.ends_on == LAST


def test_draft_older_than_the_permission_does_not_forget_it(editor):
    article, permission = make_permitted()
    saved = drafts.save_draft(article, drafts.snapshot(article), by=editor, based_on=None)
    publish(article, by=editor)
    drafts.write(article, saved.snapshot)
    assert Attribution.objects.get(article=article).permission == permission
