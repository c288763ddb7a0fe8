"""The archive: all that an edition has published, by the months of the site's time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet
from articles.views import page_of
from operations.clock import request_now
from pagecache.marks import keep


@dataclass(frozen=True)
class Month:
    first_on: date
    articles: int = 0  # how many there are

    @property
    def name(self) -> str:
        return date_format(self.first_on, "YEAR_MONTH_FORMAT")

    def get_absolute_url(self) -> str:
        return reverse("articles:archive_month", args=[*f"{self.first_on:%Y %m}".split()])


class Archive:
    """The page of all months, as a step on the way to one of them."""

    @property
    def name(self) -> str:
        return gettext("Archive")

    def get_absolute_url(self) -> str:
        return reverse("articles:archive")


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """The months in which the edition published something. One query."""
    live = Article.objects.live(request_now(request)).in_edition(get_language())
    months = months_of(live)
    years = [(year, list(each)) for year, each in groupby(months, lambda m: m.first_on.year)]
    return keep(render(request, "articles/archive.html", {"years": years}), "lists")


@require_safe
def archive_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """A page of the month's articles, the newest first; 404 for a month without any."""
    shown = Month(date(int(year), int(month), 1))
    live = Article.objects.live(request_now(request)).in_edition(get_language())
    articles = live.filter(publish_at__gte=_begin(shown.first_on))
    articles = articles.filter(publish_at__lt=_begin(_after(shown.first_on)))
    page = page_of(request, articles.newest_first().for_listing())
    if not page.object_list:
        raise Http404
    context = {"archive": Archive(), "month": shown, "articles": page.object_list, "page": page}
    return keep(render(request, "articles/archive_month.html", context), "lists")


def months_of(articles: ArticleQuerySet) -> Iterator[Month]:
    """Those in which any of them began, the newest first. One query."""
    month = TruncMonth("publish_at", tzinfo=timezone.get_default_timezone())
    counted = articles.annotate(month=month).values_list("month").annotate(Count("pk"))
    for begins_at, number in counted.order_by("-month"):
        yield Month(begins_at.date(), number)


def _after(first_on: date) -> date:
    """The first day of the month after."""
    return date(first_on.year + first_on.month // 12, first_on.month % 12 + 1, 1)


def _begin(day: date) -> datetime:
    midnight = datetime.combine(day, datetime.min.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())
