"""Believable publications, sources and credits for tests."""

from itertools import count
from typing import Any

from articles.models import Article
from translations.models import Attribution, Origin, Publication, SourceWork

_numbers = count(1)


def make_publication(
    *, name: str = "Hafenblatt Nordermoor", language: str = "de", slug: str = "", url: str = ""
) -> Publication:
    slug = slug or f"publication-{next(_numbers)}"
    return Publication.objects.create(
        name=name, slug=slug, language=language, url=url or f"https://{slug}.example/"
    )


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
