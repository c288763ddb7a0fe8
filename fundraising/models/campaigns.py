"""What readers are asked to pay for."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Section, Story
from fundraising.models.ledger import Kind, LedgerEntry
from fundraising.money import LIMIT_MINOR, validate_currency
from operations.names import LanguageTextField, in_language

MOST_MARKS = 10
MOST_SUGGESTIONS = 6
NO_SLUG = "gifts"  # below /support/gifts/ stand the gifts' own pages


class CampaignState(models.TextChoices):
    """Whether the public may know of it. That it runs or has ended follows from its times."""

    DRAFT = "draft", _("draft")
    PUBLIC = "public", _("public")


class Standing(models.TextChoices):
    """Where a campaign stands at some moment: its state and its times in one word."""

    DRAFT = "draft", _("draft")
    UPCOMING = "upcoming", _("upcoming")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class CampaignQuerySet(models.QuerySet):
    def begun(self, now: datetime) -> Self:
        """Campaigns that readers may know of: running ones and ended ones."""
        return self.filter(state=CampaignState.PUBLIC, starts_at__lte=now)

    def running(self, now: datetime) -> Self:
        return self.begun(now).filter(Q(ends_at=None) | Q(ends_at__gt=now))

    def ended(self, now: datetime) -> Self:
        return self.begun(now).filter(ends_at__lte=now)

    def for_article(self, now: datetime, *, story: int, section: int) -> Self:
        """The one whose bar stands on an article, by the keys of both. At most one row.

        The story's choice comes first, then its section's, then the featured one; what does not
        run is passed over. A choice of no campaign ends the search: there is none.
        """
        of_story = CampaignChoice.objects.filter(story=story)
        of_section = CampaignChoice.objects.filter(section=section)
        this = OuterRef("pk")
        nearness = Case(
            When(Exists(of_story.filter(campaign=this)), then=1),
            When(Exists(of_section.filter(campaign=this)), then=2),
            When(is_featured=True, then=3),
        )
        found = self.running(now).annotate(nearness=nearness).filter(nearness__lte=3)
        found = found.exclude(Exists(of_story.filter(campaign=None)))
        found = found.exclude(Exists(of_section.filter(campaign=None)), nearness__gt=1)
        return found.order_by("nearness")[:1]

    def moments_after(self, now: datetime) -> tuple[models.QuerySet, ...]:
        """Of when a campaign begins or ends next: two queries for one union."""
        return tuple(
            self.filter(**{"state": CampaignState.PUBLIC, f"{name}__gt": now})
            .order_by(name)
            .values_list(name)[:1]
            for name in ("starts_at", "ends_at")
        )

    def with_raised(self) -> Self:
        """Adds `balance_minor`, the sum of the ledger, which `raised_minor` shows, and
        `recorded_at`, when the last of its entries was recorded."""
        entries = LedgerEntry.objects.filter(campaign=OuterRef("pk")).order_by()
        balance = entries.values("campaign").annotate(sum=Sum("amount_minor")).values("sum")
        last = entries.order_by("-recorded_at").values("recorded_at")[:1]
        return self.annotate(
            balance_minor=Coalesce(Subquery(balance), 0), recorded_at=Subquery(last)
        )

    def with_supporters(self) -> Self:
        """Adds `supporter_count`: the people of whose gifts something is left.

        Of gifts through this site each donor counts once, of others as many as staff have said.
        """
        entries = LedgerEntry.objects.filter(campaign=OuterRef("pk")).order_by()
        donors = (
            entries.exclude(donation=None)
            .values("donation__donor")
            .annotate(left=Sum("amount_minor"))
            .filter(left__gt=0)
        )
        people = (
            entries.filter(kind=Kind.GIFT, donation=None)
            .left_over()
            .values("campaign")
            .annotate(sum=Sum("supporters"))
            .values("sum")
        )
        counted = donors.annotate(one=Value(1)).values("one")
        return self.annotate(
            supporter_count=Coalesce(Subquery(people), 0) + _Count(counted.values("one"))
        )


class _Count(models.expressions.Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = models.BigIntegerField()


class Campaign(models.Model):
    """What readers are asked to pay for, and how far that has come.

    What was raised is never stored: `Campaign.objects.with_raised()` adds up the ledger. The
    currency cannot change once there are donations or entries; the database refuses it.
    """

    slug = models.SlugField(_("slug"), unique=True)
    names = LanguageTextField(_("name"))
    descriptions = LanguageTextField(_("story"), long=True, max_text=5000)
    how_to_give = LanguageTextField(
        _("how to transfer money"),
        long=True,
        max_text=5000,
        help_text=_(
            "Whose account it is, its number and its bank, and where cash is taken. Who gives by "
            "bank transfer sees it with a reference of their own."
        ),
    )
    state = models.CharField(
        _("state"), max_length=6, choices=CampaignState, default=CampaignState.DRAFT
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="USD", validators=[validate_currency]
    )
    goal_minor = models.BigIntegerField(_("goal"), null=True, blank=True)
    marks_minor = ArrayField(
        models.BigIntegerField(), verbose_name=_("marks"), size=MOST_MARKS, default=list, blank=True
    )
    suggested_minor = ArrayField(
        models.BigIntegerField(),
        verbose_name=_("suggested amounts"),
        size=MOST_SUGGESTIONS,
        default=list,
        blank=True,
    )
    minimum_minor = models.BigIntegerField(
        _("smallest gift"), default=100, validators=[MinValueValidator(1)]
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_featured = models.BooleanField(
        _("shown on articles"),
        default=False,
        help_text=_(
            "Its bar stands before and after every article while it runs, but for those for which "
            "another campaign is chosen."
        ),
    )

    objects = CampaignQuerySet.as_manager()
    balance_minor: int
    recorded_at: datetime | None
    supporter_count: int

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_at", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CampaignState.values), name="campaign_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(goal_minor=None) | Q(goal_minor__gt=0, goal_minor__lt=LIMIT_MINOR),
                name="campaign_goal_is_positive",
                violation_error_message=_("The goal must be more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(minimum_minor__gt=0, minimum_minor__lt=LIMIT_MINOR),
                name="campaign_minimum_is_positive",
                violation_error_message=_("The smallest gift must be more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="campaign_currency_is_a_code"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="campaign_ends_after_it_starts",
                violation_error_message=_("A campaign ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["is_featured"],
                condition=Q(is_featured=True),
                name="campaign_is_featured_alone",
                violation_error_code="unique",  # so that the message stands beside the field
                violation_error_message=_(
                    "Another campaign is shown on articles. Take it off there first."
                ),
            ),
            models.CheckConstraint(condition=~Q(slug=NO_SLUG), name="campaign_slug_is_no_gift"),
            # What other tables' foreign keys point to, which keeps their currencies equal.
            models.UniqueConstraint(fields=["id", "currency"], name="campaign_currency_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, else in the default one."""
        return in_language(self.names)

    @property
    def description(self) -> str:
        return in_language(self.descriptions)

    @property
    def ways_to_give(self) -> str:
        return in_language(self.how_to_give)

    @property
    def raised_minor(self) -> int:
        """What the ledger adds up to, never below 0. Needs with_raised()."""
        return max(0, self.balance_minor)

    def is_running(self, now: datetime) -> bool:
        return self.has_begun(now) and not self.has_ended(now)

    def has_begun(self, now: datetime) -> bool:
        return self.state == CampaignState.PUBLIC and self.starts_at <= now

    def has_ended(self, now: datetime) -> bool:
        return self.has_begun(now) and self.ends_at is not None and self.ends_at <= now

    def standing(self, now: datetime) -> Standing:
        if self.state == CampaignState.DRAFT:
            return Standing.DRAFT
        if not self.has_begun(now):
            return Standing.UPCOMING
        return Standing.ENDED if self.has_ended(now) else Standing.RUNNING

    def get_absolute_url(self) -> str:
        return reverse("fundraising:campaign_detail", args=[self.slug])

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A campaign ends after it starts.")})


class CampaignRedirect(models.Model):
    """A slug that a public campaign once had. Written by triggers, which give it to no other."""

    slug = models.SlugField(_("slug"), unique=True)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="redirects", verbose_name=_("campaign")
    )

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")

    def __str__(self) -> str:
        return self.slug


class CampaignChoice(models.Model):
    """Which campaign stands on the articles of a section, or of one story, instead of the default.

    Without a campaign none does. A story's choice goes before its section's; one whose campaign
    does not run is passed over.
    """

    section = models.OneToOneField(
        Section, on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("section"),
    )  # fmt: skip
    story = models.OneToOneField(
        Story, on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("story"),
    )  # fmt: skip
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="choices",
        verbose_name=_("campaign"), help_text=_("Empty: no campaign is shown there."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("choice of a campaign")
        verbose_name_plural = _("campaigns of sections and stories")
        constraints = [
            models.CheckConstraint(
                condition=Q(section=None, story__isnull=False)
                | Q(section__isnull=False, story=None),
                name="campaign_choice_is_for_one",
                violation_error_message=_("Choose a section or a story."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section or self.story}: {self.campaign or '–'}"
