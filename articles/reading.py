"""Finding one live article, as readers ask for it and as they write below it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Func, Model
from django.http import HttpRequest
from django.utils.translation import get_language

from articles.models import Article, ArticleQuerySet, Contribution, Correction, Topic
from operations.clock import Clock, has_now, keep_now, request_now
from operations.composed import Asked, Composed, Together, all_of
from operations.models import SiteSettings, saved_settings


def find_article(
    request: HttpRequest,
    slug: str,
    *,
    ahead: Callable[[HttpRequest, Article], list[Asked]] | None = None,
) -> Article | None:
    """The edition's live article, as `for_reading()` loads it. Four queries on two ways.

    A request that has asked nothing yet learns the time and the settings, too. What is `ahead` of
    the article goes on the second way.
    """
    article = _found(request, language=get_language(), slug=slug)
    if article:
        its = {"article": article.pk}
        early = ahead(request, article) if ahead else []
        rows = all_of((_topics, its), (_byline, its), (_corrections, its), ahead=early)
        for name, related in zip(("topics", "contributions", "corrections"), rows, strict=True):
            hold(article, name, related)
    return article


def _found(request: HttpRequest, **asked: Any) -> Article | None:
    if has_now(request):
        return _article.first(now=request_now(request), **asked)
    article, site = _asked_first(**asked)
    SiteSettings.keep(request, site)
    if article:
        keep_now(request, article.read_at)
    return article


def edition_of(story: Any, *, language: str, now: datetime | Func) -> ArticleQuerySet:
    """The story's live article in the language, with its section, without its text.

    `story` is an id or a query for one, `now` an instant or the database's `Clock()`.
    """
    live = Article.objects.live(now).in_edition(language).filter(story=story)
    return live.select_related("section").defer("body")


def hold(instance: Model, name: str, rows: list[Any]) -> None:
    """Gives the instance related rows, as prefetching would."""
    held = getattr(instance, name).all()
    held._result_cache, held._prefetch_done = rows, True
    vars(instance).setdefault("_prefetched_objects_cache", {})[name] = held


def _query(language: str, slug: str, now: datetime | Func) -> ArticleQuerySet:
    return Article.objects.live(now).for_reading().in_edition(language).filter(slug=slug)


_article: Composed[Article] = Composed(_query, language=str, slug=str, now=datetime)
_asked_first = Together(
    Composed(
        lambda language, slug: _query(language, slug, Clock()).annotate(read_at=Clock()),
        language=str,
        slug=str,
    ),
    saved_settings,
)
_topics: Composed[Topic] = Composed(
    lambda article: Topic.objects.filter(articles=article), article=int
)
_byline: Composed[Contribution] = Composed(
    lambda article: Contribution.objects.select_related("contributor__portrait").filter(
        article=article
    ),
    article=int,
)
_corrections: Composed[Correction] = Composed(
    lambda article: Correction.objects.filter(article=article), article=int
)
