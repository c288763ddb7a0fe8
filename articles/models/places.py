"""Where readers find things: addresses that once were, and what the desk puts where."""

from datetime import datetime
from typing import Any, Optional, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RedirectKind(models.TextChoices):
    ARTICLE = "article", _("article")
    SECTION = "section", _("section")
    TOPIC = "topic", _("topic")
    CONTRIBUTOR = "contributor", _("contributor")
    PAGE = "page", _("page")
    SERIES = "series", _("series")

    @property
    def step(self) -> str:
        """The first step of its addresses, before the slug."""
        return self.value if self == RedirectKind.SERIES else f"{self.value}s"


def _target(kind: RedirectKind) -> models.ForeignKey:
    return models.ForeignKey(
        f"articles.{kind.value.capitalize()}",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=kind.label,
    )


def _is_of_one_kind() -> Q:
    """No target, which is gone then, or the one of the redirect's kind."""
    found = Q(**dict.fromkeys(RedirectKind.values))
    for kind in RedirectKind.values:
        others = {other: None for other in RedirectKind.values if other != kind}
        found |= Q(kind=kind, **{f"{kind}__isnull": False}, **others)
    return found


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def of(self, kind: str, slug: str, *, language: str) -> Self:
        """Those of a slug: at most one. The language counts for articles and pages alone."""
        has_language = kind in (RedirectKind.ARTICLE, RedirectKind.PAGE)
        return self.filter(kind=kind, slug=slug, language=language if has_language else "")

    def find(self, kind: str, slug: str, *, language: str) -> Optional["Redirect"]:
        """Where the slug leads, with what it leads to; None for one that never led anywhere."""
        target = RedirectKind(kind).value
        return self.of(kind, slug, language=language).select_related(target).first()

    def reserved_from(self, row: Any, slug: str, *, language: str) -> Self:
        """What keeps an article, section … from taking the slug: it leads to another one."""
        kind = row._meta.model_name
        theirs = self.of(kind, slug, language=language).exclude(**{kind: None})
        return theirs.exclude(**{f"{kind}_id": row.pk}) if row.pk else theirs


class Redirect(models.Model):
    """A slug that readers once knew: where it leads now, or that what it named is gone.

    Written by triggers whenever a public slug changes or its row goes, whoever does it. It stays
    reserved: no other row of its kind may take it (triggers again).
    """

    kind = models.CharField(_("kind"), max_length=11, choices=RedirectKind)
    language = models.CharField(_("language"), max_length=7, blank=True)
    slug = models.SlugField(_("slug"), max_length=120)
    article = _target(RedirectKind.ARTICLE)
    section = _target(RedirectKind.SECTION)
    topic = _target(RedirectKind.TOPIC)
    contributor = _target(RedirectKind.CONTRIBUTOR)
    page = _target(RedirectKind.PAGE)
    series = _target(RedirectKind.SERIES)
    created_at = models.DateTimeField(_("written"), db_default=models.functions.Now())

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["kind", "language", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "language", "slug"], name="redirect_slug_is_unique"
            ),
            models.CheckConstraint(condition=_is_of_one_kind(), name="redirect_leads_to_its_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["article", "page"]) ^ Q(language=""),
                name="redirect_has_a_language_where_slugs_do",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.slug}"

    @property
    def target(self) -> Any:
        """What stands at another address now; None for what is gone."""
        return getattr(self, self.kind)


class SlotQuerySet(models.QuerySet["Slot"]):
    def standing(self, now: datetime) -> Self:
        """Those whose time it is at `now`, whatever has become of their articles."""
        return self.filter(Q(begins_at=None) | Q(begins_at__lte=now)).filter(
            Q(ends_at=None) | Q(ends_at__gt=now)
        )

    def moments_after(self, now: datetime) -> tuple[models.QuerySet, ...]:
        """Of when a slot begins or ends next: two queries for one union."""
        return tuple(
            self.filter(**{f"{name}__gt": now}).order_by(name).values_list(name)[:1]
            for name in ("begins_at", "ends_at")
        )


class Slot(models.Model):
    """One place on a front page, or on a section's page, that the desk fills itself.

    A pinned slot keeps its `position` (1 is the top). Those without a pin come in the order of
    their positions into the places that are free, before the latest articles.
    """

    language = models.CharField(_("language"), max_length=7)
    section = models.ForeignKey(
        "articles.Section",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("section"),
        help_text=_("Empty for the front page."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="+", verbose_name=_("article")
    )
    is_pinned = models.BooleanField(
        _("pinned"), default=False, help_text=_("It stays at its position whatever is published.")
    )
    begins_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["language", "section", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=40),
                name="slot_position_is_on_the_page",
                violation_error_message=_("Positions are numbers from 1 to 40."),
            ),
            models.CheckConstraint(
                condition=Q(begins_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("begins_at")),
                name="slot_ends_after_it_begins",
                violation_error_message=_("The slot would end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.article}"
