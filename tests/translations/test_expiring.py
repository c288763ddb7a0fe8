"""Permissions that end while pieces depend on them: who is told, when, and once."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Status
from tests.builders import make_article, make_colleague, make_site
from tests.comments.post_office import work as do_what_waits
from tests.translations.builders import (
    free_licence,
    make_attribution,
    make_permission,
    make_publication,
    make_source_work,
)
from translations.expiring import Step, concerned, note_endings, step_of
from translations.models import Attribution, PermissionNotice
from translations.tasks import mail_endings, report_endings

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.now().date()


def make_dependent(*, days, licence=None, **fields):
    """A permission that ends in so many days, and an article that is live by it."""
    work = make_source_work(title="Winter", publication=make_publication(licence=licence))
    end = today() + timedelta(days=days)
    permission = make_permission(source_work=work, ends_on=end, **fields)
    article = make_article(headline=f"In {days} days")
    make_attribution(article=article, source_work=work)
    return article, permission


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (31, None),
        (30, Step.MONTH),
        (8, Step.MONTH),
        (7, Step.WEEK),
        (2, Step.WEEK),
        (1, Step.DAY),
        (0, Step.DAY),
        (-1, Step.ENDED),
        (-99, Step.ENDED),
    ],
)
def test_permission_comes_to_its_steps_one_after_the_other(days, step):
    _article, permission = make_dependent(days=days)
    assert step_of(permission, today=today()) == step
    assert [notice.step for notice in note_endings()] == ([] if step is None else [step])


def is_concerned(article, permission) -> bool:
    return article in concerned([permission], now=timezone.now())[permission.pk]


@pytest.mark.parametrize("days", [5, -5])
def test_piece_that_another_permission_or_licence_allows_does_not_depend(days):
    article, permission = make_dependent(days=days)
    assert is_concerned(article, permission)
    after = permission.ends_on + timedelta(days=1)
    renewal = make_permission(source_work=permission.source_work, begins_on=after)
    assert not is_concerned(article, permission)
    renewal.delete()
    assert not is_concerned(*make_dependent(days=days, licence=free_licence()))
    assert not is_concerned(*make_dependent(days=days, languages=["tr"]))


def test_piece_that_disappears_with_its_permission_depends_on_it_whatever_else_allows_it():
    article, permission = make_dependent(days=5, licence=free_licence(), ends_publication=True)
    assert not is_concerned(article, permission)
    Attribution.objects.update(permission=permission)
    assert is_concerned(article, permission)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_only_live_pieces_count(status):
    article, permission = make_dependent(days=5)
    Article.objects.update(status=status)
    assert not is_concerned(article, permission)
    assert note_endings() == []
    Article.objects.update(status=Status.PUBLISHED)
    assert len(note_endings()) == 1  # late rather than never


def test_blanket_permission_concerns_all_of_its_pieces():
    publication = make_publication(licence=None)
    permission = make_permission(publication=publication, ends_on=today())
    for _number in range(2):
        source = make_source_work(publication=publication)
        make_attribution(article=make_article(), source_work=source)
    assert len(concerned([permission], now=timezone.now())[permission.pk]) == 2


def test_each_step_is_noted_once_and_a_moved_end_anew():
    _article, permission = make_dependent(days=5)
    assert [len(note_endings()) for _time in range(3)] == [1, 0, 0]
    for days, noted in ((1, 1), (1, 0), (-1, 1), (40, 0), (5, 0), (6, 1)):
        permission.ends_on = today() + timedelta(days=days)
        permission.save()
        assert len(note_endings()) == noted


def test_many_permissions_cost_the_same(django_assert_num_queries):
    for days in range(10):
        make_dependent(days=days)
    with django_assert_num_queries(9):  # savepoint (2), time, rows, articles (3), known, new
        assert len(note_endings()) == 10


@pytest.fixture
def editors():
    make_site()
    make_colleague("translator", username="mina")
    bertil, imogen = make_colleague("editor", username="bertil"), make_colleague("chief")
    bertil.language = "de"
    bertil.save()
    make_colleague("editor", username="nomail")
    User.objects.filter(username="nomail").update(email="")
    return [bertil, imogen]


def test_who_may_publish_is_mailed_once_in_their_language(editors):
    article, permission = make_dependent(days=5)
    make_dependent(days=-5)
    assert report_endings.func() == 2
    do_what_waits()
    assert report_endings.func() == 0
    do_what_waits()
    assert sorted(m.to[0] for m in mail.outbox) == sorted(p.email for p in editors)
    text = next(m for m in mail.outbox if m.to == [editors[1].email])
    assert text.subject == "2 permissions end or have ended"
    assert "These live articles depend on it:" in text.body and "are still live" in text.body
    assert f"- In 5 days http://localhost:8000/admin/articles/article/{article.pk}/" in text.body
    assert f"/admin/translations/permission/{permission.pk}/change/" in text.body


def test_mail_tells_when_pieces_disappear(editors):
    _article, permission = make_dependent(days=1, ends_publication=True)
    Attribution.objects.update(permission=permission)
    report_endings.func()
    do_what_waits()
    assert any("and with it these articles disappear" in sent.body for sent in mail.outbox)


def test_nobody_is_mailed_about_what_was_renewed_meanwhile(editors):
    _article, permission = make_dependent(days=5)
    (notice,) = note_endings()
    assert mail_endings.func(editors[0].pk, [notice.pk])
    permission.ends_on = today() + timedelta(days=20)
    permission.save()
    assert not mail_endings.func(editors[0].pk, [notice.pk])
    permission.delete()
    assert not mail_endings.func(editors[0].pk, [notice.pk])
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("step", "is_allowed"), [(30, True), (0, True), (14, False)])
def test_database_knows_the_steps_and_changes_no_notice(step, is_allowed):
    def note():
        PermissionNotice.objects.create(permission=1, ends_on=today(), step=step)

    if not is_allowed:
        with pytest.raises(IntegrityError):
            note()
        return
    note()
    for change in (lambda rows: rows.update(step=7), lambda rows: rows.delete()):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            change(PermissionNotice.objects.all())
    with pytest.raises(IntegrityError):
        note()


@pytest.mark.django_db(transaction=True)
def test_jobs_at_once_note_each_step_once():
    for days in (1, 5, 20):
        make_dependent(days=days)
    counts = []

    def run() -> None:
        counts.append(len(note_endings()))
        connection.close()

    jobs = [Thread(target=run) for _number in range(4)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(20)
    assert sorted(counts) == [0, 0, 0, 3]
    assert PermissionNotice.objects.count() == 3
