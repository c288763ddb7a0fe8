"""What translators have still to do."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from articles.models import Article, Contribution, Role, Status
from translations.assigning import ASKS_FOR_WORK
from translations.drift import Drift, DriftState, drift_of
from translations.models import Assignment

BEHIND = (*ASKS_FOR_WORK, DriftState.WITHDRAWN)


def open_assignments(owner: int | None) -> QuerySet[Assignment]:
    """Those of the account, or of nobody, whose article is not published, or to be done again.

    Two queries at once, for what is to be done again.
    """
    published = Article.objects.filter(
        story=OuterRef("story"), language=OuterRef("language"), status=Status.PUBLISHED
    )
    owned = Assignment.objects.filter(owner=owner)
    of_these = owned.filter(story=OuterRef("story"), language=OuterRef("language"))
    done = Article.objects.filter(Exists(of_these), status=Status.PUBLISHED)
    again = drifting(done, ASKS_FOR_WORK)
    return owned.exclude(Exists(published.exclude(pk__in=again)))


def articles_of(person: User) -> QuerySet[Article]:
    """What the person translated, by the byline or by assignment, and has not been withdrawn."""
    lines = Contribution.objects.filter(role=Role.TRANSLATOR, contributor__user=person.pk)
    owned = Assignment.objects.filter(
        story=OuterRef("story"), language=OuterRef("language"), owner=person.pk
    )
    theirs = Q(pk__in=lines.values("article")) | Q(Exists(owned))
    return Article.objects.filter(theirs).exclude(status=Status.WITHDRAWN)


def behind_of(person: User) -> list[tuple[Article, Drift]]:
    """The person's translations whose source has changed since, the newest first. Three queries."""
    published = articles_of(person).filter(status=Status.PUBLISHED)
    drifts = drift_of(published.values_list("pk", flat=True))
    keys = [key for key, drift in drifts.items() if drift.state in BEHIND]
    behind = Article.objects.filter(pk__in=keys).defer("body").order_by("-publish_at", "-id")
    return [(article, drifts[article.pk]) for article in behind]


def drifting(articles: QuerySet[Article], states: tuple[DriftState, ...]) -> list[int]:
    """The keys of those in one of these states of drift. Two queries."""
    drifts = drift_of(articles.values_list("pk", flat=True))
    return [key for key, drift in drifts.items() if drift.state in states]
