"""What waits for whom at the desk: texts to be judged, to be changed, to be published."""

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from articles.models import (
    Article,
    Contribution,
    ReviewEntry,
    ReviewKind,
    ReviewState,
    Revision,
    RevisionKind,
    Status,
)
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
    """Where a text is somewhere in its review, with `is_theirs`: whether the person has a part.

    They submitted it, saved a draft of it before it was submitted, or stand in its byline.
    """
    decisions = ReviewEntry.objects.exclude(kind=ReviewKind.NOTE)
    its_own = decisions.filter(article=OuterRef("pk")).order_by("-id")
    submitted = its_own.filter(kind=ReviewKind.SUBMITTED, created_by=user)
    handed_in = its_own.filter(kind=ReviewKind.SUBMITTED).values("revision__number")[:1]
    later = Revision.objects.published().filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    saved = Revision.objects.filter(
        article=OuterRef("pk"), kind=RevisionKind.DRAFT, created_by=user
    ).exclude(Exists(later))
    lines = Contribution.objects.filter(article=OuterRef("pk"), contributor__user=user)
    spoken_of = Article.objects.filter(pk__in=decisions.values("article"))
    found: Any = spoken_of.filter(within_remit_of(user)).with_review_state()
    return (
        found.filter(Q(status=Status.DRAFT) | waits_in_sql(), review_state__in=OPEN)
        .annotate(
            handed_in=Subquery(handed_in),
            is_theirs=Exists(submitted)
            | Exists(lines)
            | Exists(saved.filter(number__lte=OuterRef("handed_in"))),
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
    theirs = Q(is_theirs=True)
    wanted = {
        ReviewState.IN_REVIEW: ~theirs if user.has_perm(REVIEW) else None,
        ReviewState.CHANGES_REQUESTED: theirs,
        ReviewState.APPROVED: Q() if user.has_perm(PERMISSION) else theirs,
    }
    is_theirs_to_do = Q(pk=None)
    for state, whose in wanted.items():
        if whose is not None:
            is_theirs_to_do |= Q(review_state=state) & whose
    found: list[Any] = list(open_reviews(user).filter(is_theirs_to_do)[:MOST])
    return Waiting(*([each for each in found if each.review_state == state] for state in wanted))


def oldest_drafts(user: User) -> QuerySet[Article]:
    """What was begun and never published, the oldest first, with `review_state`."""
    drafts = Article.objects.filter(within_remit_of(user), status=Status.DRAFT)
    return drafts.with_review_state().select_related("section").defer("body").order_by("pk")
