"""What waits for whom at the desk: texts to be judged, to be changed, to be published."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from articles.models import Article, Contribution, ReviewEntry, ReviewKind, ReviewState, Status
from articles.models.standing import waits_in_sql
from articles.publishing import PERMISSION
from articles.remits import within_remit_of
from articles.reviewing import REVIEW

OPEN = (ReviewState.IN_REVIEW, ReviewState.CHANGES_REQUESTED, ReviewState.APPROVED)
MOST = 200  # articles that one look at the desk reads


class Waiting(NamedTuple):
    """Articles with `decided_at`, the longest waiting first."""

    to_review: list[Article]
    to_change: list[Article]
    to_publish: list[Article]

    def __bool__(self) -> bool:
        return any(self)


def open_reviews(user: User) -> QuerySet[Article]:
    """Where a text is somewhere in its review, with `is_theirs`: whether the person has a part."""
    decisions = ReviewEntry.objects.exclude(kind=ReviewKind.NOTE)
    its_own = decisions.filter(article=OuterRef("pk")).order_by("-id")
    submitted = its_own.filter(kind=ReviewKind.SUBMITTED, created_by=user)
    lines = Contribution.objects.filter(article=OuterRef("pk"), contributor__user=user)
    spoken_of = Article.objects.filter(pk__in=decisions.values("article"))
    found: Any = spoken_of.filter(within_remit_of(user)).with_review_state()
    return (
        found.filter(Q(status=Status.DRAFT) | waits_in_sql(), review_state__in=OPEN)
        .annotate(
            is_theirs=Exists(submitted) | Exists(lines),
            decided_at=Subquery(its_own.values("created_at")[:1]),
        )
        .select_related("section")
        .defer("body")
        .order_by("decided_at", "pk")
    )


def waiting_for(user: User) -> Waiting:
    """What the person is to do next. One query, and one for their remit.

    Nobody is asked to judge what they have a part in. Who may publish is told of all that is
    approved, others of their own.
    """
    articles: list[Any] = list(open_reviews(user)[:MOST])
    may_review, may_publish = user.has_perm(REVIEW), user.has_perm(PERMISSION)

    def those(state: ReviewState) -> list[Any]:
        return [each for each in articles if each.review_state == state]

    return Waiting(
        [each for each in those(ReviewState.IN_REVIEW) if may_review and not each.is_theirs],
        [each for each in those(ReviewState.CHANGES_REQUESTED) if each.is_theirs],
        [each for each in those(ReviewState.APPROVED) if may_publish or each.is_theirs],
    )


def oldest_drafts(user: User) -> QuerySet[Article]:
    """What was begun and never published, the oldest first, with `review_state`."""
    drafts = Article.objects.filter(within_remit_of(user), status=Status.DRAFT)
    return drafts.with_review_state().select_related("section").defer("body").order_by("pk")
