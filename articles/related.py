"""What else there is to read after an article."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.http import HttpRequest

from articles.models import Article, ArticleQuerySet, Correction
from articles.models.corrections import CorrectionKind
from articles.series import instalment_of
from operations.clock import request_now
from operations.composed import Asked, Composed
from operations.models import SiteSettings
from pagecache.marks import depend

MOST = 4
LOOKED_AT = 8  # of the newest of each kind
OF_SERIES, OF_TOPICS, OF_SECTION, ELSEWHERE = range(4)


def related_to(request: HttpRequest, article: Article) -> list[Article]:
    """At most MOST live pieces of other stories, which its page does not link already. One query.

    First others of its series, then what shares topics with it, the most of them first,
    then what stands in its section, then what other editions have on its topics. The page is
    dropped when one of them is published anew or withdrawn, and not with its comments.
    """
    now, editions = request_now(request), SiteSettings.of(request).editions
    its = instalment_of(request, article)
    found = related(article, now=now, editions=editions, besides=its.neighbours if its else ())
    depend(request, *(each.headline_tag for each in found))
    return found


def related(
    article: Article,
    *,
    now: datetime,
    editions: Collection[str],
    besides: Collection[Article] = (),
) -> list[Article]:
    """The same at an instant, without the stories of `besides`."""
    rows = _related(**_values(article, now))
    linked = {each.story_id for each in besides}
    stories: dict[int, Article] = {}
    for each in rows:
        if len(stories) == MOST:
            break
        is_linked = each.story_id in linked or each.get_absolute_url() in article.body
        if each.language in editions and not is_linked:
            stories.setdefault(each.story_id, each)
    return list(stories.values())


def foreseen(request: HttpRequest, article: Article) -> Asked:
    return _related, _values(article, request_now(request))


def _values(article: Article, now: datetime) -> dict[str, Any]:
    return {
        "article": article.pk,
        "story": article.story_id,
        "series": article.story.series_id or 0,
        "section": article.section_id or 0,
        "language": article.language,
        "now": now,
    }


def _candidates(
    article: int, story: int, series: int, section: int, language: str, now: datetime
) -> QuerySet[Article]:
    tagged = Article.topics.through.objects
    topics = tagged.filter(article=article).values("topic")
    same = tagged.filter(topic__in=topics).values("article")
    retracted = Correction.objects.filter(article=OuterRef("pk"), kind=CorrectionKind.RETRACTION)
    live = Article.objects.live(now).exclude(story=story).exclude(Exists(retracted))
    here, there = live.filter(language=language), live.exclude(language=language)
    translated = Article.objects.live(now).filter(language=language, story=OuterRef("story"))
    in_series, in_section = here.in_series(series), here.filter(section=section)
    of_topics = here.filter(pk__in=same)
    elsewhere = there.filter(pk__in=same).exclude(Exists(translated))
    first, *others = map(_newest, (in_series, of_topics, in_section, elsewhere))
    # by one list of keys: alternatives of lists would have all articles of the paper read
    chosen = Q(pk__in=first.union(*others))
    kind = Case(
        When(~Q(language=language), then=ELSEWHERE),
        When(story__series=series, then=OF_SERIES),
        When(pk__in=same, then=OF_TOPICS),
        default=OF_SECTION,
    )
    shared = Count("topics", filter=Q(topics__in=topics))
    found = Article.objects.filter(chosen)
    ordered = found.annotate(kind=kind, shared=shared).order_by(
        "kind", "-shared", "-publish_at", "-pk"
    )
    return ordered.only("story_id", "language", "slug", "headline", "publish_at")


def _newest(articles: ArticleQuerySet) -> QuerySet:
    return articles.newest_first().values("pk")[:LOOKED_AT]


_related: Composed[Article] = Composed(
    _candidates, article=int, story=int, series=int, section=int, language=str, now=datetime
)
