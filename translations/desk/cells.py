"""The table of the translation desk: stories, and for each edition how far its translation is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models import Article, State, Status
from articles.remits import reach_of
from translations.assigning import ASSIGN, CLAIM, REQUEST, is_wanted
from translations.drift import Drift, drift_of
from translations.models import Assignment
from translations.open_work import open_assignments


class CellState(models.TextChoices):
    """How far a story is in a language."""

    MISSING = "missing", _("missing")
    REQUESTED = "requested", _("requested")
    CLAIMED = "claimed", _("taken on")
    IN_PROGRESS = "in-progress", _("in progress")
    SCHEDULED = "scheduled", _("scheduled")
    LIVE = "live", _("live")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


OF_ARTICLES = {
    State.DRAFT: CellState.IN_PROGRESS,
    State.SCHEDULED: CellState.SCHEDULED,
    State.LIVE: CellState.LIVE,
    State.ENDED: CellState.ENDED,
}


@dataclass(frozen=True)
class Viewer:
    """Who looks at the desk, and what they may do there."""

    key: int
    may_request: bool
    may_claim: bool
    may_assign: bool
    may_begin: bool
    languages: frozenset[str]  # of their remit; none is all

    @classmethod
    def of(cls, person: User) -> "Viewer":
        return cls(
            key=person.pk,
            may_request=person.has_perm(REQUEST),
            may_claim=person.has_perm(CLAIM),
            may_assign=person.has_perm(ASSIGN),
            may_begin=person.has_perm("articles.add_article"),
            languages=reach_of(person).languages,
        )

    def works_in(self, language: str) -> bool:
        return not self.languages or language in self.languages

    def may_assign_in(self, language: str) -> bool:
        return self.may_assign and self.works_in(language)


@dataclass(frozen=True)
class Cell:
    """One story in one language. `article` is the one that stands, else the last withdrawn one."""

    source: Article
    language: str
    article: Article | None
    drift: Drift | None
    assignment: Assignment | None
    state: CellState
    is_open: bool
    is_overdue: bool
    viewer: Viewer

    @property
    def key(self) -> str:
        """What its buttons send: story and language."""
        return f"{self.source.story_id}-{self.language}"

    @property
    def is_original(self) -> bool:
        return self.article is not None and self.article.pk == self.source.pk

    @property
    def owner(self) -> User | None:
        return self.assignment.owner if self.assignment else None

    @property
    def is_mine(self) -> bool:
        return self.owner is not None and self.owner.pk == self.viewer.key

    @property
    def due_on(self) -> date | None:
        """While the work is not done."""
        return self.assignment.due_on if self.assignment and self.is_open else None

    @property
    def can_claim(self) -> bool:
        may_claim = self.viewer.may_claim and self.viewer.works_in(self.language)
        return self.is_open and self.owner is None and may_claim

    @property
    def can_release(self) -> bool:
        has_right = (self.is_mine and self.viewer.may_claim) or self._may_assign
        return self.is_open and self.owner is not None and has_right

    @property
    def can_assign(self) -> bool:
        return self.is_open and self._may_assign

    @property
    def _may_assign(self) -> bool:
        return self.viewer.may_assign_in(self.language)

    @property
    def begin_url(self) -> str:
        """Where its owner begins it; '' for others, and once it has begun."""
        has_begun = self.article is not None and self.article.status != Status.WITHDRAWN
        if has_begun or not (self.is_mine and self.viewer.may_begin):
            return ""
        page = reverse("admin:articles_article_translate", args=[self.source.pk])
        return f"{page}?language={self.language}"


@dataclass(frozen=True)
class Row:
    """A story by its original, with the words of that, and a cell for each language."""

    source: Article
    words: int
    cells: list[Cell]

    @property
    def key(self) -> str:
        return str(self.source.story_id)


def rows_of(
    stories: Iterable[int], *, languages: Collection[str], viewer: Viewer, now: datetime
) -> list[Row]:
    """The table's rows in the order of the stories' keys given; without those that have no
    article. Two queries and what drift takes, whatever the size.
    """
    keys = list(stories)
    articles = _articles(keys)
    sources = {key: found[0] for key, found in articles.items()}
    assignments = {
        (assignment.story_id, assignment.language): assignment
        for assignment in Assignment.objects.filter(story__in=keys).select_related("owner")
    }
    drifts = drift_of([a.pk for found in articles.values() for a in found])
    today = timezone.localdate(now)
    return [
        Row(
            source=sources[key],
            words=vars(sources[key])["words"] or 0,
            cells=[
                _cell(
                    sources[key],
                    language,
                    article=next((a for a in articles[key] if a.language == language), None),
                    assignment=assignments.get((key, language)),
                    drifts=drifts,
                    viewer=viewer,
                    now=now,
                    today=today,
                )
                for language in languages
            ],
        )
        for key in keys
        if key in sources
    ]


def own_cells(viewer: Viewer, *, languages: Collection[str], now: datetime) -> list[Cell]:
    """What the viewer has still to do, what is due first before the rest."""
    stories = open_assignments(viewer.key).values_list("story", flat=True)
    rows = rows_of(set(stories), languages=languages, viewer=viewer, now=now)
    own = [cell for row in rows for cell in row.cells if cell.is_mine and cell.is_open]
    return sorted(own, key=lambda cell: (cell.due_on or date.max, cell.key))


def _articles(stories: list[int]) -> dict[int, list[Article]]:
    """By story, those that stand before those withdrawn: of the former the oldest first, of the
    latter the newest. One query.
    """
    fields = ("story", "language", "status", "headline", "slug", "publish_at", "unpublish_at")
    older = Article.objects.filter(story=OuterRef("story"), pk__lt=OuterRef("pk"))
    is_later = Exists(older.exclude(status=Status.WITHDRAWN))
    known = (
        Article.objects.filter(story__in=stories)
        .select_related("section")
        .annotate(words=Case(When(is_later, then=None), default=_words()))
    )
    found: dict[int, list[Article]] = {}
    for article in known.only(*fields, "section__names"):
        found.setdefault(article.story_id, []).append(article)
    for articles in found.values():
        articles.sort(key=_place_in_story)
    return found


def _place_in_story(article: Article) -> tuple[bool, int]:
    is_withdrawn = article.status == Status.WITHDRAWN
    return is_withdrawn, -article.pk if is_withdrawn else article.pk


def _words() -> Func:
    """How many words a text has: what stands between spaces and tags."""
    plain = Func(F("body"), Value(r"<[^>]*>|\s"), Value(" "), Value("g"), function="regexp_replace")
    words = Func(plain, Value(" "), Value(""), function="string_to_array")
    full = Func(words, Value(None), function="array_remove")
    return Func(full, function="cardinality", output_field=models.IntegerField())


def _cell(
    source: Article,
    language: str,
    *,
    article: Article | None,
    assignment: Assignment | None,
    drifts: dict[int, Drift],
    viewer: Viewer,
    now: datetime,
    today: date,
) -> Cell:
    drift = drifts.get(article.pk) if article else None
    is_original = article is not None and article.pk == source.pk
    is_open = not is_original and is_wanted(article, drift)
    due_on = assignment.due_on if assignment else None
    return Cell(
        source=source,
        language=language,
        article=article,
        drift=None if is_original else drift,
        assignment=assignment,
        state=_state(article, assignment, now),
        is_open=is_open,
        is_overdue=is_open and due_on is not None and due_on < today,
        viewer=viewer,
    )


def _state(article: Article | None, assignment: Assignment | None, now: datetime) -> CellState:
    if article is not None and article.status != Status.WITHDRAWN:
        return OF_ARTICLES[article.state_at(now)]
    if assignment is not None:
        return CellState.CLAIMED if assignment.owner_id else CellState.REQUESTED
    return CellState.WITHDRAWN if article else CellState.MISSING
