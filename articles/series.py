"""Which instalment of its series an article is, and in which editions a series stands."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Window
from django.http import HttpRequest

from articles.models import Article, Series
from operations.addresses import address
from operations.clock import request_now
from pagecache.marks import depend


class Instalment(NamedTuple):
    """An article among those of its series that readers of its edition see."""

    series: Series
    number: int
    of: int
    previous: Article | None
    next: Article | None

    @property
    def neighbours(self) -> list[Article]:
        return [each for each in (self.previous, self.next) if each]


class SeriesPage(NamedTuple):
    """The page of a series in one edition, with as much of it as a link needs."""

    slug: str
    language: str

    def get_absolute_url(self) -> str:
        return address("articles:series_detail", self.slug, language=self.language)


def instalment_of(request: HttpRequest, article: Article) -> Instalment | None:
    """None without a series. One query for the whole of a request, of a piece that has one.

    The page is dropped when another one is published anew or withdrawn.
    """
    series = article.story.series
    if series is None:
        return None
    kept = vars(request).setdefault("instalments", {})
    if article.pk not in kept:
        depend(request, series.tag)
        kept[article.pk] = instalment(article, series, now=request_now(request))
    return kept[article.pk]


def instalment(article: Article, series: Series, *, now: datetime) -> Instalment:
    """The same at an instant, whether the article itself is live then or not. One query."""
    nearest = {row.beyond: row for row in _nearest(article, series, now=now)}
    before, others = next(((row.before, row.others) for row in nearest.values()), (0, 0))
    beside = {"previous": nearest.get(0), "next": nearest.get(1)}
    return Instalment(series, before + 1, others + 1, **beside)


def pages_of(series: Series, *, now: datetime, editions: Collection[str]) -> list[SeriesPage]:
    """Of the editions in which readers see something of it. One query."""
    live = Article.objects.live(now).in_series(series).filter(language__in=editions)
    languages = live.order_by("language").values_list("language", flat=True).distinct()
    return [SeriesPage(series.slug, language) for language in languages]


def _nearest(article: Article, series: Series, *, now: datetime) -> QuerySet:
    """The instalment before the article and the one after it.

    Each has the number of all `others` and of those `before` the article, and by how much its own
    number goes `beyond` that: by nothing, or by one.
    """
    begun, key = article.publish_at, article.pk
    earlier = Q(publish_at__lt=begun) | Q(publish_at=begun, pk__lt=key)
    live = Article.objects.live(now).in_edition(article.language).in_series(series)
    counted: Any = (
        live.exclude(pk=key)
        .numbered()
        .annotate(others=Window(Count("pk")), before=Window(Count("pk", filter=earlier)))
    )
    beside = counted.annotate(beyond=F("number") - F("before")).filter(beyond__in=(0, 1))
    return beside.only("story_id", "language", "slug", "headline")
