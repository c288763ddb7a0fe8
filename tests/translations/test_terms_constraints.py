"""What the database refuses about terms and sources' texts, each beside what it allows."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Value

from tests.builders import make_article, make_colleague
from tests.translations.builders import (
    make_attribution,
    make_licence,
    make_permission,
    make_source_work,
)
from tests.translations.test_constraints import is_allowed
from translations.models import Attribution, Licence, Permission, SourceText
from translations.sources import record_text

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def test_one_licence_is_the_houses_own():
    assert is_allowed(lambda: make_licence(is_house=True))
    assert is_allowed(lambda: make_licence(is_house=False))
    assert not is_allowed(lambda: make_licence(is_house=True))


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("", True),
        ("https://licence.example/by", True),
        ("javascript:alert(1)", False),
        ("https://Licence.example/", False),
    ],
)
def test_licence_has_a_normalised_address_or_none(url, allowed):
    rows = Licence.objects.filter(pk=make_licence().pk)
    assert allowed is is_allowed(lambda: rows.update(url=Value(url)))


@pytest.mark.parametrize(
    ("for_work", "for_publication", "allowed"),
    [(True, False, True), (False, True, True), (True, True, False), (False, False, False)],
)
def test_permission_is_for_a_work_or_a_publication(for_work, for_publication, allowed):
    work = make_source_work()
    fields = {
        "source_work": work if for_work else None,
        "publication": work.publication if for_publication else None,
    }
    assert allowed is is_allowed(lambda: make_permission(**fields))


@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({}, True),
        ({"kind": "borrowed"}, False),
        ({"exclusivity": "world"}, True),
        ({"exclusivity": "moon"}, False),
        ({"begins_on": FIRST, "ends_on": LAST}, True),
        ({"begins_on": FIRST, "ends_on": FIRST}, True),
        ({"begins_on": LAST, "ends_on": FIRST}, False),
        ({"ends_publication": True, "ends_on": LAST}, True),
        ({"ends_publication": True}, False),
    ],
)
def test_permission_is_one_that_can_be(fields, allowed):
    assert allowed is is_allowed(lambda: make_permission(**fields))


@pytest.mark.parametrize("kind", ["licence", "written", "contract", "public-domain"])
@pytest.mark.parametrize("names_one", [True, False])
def test_permission_by_a_licence_alone_names_it(kind, names_one):
    licence = make_licence() if names_one else None
    expected = (kind == "licence") is names_one
    assert expected is is_allowed(lambda: make_permission(kind=kind, licence=licence))


def test_credit_ends_otherwise_only_than_with_a_permission():
    credit = make_attribution(article=make_article())
    rows = Attribution.objects.filter(pk=credit.pk)
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    assert not is_allowed(lambda: rows.update(ends_otherwise_at=moment))
    permission = make_permission(source_work=credit.source_work)
    assert is_allowed(lambda: rows.update(permission=permission, ends_otherwise_at=moment))
    assert not is_allowed(Permission.objects.filter(pk=permission.pk).delete)


def test_texts_of_a_source_are_numbered_hashed_and_never_changed():
    translator = make_colleague("translator")
    text = record_text(make_source_work(), text="Winter.", change="major", by=translator)
    rows = SourceText.objects.filter(pk=text.pk)

    def again(**fields):
        kept = {"source_work": text.source_work, "number": 2, "text": "Frost.", "sha256": "0" * 64}
        SourceText.objects.bulk_create([SourceText(taken_by=translator, **kept | fields)])

    assert not is_allowed(again)  # the hash is another text's
    assert is_allowed(lambda: again(text="Winter.", sha256=text.sha256))
    assert not is_allowed(lambda: again(text="Winter.", sha256=text.sha256))  # the number is taken
    assert not is_allowed(lambda: again(number=3, text="Winter.", sha256=text.sha256, change="x"))
    assert not is_allowed(lambda: rows.update(text="Frost."))
    assert not is_allowed(rows.delete)
