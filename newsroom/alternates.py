"""In which editions a story is live, and which of them search engines are told of.

The head of a page, the sitemap, feeds and the language switch all ask here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from articles.models import Article, ArticleQuerySet, Page
from articles.series import SeriesPage
from operations.clock import request_now
from operations.composed import Asked, Composed
from translations.indexing import indexable
from translations.models import Attribution, Origin

ORDER = {code: place for place, (code, _name) in enumerate(settings.LANGUAGES)}
X_DEFAULT = "x-default"


@dataclass(frozen=True)
class Version:
    """A story's live article in one language, with as much of it as a link needs."""

    article: Article
    is_indexable: bool
    has_attribution: bool
    origin: str
    source_id: int | None  # the article of ours that this was made from

    @property
    def is_original(self) -> bool:
        return self.origin == Origin.ORIGINAL

    @property
    def language(self) -> str:
        return self.article.language

    @cached_property
    def url(self) -> str:
        return settings.SITE_URL + self.article.get_absolute_url()


@dataclass(frozen=True)
class Alternates:
    """A story's versions, in the order of the site's languages."""

    versions: tuple[Version, ...] = ()

    def of(self, article: Article) -> Version | None:
        """The article as one of the versions; None while it is not live."""
        return next((each for each in self.versions if each.article.pk == article.pk), None)

    def others(self, article: Article) -> list[Article]:
        """The story in other languages, for readers: all that are live."""
        return [each.article for each in self.versions if each.article.pk != article.pk]

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """(hreflang, address) of every version that search engines may list, and the one x-default.

        The same for each of these versions; nothing for a single one.
        """
        listed = [each for each in self.versions if each.is_indexable]
        if len(listed) < 2:
            return []
        default = min(listed, key=lambda each: (not each.is_original, *_preference(each)))
        return [*((each.language, each.url) for each in listed), (X_DEFAULT, default.url)]

    def translations_of(self, article: Article) -> list[Version]:
        """Those of the listed versions that were translated from the article."""
        return [
            each
            for each in self.versions
            if each.is_indexable
            and each.origin == Origin.TRANSLATION
            and each.source_id == article.pk
        ]

    def links_of(self, article: Article) -> list[tuple[str, str]]:
        """The links that the article's own page has: none unless it is one of those listed."""
        version = self.of(article)
        return self.links if version and version.is_indexable else []


def versions_of_pages(pages: Iterable[Page | SeriesPage]) -> dict[str, list[tuple[str, str]]]:
    """{slug: [(hreflang, address)] with the one x-default}; nothing for a language alone."""
    by_slug = defaultdict(list)
    for page in pages:
        by_slug[page.slug].append((page.language, settings.SITE_URL + page.get_absolute_url()))
    return {
        slug: with_default(sorted(found, key=lambda pair: ORDER.get(pair[0], len(ORDER))))
        for slug, found in by_slug.items()
    }


def with_default(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """[(hreflang, address)] of one page in its languages, and the one x-default; nothing for a
    language alone."""
    default = dict(links).get(settings.LANGUAGE_CODE, links[0][1])
    return [*links, (X_DEFAULT, default)] if len(links) > 1 else []


def alternates_of(article: Article, *, now: datetime, editions: Collection[str]) -> Alternates:
    """The versions of the article's story that are live at `now` in the editions. One query."""
    return _alternates(_of_story(story=article.story_id, now=now), editions)


def foreseen(request: HttpRequest, article: Article) -> Asked:
    return _of_story, {"story": article.story_id, "now": request_now(request)}


def alternates_by_story(
    stories: Collection[int], *, now: datetime, editions: Collection[str]
) -> dict[int, Alternates]:
    """The same for many stories; those without a live version are missing. One query."""
    found = defaultdict(list)
    for article in _versions(Article.objects.live(now).filter(story__in=stories)):
        found[article.story_id].append(article)
    return {story: _alternates(articles, editions) for story, articles in found.items()}


def _versions(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The articles with what a Version says of them."""
    credit = Attribution.objects.filter(article=OuterRef("pk"))
    return articles.annotate(
        is_indexable=indexable(),
        origin=Subquery(credit.values("origin")),
        source_id=Subquery(credit.values("source_article")),
    ).only("story_id", "language", "slug", "headline", "publish_at", "updated_at")


def _version_of(article: Any) -> Version:
    """Of an article that was read through `_versions`."""
    return Version(
        article=article,
        is_indexable=article.is_indexable,
        has_attribution=article.origin is not None,
        origin=article.origin or Origin.ORIGINAL,
        source_id=article.source_id,
    )


_of_story: Composed[Article] = Composed(
    lambda story, now: _versions(Article.objects.live(now).filter(story=story)),
    story=int,
    now=datetime,
)


def _alternates(articles: Iterable[Article], editions: Collection[str]) -> Alternates:
    found = [_version_of(article) for article in articles if article.language in editions]
    return Alternates(tuple(sorted(found, key=lambda each: ORDER.get(each.language, len(ORDER)))))


def _preference(version: Version) -> tuple[bool, int]:
    return version.language != settings.LANGUAGE_CODE, ORDER.get(version.language, len(ORDER))
