"""What names a revision is of that revision's own article, whoever writes it."""

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Autosave, ReviewEntry, Revision, Status
from tests.articles.review import make_saved, newest
from tests.builders import make_article, make_colleague

pytestmark = pytest.mark.django_db


def entry(article, revision, person):
    ReviewEntry.objects.create(
        article=article, revision=revision, kind="note", text="So?", created_by=person
    )


def autosave(article, revision, person):
    Autosave.objects.create(article=article, user=person, based_on=revision, fields={})


def draft(article, revision, person):
    Revision.objects.create(article=article, number=7, kind="draft", based_on=revision,
                            snapshot={}, created_by=person)  # fmt: skip


@pytest.mark.parametrize("write", [entry, autosave, draft])
def test_revision_of_another_article_is_refused_by_the_database(write):
    article, other, person = make_saved(), make_saved(), make_colleague("editor")
    with pytest.raises(IntegrityError, match="of_its_article"), transaction.atomic():
        write(article, newest(other), person)
        connection.check_constraints()
    write(article, newest(article), person)
    connection.check_constraints()


def test_what_is_typed_into_a_new_article_is_based_on_nothing():
    with pytest.raises(IntegrityError, match="based_on_nothing"), transaction.atomic():
        autosave(None, newest(make_saved()), make_colleague("editor"))


def test_article_goes_with_a_long_line_of_drafts():
    article, person = make_article(status=Status.DRAFT), make_colleague("editor")
    base = None
    for number in range(1, 121):
        base = Revision.objects.create(article=article, number=number, kind="draft", based_on=base,
                                       snapshot={}, created_by=person)  # fmt: skip
    entry(article, base, person)
    autosave(article, base, person)
    article.delete()
    connection.check_constraints()
    assert not Revision.objects.exists()
