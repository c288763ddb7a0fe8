"""What else there is to read after an article."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.http import HttpRequest

from articles.models import Article, ArticleQuerySet, Correction
from articles.models.corrections import CorrectionKind
from operations.clock import request_now
from operations.composed import Composed
from operations.models import SiteSettings
from pagecache.marks import depend

MOST = 4
LOOKED_AT = 8  # of the newest of each kind
OF_TOPICS, OF_SECTION, ELSEWHERE = range(3)


def related_to(request: HttpRequest, article: Article) -> list[Article]:
    """At most MOST live pieces of other stories, which its text does not link already. One query.

    First what shares topics with it, the most of them first, then what stands in its section, then
    what other editions have on its topics. The page is dropped when one of them
    is published anew or withdrawn, and not with its comments.
    """
    found = related(article, now=request_now(request), editions=SiteSettings.of(request).editions)
    depend(request, *(each.headline_tag for each in found))
    return found


def related(article: Article, *, now: datetime, editions: Collection[str]) -> list[Article]:
    """The same at an instant."""
    rows = _related(
        article=article.pk,
        story=article.story_id,
        section=article.section_id or 0,
        language=article.language,
        now=now,
    )
    stories: dict[int, Article] = {}
    for each in rows:
        if len(stories) == MOST:
            break
        if each.language in editions and each.get_absolute_url() not in article.body:
            stories.setdefault(each.story_id, each)
    return list(stories.values())


def _candidates(
    article: int, story: int, section: int, language: str, now: datetime
) -> QuerySet[Article]:
    tagged = Article.topics.through.objects
    topics = tagged.filter(article=article).values("topic")
    same = tagged.filter(topic__in=topics).values("article")
    retracted = Correction.objects.filter(article=OuterRef("pk"), kind=CorrectionKind.RETRACTION)
    live = Article.objects.live(now).exclude(story=story).exclude(Exists(retracted))
    here, there = live.filter(language=language), live.exclude(language=language)
    translated = Article.objects.live(now).filter(language=language, story=OuterRef("story"))
    of_topics, in_section = here.filter(pk__in=same), here.filter(section=section)
    elsewhere = there.filter(pk__in=same).exclude(Exists(translated))
    chosen = Q(pk__in=_newest(of_topics)) | Q(pk__in=_newest(in_section))
    kind = Case(
        When(~Q(language=language), then=ELSEWHERE),
        When(pk__in=same, then=OF_TOPICS),
        default=OF_SECTION,
    )
    shared = Count("topics", filter=Q(topics__in=topics))
    found = Article.objects.filter(chosen | Q(pk__in=_newest(elsewhere)))
    ordered = found.annotate(kind=kind, shared=shared).order_by(
        "kind", "-shared", "-publish_at", "-pk"
    )
    return ordered.only("story_id", "language", "slug", "headline", "publish_at")


def _newest(articles: ArticleQuerySet) -> QuerySet:
    return articles.newest_first().values("pk")[:LOOKED_AT]


_related: Composed[Article] = Composed(
    _candidates, article=int, story=int, section=int, language=str, now=datetime
)
