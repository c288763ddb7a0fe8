"""Finding one live article, as readers ask for it and as they write below it."""

from datetime import datetime
from typing import Any

from django.db.models import Func, Model

from articles.models import Article, ArticleQuerySet, Contribution, Correction, Topic
from operations.composed import Composed


def find_article(slug: str, *, language: str, now: datetime) -> Article | None:
    """The edition's live article, as `for_reading()` loads it. Four queries."""
    article = _article.first(language=language, slug=slug, now=now)
    if article:
        hold(article, "topics", _topics(article=article.pk))
        hold(article, "contributions", _byline(article=article.pk))
        hold(article, "corrections", _corrections(article=article.pk))
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


_article: Composed[Article] = Composed(
    lambda language, slug, now: (
        Article.objects.live(now).for_reading().in_edition(language).filter(slug=slug)
    ),
    language=str,
    slug=str,
    now=datetime,
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
