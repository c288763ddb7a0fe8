"""On what terms a piece with an outside source may be published."""

from datetime import date

import pytest

from tests.builders import make_article
from tests.translations.builders import (
    free_licence,
    make_attribution,
    make_licence,
    make_permission,
    make_publication,
    make_source_work,
)
from translations.models import Attribution, Exclusivity, Origin, PermissionKind, Treatment
from translations.permitting import is_allowed, problems

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)
MISSING, NO_DERIVATIVES, SHARE_ALIKE = "Nothing allows", "allow neither", "the same licence"
WITHDRAWN = "was withdrawn"
LICENCES = {
    "-": lambda: None,
    "free": free_licence,
    "nd": lambda: make_licence(allows_translation=False),
    "sa": lambda: make_licence(is_share_alike=True),
}
LANGUAGE_OF_SOURCE = {Origin.TRANSLATION: "de", Origin.ADAPTATION: "de"}


def make_credit(*, origin=Origin.TRANSLATION, work="-", publication="-", **fields):
    """A credit of a piece whose work and publication have licences by these names."""
    language = LANGUAGE_OF_SOURCE.get(origin, "en")
    source = make_source_work(
        language=language,
        licence=LICENCES[work](),
        publication=make_publication(licence=LICENCES[publication]()),
    )
    return make_attribution(article=make_article(), origin=origin, source_work=source, **fields)


def found(credit, *, on=DAY) -> list[str]:
    """The words by which a test knows each problem, in order."""
    read = Attribution.objects.with_terms().get(pk=credit.pk)
    known = (WITHDRAWN, MISSING, NO_DERIVATIVES, SHARE_ALIKE)
    return [next(word for word in known if word in text) for text in problems(read, on=on)]


@pytest.mark.parametrize("origin", [o for o in Origin if o != Origin.ORIGINAL])
@pytest.mark.parametrize(
    ("work", "publication", "governing"),
    [
        ("-", "-", "-"),
        ("-", "free", "free"),
        ("-", "nd", "nd"),
        ("-", "sa", "sa"),
        ("free", "-", "free"),
        ("free", "nd", "free"),
        ("nd", "free", "nd"),
        ("nd", "-", "nd"),
    ],
)
@pytest.mark.parametrize("kind", [None, *PermissionKind])
def test_terms_of_every_origin_licence_and_permission(origin, work, publication, governing, kind):
    credit = make_credit(origin=origin, work=work, publication=publication)
    if kind:
        licence = free_licence() if kind == PermissionKind.LICENCE else None
        make_permission(kind=kind, licence=licence, source_work=credit.source_work)
    expected = []
    if governing == "-" and not kind:
        expected = [MISSING]
    elif governing == "nd" and origin in (Origin.TRANSLATION, Origin.ADAPTATION):
        expected = [] if kind in (PermissionKind.WRITTEN, PermissionKind.CONTRACT) else (
            [NO_DERIVATIVES]
        )  # fmt: skip
    assert found(credit) == expected


def test_own_piece_and_own_source_need_no_terms():
    article = make_article()
    sibling = make_article(story=article.story, language="de")
    assert found(make_attribution(article=article, source_article=sibling)) == []
    assert found(make_attribution(article=make_article(), origin=Origin.ORIGINAL)) == []


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        (Treatment.FULL, []),
        (Treatment.ABRIDGED, []),
        (Treatment.EXCERPT, []),
        (Treatment.ADAPTED, [NO_DERIVATIVES]),
    ],
)
def test_republication_is_a_derivative_only_when_it_is_adapted(treatment, expected):
    credit = make_credit(origin=Origin.REPUBLICATION, work="nd", treatment=treatment)
    assert found(credit) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "is_valid"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2026, 3, 11), None, False),
        (None, date(2026, 3, 9), False),
        (date(2026, 3, 1), date(2026, 3, 31), True),
    ],
)
def test_permission_is_valid_from_its_first_to_its_last_day(begins, ends, is_valid):
    credit = make_credit()
    make_permission(source_work=credit.source_work, begins_on=begins, ends_on=ends)
    assert found(credit) == ([] if is_valid else [MISSING])


@pytest.mark.parametrize(
    ("languages", "language", "is_valid"),
    [
        ([], "en", True),
        (["en"], "en", True),
        (["tr", "en"], "en", True),
        (["tr"], "en", False),
        (["pt"], "pt-br", True),
        (["pt-br"], "pt", False),
        (["p"], "pt", False),
    ],
)
def test_permission_is_valid_in_its_languages(languages, language, is_valid):
    credit = make_credit()
    credit.article.language = language
    credit.article.save()
    make_permission(source_work=credit.source_work, languages=languages)
    assert found(credit) == ([] if is_valid else [MISSING])


def test_blanket_permission_is_for_every_work_of_its_publication_alone():
    credit, other = make_credit(), make_credit()
    make_permission(publication=credit.source_work.publication)
    assert (found(credit), found(other)) == ([], [MISSING])


@pytest.mark.parametrize("exclusivity", Exclusivity)
def test_permission_for_us_alone_is_a_permission(exclusivity):
    credit = make_credit()
    make_permission(source_work=credit.source_work, exclusivity=exclusivity)
    assert found(credit) == []


@pytest.mark.parametrize("origin", [Origin.TRANSLATION, Origin.REPUBLICATION])
@pytest.mark.parametrize(
    ("offered", "expected"), [("-", []), ("same", []), ("other", [SHARE_ALIKE])]
)
def test_share_alike_is_offered_under_the_same_licence_or_none(origin, offered, expected):
    credit = make_credit(origin=origin, work="sa")
    same = credit.source_work.licence
    credit.licence = {"-": None, "same": same, "other": free_licence()}[offered]
    credit.save()
    assert found(credit) == expected


def test_what_is_agreed_goes_before_share_alike():
    credit = make_credit(work="sa", licence=free_licence())
    make_permission(source_work=credit.source_work, kind=PermissionKind.CONTRACT)
    assert found(credit) == []


def test_terms_are_read_once_for_all(django_assert_num_queries):
    for _number in range(4):
        make_permission(source_work=make_credit(licence=free_licence()).source_work)
    with django_assert_num_queries(3):
        assert all(is_allowed(c, on=DAY) for c in Attribution.objects.with_terms())
