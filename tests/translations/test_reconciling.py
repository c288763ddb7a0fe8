"""Who may say that a translation was compared with its source, and what that writes."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError

from articles.models import Status
from tests.builders import make_article, make_colleague, make_contributor, make_site, make_user
from tests.newsroom.kept_copies import copies, fates
from tests.translations.builders import make_attribution, make_source_work
from tests.translations.versions import (
    make_covered_work,
    make_revision,
    make_source_text,
    make_translation,
)
from translations.drift import drift_of
from translations.models import Attribution, Reconciliation
from translations.reconciling import reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def credit():
    """A live translation whose source, also live, has a revision more than it covers."""
    make_site()
    source = make_article(slug="ferry")
    make_revision(source)
    credit = make_translation(source)
    make_revision(source, headline="The ferry leaves <later>")
    return credit


def newest(credit):
    return credit.source_article.revisions.first()


def state_of(credit):
    return drift_of([credit.article_id])[credit.article_id].state


def test_reconciling_covers_what_was_seen(credit):
    translator, before = make_colleague("translator"), credit.source_revision
    row = reconcile(credit.article, by=translator, seen=newest(credit).pk)
    credit.refresh_from_db()
    assert credit.source_revision == newest(credit) and state_of(credit) == "current"
    assert Reconciliation.objects.get() == row
    assert (row.article, row.by) == (credit.article_id, translator.pk)
    assert (row.from_revision, row.to_revision) == (before.pk, newest(credit).pk)
    assert "revision 2" in LogEntry.objects.get().change_message


def test_reconciling_with_a_source_elsewhere():
    work = make_covered_work()
    credit = make_translation(work)
    Attribution.objects.update(source_text=None)
    last = make_source_text(work)
    reconcile(credit.article, by=make_colleague("editor"), seen=last.pk)
    credit.refresh_from_db()
    row = Reconciliation.objects.get()
    assert credit.source_text == last and state_of(credit) == "current"
    assert (row.from_text, row.to_text, row.to_revision) == (None, last.pk, None)


def test_reconciling_twice_writes_once(credit):
    editor, seen = make_colleague("editor"), newest(credit).pk
    assert reconcile(credit.article, by=editor, seen=seen)
    assert reconcile(credit.article, by=editor, seen=seen) is None
    assert Reconciliation.objects.count() == LogEntry.objects.count() == 1


def test_what_was_not_seen_is_not_covered(credit):
    seen = newest(credit).pk
    make_revision(credit.source_article)
    with pytest.raises(ValidationError, match="once more meanwhile"):
        reconcile(credit.article, by=make_colleague("editor"), seen=seen)
    assert state_of(credit) == "outdated" and not Reconciliation.objects.exists()


@pytest.mark.parametrize("origin", [None, "original", "translation"])
def test_nothing_to_compare_with_is_refused(origin):
    article = make_article(language="tr")
    if origin:
        make_attribution(article=article, origin=origin)
    with pytest.raises(ValidationError, match="no version of a source"):
        reconcile(article, by=make_colleague("editor"), seen=1)


ROLES = ("reporter", "translator", "editor", "chief", "moderator", "fundraiser", None)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", Status.values)
def test_who_may_reconcile(credit, role, status):
    type(credit.article).objects.filter(pk=credit.article_id).update(status=status)
    person = make_colleague(role) if role else make_user()
    everybody, drafts = {"translator", "editor", "chief"}, {"reporter"}
    allowed = role in everybody or (status == "draft" and role in drafts)
    if allowed:
        assert reconcile(credit.article, by=person, seen=newest(credit).pk)
    else:
        with pytest.raises(PermissionDenied):
            reconcile(credit.article, by=person, seen=newest(credit).pk)
    assert Reconciliation.objects.exists() == allowed


def test_reconciling_drops_the_articles_pages(credit, django_capture_on_commit_callbacks):
    with copies(story=f"story:{credit.article.story_id}", other="story:0") as store:
        with django_capture_on_commit_callbacks(execute=True):
            reconcile(credit.article, by=make_colleague("editor"), seen=newest(credit).pk)
        assert fates(store, "story", "other") == {"story": "gone"}


# At the desk


@pytest.fixture
def page(credit):
    return f"/admin/articles/article/{credit.article_id}/reconcile/"


def test_desk_shows_what_changed_and_takes_one_post(client, credit, page):
    client.force_login(make_colleague("translator"))
    form = client.get(f"/admin/articles/article/{credit.article_id}/change/")
    assert page in form.text and "(out of date)" in form.text
    shown = client.get(page).text
    assert "<ins>&lt;later&gt;</ins>" in shown and f'value="{newest(credit).pk}"' in shown
    answer = client.post(page, {"seen": newest(credit).pk}, follow=True)
    assert "compared with its source" in answer.text and "(up to date)" in answer.text
    again = client.post(page, {"seen": newest(credit).pk}, follow=True)
    assert "nothing newer" in again.text and Reconciliation.objects.count() == 1
    assert 'name="seen"' not in client.get(page).text


def test_desk_tells_of_what_came_meanwhile(client, credit, page):
    client.force_login(make_colleague("editor"))
    seen = newest(credit).pk
    make_revision(credit.source_article)
    answer = client.post(page, {"seen": seen})
    assert answer.status_code == 422 and "once more meanwhile" in answer.text
    assert f'value="{newest(credit).pk}"' in answer.text


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "9" * 30, "\0", None])
def test_desk_refuses_a_hostile_post(client, credit, page, seen):
    client.force_login(make_colleague("editor"))
    answer = client.post(page, {} if seen is None else {"seen": seen})
    assert answer.status_code == 422 and "Open this page once more" in answer.text


def test_desk_of_an_article_without_a_source_has_no_such_page(client):
    article = make_article(byline=[(make_contributor(), "reporter")])
    client.force_login(make_colleague("editor"))
    assert client.get(f"/admin/articles/article/{article.pk}/reconcile/").status_code == 404
    assert "reconcile/" not in client.get(f"/admin/articles/article/{article.pk}/change/").text


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        (lambda: make_translation(make_source_work()), "No text of the source"),
        (lambda: make_translation(make_article()), "not been published yet"),
        (lambda: make_translation(make_covered_work()), "nothing newer"),
    ],
)
def test_desk_says_why_there_is_nothing_to_do(client, prepare, told):
    credit = prepare()
    client.force_login(make_colleague("editor"))
    shown = client.get(f"/admin/articles/article/{credit.article_id}/reconcile/").text
    assert told in shown and 'name="seen"' not in shown


def test_desk_lets_what_covers_nothing_be_compared(client, credit, page):
    Attribution.objects.update(source_revision=None)
    client.force_login(make_colleague("editor"))
    assert "Nobody has said yet" in client.get(page).text
    client.post(page, {"seen": newest(credit).pk})
    assert state_of(credit) == "current"


@pytest.mark.parametrize(("role", "status"), [("reporter", 403), ("fundraiser", 403)])
def test_desk_keeps_others_out(client, page, role, status):
    client.force_login(make_colleague(role))
    assert client.get(page).status_code in (status, 404)
    assert client.post(page, {"seen": 1}).status_code in (status, 404)
    assert not Reconciliation.objects.exists()
