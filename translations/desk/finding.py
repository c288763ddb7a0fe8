"""Which stories the translation desk shows, and in which order."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Section, Status, Story
from richtext.plain import plain_text
from translations.desk.cells import CellState
from translations.drift import DriftState
from translations.models import Assignment
from translations.open_work import drifting, open_assignments

SORTS = {"newest": _("newest"), "due": _("due first")}
OWNERS = {"me": _("me"), "nobody": _("nobody")}


class DeskFilter(forms.Form):
    """What is looked for. State, owner and drift are looked for in one and the same cell."""

    q = forms.CharField(
        label=_("Headline"), max_length=200, required=False, validators=[plain_text]
    )
    language = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    drift = forms.ChoiceField(label=_("Compared with the source"), required=False)
    section = forms.ModelChoiceField(
        Section.objects.all(), label=_("Section"), required=False, empty_label=_("all")
    )
    sort = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(self, data: Any, *, languages: list[str]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.languages, names = languages, dict(settings.LANGUAGES)
        every = ("", _("all"))
        choices: dict[str, list[Any]] = {
            "language": [(code, names.get(code, code)) for code in languages],
            "state": [every, *CellState.choices],
            "owner": [every, *OWNERS.items()],
            "drift": [every, *DriftState.choices],
            "sort": list(SORTS.items()),
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    @property
    def chosen_languages(self) -> list[str]:
        """Those asked for in the order of the editions, else all."""
        asked = self.found.get("language")
        return [code for code in self.languages if code in asked] if asked else self.languages

    @property
    def found(self) -> dict[str, Any]:
        """What was asked for and can be read."""
        self.is_valid()
        return self.cleaned_data

    def stories(self, *, now: datetime, me: int) -> QuerySet[Story]:
        """The stories that fit, in order. Two queries more where drift is asked for."""
        wanted, languages = self.found, self.chosen_languages
        standing = Article.objects.exclude(status=Status.WITHDRAWN).filter(story=OuterRef("pk"))
        stories = Story.objects.filter(Exists(standing))
        if text := wanted.get("q"):
            stories = stories.filter(Exists(standing.filter(headline__icontains=text)))
        if section := wanted.get("section"):
            stories = stories.filter(Exists(standing.filter(section=section)))
        if any(wanted.get(name) for name in ("state", "owner", "drift")):
            fits = Wanted.of(wanted, languages, now=now, me=me)
            stories = stories.filter(reduce(or_, map(fits.in_language, languages)))
        if wanted.get("sort") == "due":
            due = Subquery(_due(languages).values("due_on")[:1])
            return stories.order_by(due.asc(nulls_last=True), "-pk")
        return stories.order_by("-pk")


@dataclass(frozen=True)
class Wanted:
    """What a cell shall be: its state, whose, and one of the articles whose keys are `drifting`."""

    state: str
    owned: QuerySet[Assignment] | None
    drifting: list[int] | None
    now: datetime

    @classmethod
    def of(
        cls, wanted: dict[str, Any], languages: list[str], *, now: datetime, me: int
    ) -> "Wanted":
        """Two queries where a drift is asked for, and two where an owner is."""
        owner, drift = wanted.get("owner"), wanted.get("drift")
        standing = Article.objects.exclude(status=Status.WITHDRAWN).filter(language__in=languages)
        return cls(
            state=wanted.get("state", ""),
            owned=open_assignments(me if owner == "me" else None) if owner else None,
            drifting=drifting(standing, (DriftState(drift),)) if drift else None,
            now=now,
        )

    def in_language(self, language: str) -> Q:
        """Whether the story's cell of this language is so."""
        articles = Article.objects.filter(language=language)
        fits = Q()
        if self.state:
            assignments = Assignment.objects.filter(language=language)
            fits &= _in_state(CellState(self.state), articles, assignments, now=self.now)
        if self.owned is not None:
            fits &= _among(self.owned.filter(language=language))
        if self.drifting is not None:
            fits &= _among(_made(articles).filter(pk__in=self.drifting))
        return fits


def _in_state(state: CellState, articles: Any, assignments: Any, *, now: datetime) -> Q:
    """The filter whose row-wise twin is `cells._state`; originals are left out."""
    made = _made(articles)
    published = made.filter(status=Status.PUBLISHED)
    has_none = ~_among(articles.exclude(status=Status.WITHDRAWN))
    return {
        CellState.MISSING: ~_among(articles) & ~_among(assignments),
        CellState.WITHDRAWN: has_none & ~_among(assignments) & _among(articles),
        CellState.REQUESTED: has_none & _among(assignments.filter(owner=None)),
        CellState.CLAIMED: has_none & _among(assignments.exclude(owner=None)),
        CellState.IN_PROGRESS: _among(made.filter(status=Status.DRAFT)),
        CellState.SCHEDULED: _among(published.filter(publish_at__gt=now)),
        CellState.LIVE: _among(made.live(now)),
        CellState.ENDED: _among(published.filter(publish_at__lte=now, unpublish_at__lte=now)),
    }[state]


def _made(articles: Any) -> Any:
    """Those that are not their story's original."""
    older = Article.objects.filter(story=OuterRef("story"), pk__lt=OuterRef("pk"))
    return articles.filter(Exists(older.exclude(status=Status.WITHDRAWN)))


def _among(rows: Any) -> Q:
    """Whether the story is one of these rows'. PostgreSQL looks for all of them once."""
    return Q(pk__in=rows.values("story"))


def _due(languages: list[str]) -> QuerySet[Assignment]:
    """The story's assignments that are not done, those due first before others."""
    published = Article.objects.filter(
        story=OuterRef("story"), language=OuterRef("language"), status=Status.PUBLISHED
    )
    here = Assignment.objects.filter(story=OuterRef("pk"), language__in=languages)
    open_ones = here.exclude(due_on=None).exclude(Exists(published))
    return open_ones.order_by(F("due_on"))
