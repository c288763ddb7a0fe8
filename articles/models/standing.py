"""Where an article stands, in one word: its review, its status, its times, and what waits over it.

Each is derived, for one article and in SQL, side by side.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from articles.models.reviewing import ReviewEntry, ReviewKind, ReviewState
from articles.models.revisions import Revision, RevisionKind

if TYPE_CHECKING:
    from articles.models import Article

# Of a draft's snapshot: whether it says what readers see, as it was when the draft was written.
SAYS_PUBLISHED = "says_published"


class Standing(models.TextChoices):
    """One word for a piece. Those of what is public end with the review of what waits over it."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")
    LIVE_CHANGED = "live_draft", _("live, changed")
    LIVE_IN_REVIEW = "live_in_review", _("live, in review")
    LIVE_CHANGES_REQUESTED = "live_changes_requested", _("live, changes requested")
    LIVE_APPROVED = "live_approved", _("live, change approved")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Review


def newest_decision(article: "Article") -> ReviewEntry | None:
    """What was decided last since the newest publishing. One query."""
    later = Revision.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("revision__number")
    )
    decisions = article.review.exclude(kind=ReviewKind.NOTE)
    since = decisions.exclude(Exists(later.published()))
    return since.select_related("revision", "created_by").order_by("-id").first()


def review_state(article: "Article") -> ReviewState:
    """How far the review of its newest text is; an approval counts for that text alone.

    Two queries at most. Its SQL twin is `review_state_in_sql`.
    """
    decision = newest_decision(article)
    if decision is None:
        return ReviewState.DRAFT
    if decision.kind == ReviewKind.APPROVED:
        is_newest = not article.revisions.filter(number__gt=decision.revision.number).exists()
        return ReviewState.APPROVED if is_newest else ReviewState.DRAFT
    is_submitted = decision.kind == ReviewKind.SUBMITTED
    return ReviewState.IN_REVIEW if is_submitted else ReviewState.CHANGES_REQUESTED


def review_state_in_sql() -> Coalesce:
    later = Revision.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("revision__number")
    )
    since = ReviewEntry.objects.filter(article=OuterRef("pk")).exclude(kind=ReviewKind.NOTE)
    state = Case(
        When(kind=ReviewKind.SUBMITTED, then=Value(ReviewState.IN_REVIEW)),
        When(kind=ReviewKind.CHANGES_REQUESTED, then=Value(ReviewState.CHANGES_REQUESTED)),
        When(~Exists(later), then=Value(ReviewState.APPROVED)),
        default=Value(ReviewState.DRAFT),
        output_field=models.CharField(),
    )
    newest = since.exclude(Exists(later.published())).order_by("-id").values_list(state)[:1]
    return Coalesce(Subquery(newest), Value(ReviewState.DRAFT), output_field=models.CharField())


# What waits


def waits(article: "Article") -> bool:
    """Whether the newest revision is a draft that says something else than what is published.

    Who writes a draft compares it under the article's lock (`drafts.save_draft`), so that a
    discarded one does not wait, and what changes beside the text makes nothing wait afterwards.
    One query. Its SQL twin is `waits_in_sql`.
    """
    newest = article.revisions.first()
    if newest is None or newest.kind != RevisionKind.DRAFT:
        return False
    return not newest.snapshot.get(SAYS_PUBLISHED, False)


def waits_in_sql() -> Exists:
    later = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    drafts = Revision.objects.filter(article=OuterRef("pk"), kind=RevisionKind.DRAFT)
    newest = drafts.exclude(Exists(later))
    return Exists(newest.exclude(snapshot__contains={SAYS_PUBLISHED: True}))


# The one word


def standing(article: "Article", now: datetime) -> Standing:
    """Where the article stands at `now`. Four queries at most; in SQL `standing_in_sql`."""
    state = str(article.state_at(now))
    if state == "draft":
        return Standing(review_state(article).value)
    if state != "live" or not waits(article):
        return Standing(state)
    return Standing(f"live_{review_state(article).value}")


def standing_in_sql() -> Case:
    """For rows with their `state`, which says it by status and times alone."""
    review = review_state_in_sql()
    return Case(
        When(state="draft", then=review),
        When(~Q(state="live") | ~Q(waits_in_sql()), then=F("state")),
        default=Concat(Value("live_"), review),
        output_field=models.CharField(),
    )
