"""A conversation at a glance: what stands at its head, and what most of it turned on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from articles.models import Article
from comments.models import Comment, Discussion, Subscription
from comments.models.comments import SHOWN_THREADS
from comments.passages import Passages, passages_of
from operations.clock import Clock, keep_now
from operations.composed import Asked, Composed, Together
from operations.models import SiteSettings, saved_settings


@dataclass(frozen=True)
class Glance:
    """A discussion, what is not counted on its row, and the passages of one article.

    `inline` is the number of threads about passages, `picks` of comments that the desk picked,
    `latest_at` when the latest comment became
    public, None before there is any.
    """

    discussion: Discussion
    followers: int
    inline: int
    picks: int
    latest_at: datetime | None
    passages: Passages


def at_a_glance(article: Article) -> Glance:
    """The conversation of the article's story, unsaved where nobody has begun it. One query."""
    return _glance(article, _asked.first(**_values(article)))


def foreseen(request: HttpRequest, article: Article) -> Asked | None:
    is_known = article.pk in vars(request).get("glances", {})
    return None if is_known else (_asked, _values(article))


def at_first_glance(request: HttpRequest, article: Article) -> Glance:
    """The same for a request that has asked nothing yet: it learns the time and the settings, too.

    One query.
    """
    found, site = _asked_first(**_values(article))
    SiteSettings.keep(request, site)
    if found:
        keep_now(request, found.read_at)
    return _glance(article, found)


def _values(article: Article) -> dict[str, int]:
    return {"article": article.pk, "story": article.story_id}


def _glance(article: Article, found: Any) -> Glance:
    if found is None:
        return Glance(Discussion(story_id=article.story_id), 0, 0, 0, None, Passages(article, []))
    passages = Passages(article, found.passages)
    return Glance(found, found.followers, found.inline, found.picks, found.latest_at, passages)


def _query(article: int, story: int) -> QuerySet[Any]:
    followers = Subscription.objects.confirmed().filter(discussion=OuterRef("pk")).order_by()
    about = Comment.objects.threads().filter(discussion=OuterRef("pk"), passage__isnull=False)
    picked = Comment.objects.public().filter(discussion=OuterRef("pk"), pick_note__isnull=False)
    latest = Comment.objects.public().filter(discussion=OuterRef("pk")).order_by("-public_at")
    asked = Discussion.objects.annotate(
        followers=_number(followers, Count("follower", distinct=True)),
        inline=_number(about.order_by(), Count("pk")),
        picks=_number(picked.order_by(), Count("pk")),
        latest_at=Subquery(latest.values("public_at")[:1]),
        passages=passages_of(Article(pk=article)),
    )
    return asked.filter(story=story)


def _number(rows: QuerySet, counted: Count) -> Coalesce:
    number = rows.values("discussion").annotate(number=counted).values("number")
    return Coalesce(Subquery(number), 0)


_asked: Composed[Any] = Composed(_query, article=int, story=int)
_asked_first = Together(
    Composed(
        lambda article, story: _query(article, story).annotate(read_at=Clock()),
        article=int,
        story=int,
    ),
    saved_settings,
)


def most_reacted(discussion: Discussion) -> Comment | None:
    """The public comment with most votes, for or against; of several the latest.

    Reads all of the conversation's: asked for by following a link, never by a page.
    """
    voted = (
        Comment.objects.public()
        .filter(discussion=discussion.pk)
        .annotate(reactions=F("ups") + F("downs"))
    )
    return voted.filter(reactions__gt=0).order_by("-reactions", "-public_at", "-pk").first()


def hottest(discussion: Discussion) -> Comment | None:
    """The first comment of the thread with most replies; of several the latest. As above."""
    threads = Comment.objects.filter(SHOWN_THREADS, discussion=discussion.pk, reply_count__gt=0)
    return threads.order_by("-reply_count", "-public_at", "-pk").first()
