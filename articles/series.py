"""In which editions a series stands."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from articles.models import Article, Series
from operations.addresses import address


class SeriesPage(NamedTuple):
    """The page of a series in one edition, with as much of it as a link needs."""

    slug: str
    language: str

    def get_absolute_url(self) -> str:
        return address("articles:series_detail", self.slug, language=self.language)


def pages_of(series: Series, *, now: datetime, editions: Collection[str]) -> list[SeriesPage]:
    """Of the editions in which readers see something of it. One query."""
    live = Article.objects.live(now).in_series(series).filter(language__in=editions)
    languages = live.order_by("language").values_list("language", flat=True).distinct()
    return [SeriesPage(series.slug, language) for language in languages]
