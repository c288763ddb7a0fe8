"""Believable publications, sources and credits for tests."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from accounts.models import User
from articles.models import Article, Story
from tests.builders import make_colleague
from translations import assigning, open_work
from translations.desk import cells
from translations.drift import Drift, DriftState
from translations.models import (
    Assignment,
    Attribution,
    Licence,
    Origin,
    Permission,
    PermissionKind,
    Publication,
    SourceWork,
)

_numbers = count(1)


def make_licence(
    *, name: str = "CC BY 4.0", slug: str = "", allows_translation: bool = True, **fields: Any
) -> Licence:
    """One that allows everything, unless the fields say otherwise."""
    slug = slug or f"licence-{next(_numbers)}"
    fields.setdefault("url", "https://licences.example/by/4.0/")
    return Licence.objects.create(
        name=name, slug=slug, allows_translation=allows_translation, **fields
    )


def free_licence() -> Licence:
    """The one licence of publications about whose terms a test does not care."""
    return Licence.objects.get_or_create(slug="free", defaults={"name": "Free to use"})[0]


def make_publication(
    *,
    name: str = "Hafenblatt Nordermoor",
    language: str = "de",
    slug: str = "",
    url: str = "",
    **fields: Any,
) -> Publication:
    """One whose works everybody may use, unless `licence` is None or another."""
    slug = slug or f"publication-{next(_numbers)}"
    fields.setdefault("url", url or f"https://{slug}.example/")
    if "licence" not in fields:
        fields["licence"] = free_licence()
    return Publication.objects.create(name=name, slug=slug, language=language, **fields)


def make_permission(*, kind: str = PermissionKind.WRITTEN, **fields: Any) -> Permission:
    """For a work elsewhere in all languages and for good, unless the fields say otherwise."""
    if not fields.keys() & {"source_work", "publication"}:
        fields["source_work"] = make_source_work()
    return Permission.objects.create(kind=kind, **fields)


def make_source_work(
    *,
    publication: Publication | None = None,
    title: str = "Der letzte Winter auf dem Leuchtturm",
    language: str = "de",
    **fields: Any,
) -> SourceWork:
    publication = publication or make_publication(language=language)
    fields.setdefault("url", f"{publication.url}work-{next(_numbers)}")
    return SourceWork.objects.create(
        publication=publication, title=title, language=language, **fields
    )


def make_attribution(
    *, article: Article, origin: str = Origin.TRANSLATION, **fields: Any
) -> Attribution:
    """A translation from a German work elsewhere, unless the fields say otherwise."""
    if origin != Origin.ORIGINAL and not fields.keys() & {"source_work", "source_article"}:
        fields["source_work"] = make_source_work()
    return Attribution.objects.create(article=article, origin=origin, **fields)


def make_assignment(
    *,
    story: Story,
    language: str = "de",
    owner: User | None = None,
    requested_by: User | None = None,
    **fields: Any,
) -> Assignment:
    """Asked for by an editor, unless the fields say otherwise."""
    requested_by = requested_by or make_colleague("editor")
    return Assignment.objects.create(
        story=story, language=language, owner=owner, requested_by=requested_by, **fields
    )


def pretend_drift(monkeypatch: Any, **states: str) -> None:
    """As if articles with these slugs had these states of drift."""

    def drift_of(articles: Iterable[int]) -> dict[int, Drift]:
        asked = Article.objects.filter(pk__in=list(articles), slug__in=states)
        return {article.pk: Drift(DriftState(states[article.slug])) for article in asked}

    for module in (assigning, cells, open_work):
        monkeypatch.setattr(module, "drift_of", drift_of)
