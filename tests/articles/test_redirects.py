"""What the database itself writes when a slug changes, whoever changes it."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Contributor, Page, Redirect, Role, Section, Status, Topic
from articles.publishing import publish, withdraw
from tests.builders import (
    make_article,
    make_contributor,
    make_editor,
    make_section,
    make_series,
    make_site,
)

pytestmark = pytest.mark.django_db


def make_row(kind, slug, *, language="en"):
    """A row of the kind that readers know."""
    names = {"names": {"en": slug.capitalize()}}
    makers = {
        "article": lambda: make_article(slug=slug, language=language),
        "section": lambda: make_section(slug=slug),
        "topic": lambda: Topic.objects.create(slug=slug, **names),
        "contributor": lambda: make_contributor(slug=slug),
        "page": lambda: Page.objects.create(slug=slug, language=language, title=slug, body=""),
        "series": lambda: make_series(slug=slug),
    }
    return makers[kind]()


def rename(row, slug):
    type(row).objects.filter(pk=row.pk).update(slug=slug)


def leads():
    """{slug: what it leads to}."""
    return {each.slug: each.target for each in Redirect.objects.all()}


KINDS = ("article", "section", "topic", "contributor", "page", "series")


@pytest.mark.parametrize("kind", KINDS)
def test_every_old_slug_leads_straight_to_its_row(kind):
    row = make_row(kind, "first")
    for slug in ("second", "third"):
        rename(row, slug)
    assert leads() == {"first": row, "second": row}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("chain", [*permutations("abc"), tuple("abab"), tuple("abcab")])
def test_no_chain_of_names_ever_leads_in_a_circle(kind, chain):
    row = make_row(kind, "start")
    for slug in (*chain, "start"):
        rename(row, slug)
    assert leads() == dict.fromkeys(set(chain), row)


@pytest.mark.parametrize("kind", KINDS)
def test_old_slug_is_reserved_for_its_row(kind):
    row = make_row(kind, "first")
    rename(row, "second")
    with pytest.raises(IntegrityError, match="once led"), transaction.atomic():
        make_row(kind, "first")
    other = make_row(kind, "other")
    with pytest.raises(IntegrityError, match="once led"), transaction.atomic():
        rename(other, "first")
    rename(row, "first")
    assert leads() == {"second": row}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_deleted_leaves_all_its_slugs_as_gone_and_free(kind):
    row = make_row(kind, "first")
    rename(row, "second")
    type(row).objects.filter(pk=row.pk).delete()
    assert leads() == {"first": None, "second": None}
    successor = make_row(kind, "first")
    assert leads() == {"second": None}
    rename(successor, "second")
    assert leads() == {"first": successor}


def test_kinds_do_not_share_their_slugs():
    for kind in KINDS:
        rename(make_row(kind, "first"), "second")
    assert Redirect.objects.filter(slug="first").count() == len(KINDS)


@pytest.mark.parametrize("kind", ["article", "page"])
def test_slugs_of_one_language_say_nothing_of_another(kind):
    row = make_row(kind, "first")
    rename(row, "second")
    make_row(kind, "first", language="de")
    assert leads() == {"first": row}


@pytest.mark.parametrize("model", [Article, Page])
def test_change_of_language_leads_on_to_the_other_edition(model):
    row = make_row(model._meta.model_name, "ferry")
    model.objects.filter(pk=row.pk).update(language="de")
    found = Redirect.objects.get()
    assert (found.language, found.slug, found.target.language) == ("en", "ferry", "de")
    model.objects.filter(pk=row.pk).update(language="en")
    assert Redirect.objects.get().language == "de"


HIDDEN = {
    "draft": {"status": Status.DRAFT},
    "scheduled": {"publish_at": timezone.now() + timedelta(days=1)},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_article_that_no_reader_saw_leaves_nothing(fields):
    article = make_article(slug="first", **fields)
    rename(article, "second")
    article.delete()
    assert not Redirect.objects.exists()


SEEN = {
    "live": {},
    "withdrawn": {"status": Status.WITHDRAWN},
    "ended": {"unpublish_at": timezone.now() - timedelta(minutes=1)},
}


@pytest.mark.parametrize("fields", SEEN.values(), ids=SEEN)
def test_article_that_readers_saw_leaves_its_slug(fields):
    article = make_article(slug="first", **fields)
    rename(article, "second")
    assert leads() == {"first": article}


def test_saving_without_a_new_slug_writes_nothing():
    for kind in KINDS:
        make_row(kind, "first").save()
    assert not Redirect.objects.exists()


def test_rows_deleted_together_leave_each_their_own():
    for model in (Section, Contributor):
        model.objects.bulk_create(model(slug=slug, names={"en": slug}) for slug in "ab")
        model.objects.filter(slug__in="ab").delete()
    assert Redirect.objects.filter(section=None, contributor=None).count() == 4


def test_article_that_readers_saw_leaves_its_slug_also_with_a_later_time():
    editor, now = make_editor(), timezone.now()
    make_site()
    article = make_article(slug="first", byline=[(make_contributor(), Role.REPORTER)])
    publish(article, by=editor)
    publish(article, by=editor, publish_at=now + timedelta(days=4), overriding="Too early")
    rename(article, "second")
    assert leads() == {"first": article}
    withdraw(article, by=editor)
    assert Article.objects.get().status == Status.WITHDRAWN  # readers are told that it is gone
