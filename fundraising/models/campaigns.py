"""Campaigns and the ledger of the money that moved."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.names import LanguageTextField, in_language
from fundraising.money import LIMIT_MINOR, format_amount, validate_currency
from richtext.plain import plain_text


class CampaignQuerySet(models.QuerySet):
    def begun(self, now: datetime) -> Self:
        """Campaigns that readers may know of: running ones and ended ones."""
        return self.filter(starts_at__lte=now)

    def running(self, now: datetime) -> Self:
        return self.begun(now).filter(Q(ends_at=None) | Q(ends_at__gt=now))

    def ended(self, now: datetime) -> Self:
        return self.filter(ends_at__lte=now)

    def featured(self, now: datetime) -> Self:
        """The one whose bar stands on other pages, while it runs. At most one row."""
        return self.running(now).filter(is_featured=True)

    def moments_after(self, now: datetime) -> tuple[models.QuerySet, ...]:
        """Of when a campaign begins or ends next: two queries for one union."""
        return tuple(
            self.filter(**{f"{name}__gt": now}).order_by(name).values_list(name)[:1]
            for name in ("starts_at", "ends_at")
        )

    def with_raised(self) -> Self:
        """Adds `balance_minor`, the sum of the ledger, which `raised_minor` shows."""
        entries = LedgerEntry.objects.filter(campaign=OuterRef("pk")).order_by()
        balance = entries.values("campaign").annotate(sum=Sum("amount_minor")).values("sum")
        return self.annotate(balance_minor=Coalesce(Subquery(balance), 0))

    def with_gift_count(self) -> Self:
        """Adds `gift_count`: the gifts of which something is left after their counter-entry."""
        kept = LedgerEntry.objects.filter(campaign=OuterRef("pk"), kind=Kind.GIFT).filter(
            Q(reversed_by=None) | Q(amount_minor__gt=-F("reversed_by__amount_minor"))
        )
        count = kept.order_by().values("campaign").annotate(count=models.Count("pk"))
        return self.annotate(gift_count=Coalesce(Subquery(count.values("count")), 0))


class Campaign(models.Model):
    """What readers are asked to pay for, and how far that has come.

    What was raised is never stored: `Campaign.objects.with_raised()` adds up the ledger. The
    currency cannot change once there are entries; the database refuses it.
    """

    slug = models.SlugField(_("slug"), unique=True)
    names = LanguageTextField(_("name"))
    descriptions = LanguageTextField(_("description"), long=True, max_text=5000)
    how_to_give = LanguageTextField(
        _("how to give"),
        long=True,
        max_text=5000,
        help_text=_("At the desk, by bank transfer, in cash: whatever is possible today."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="USD", validators=[validate_currency]
    )
    goal_minor = models.BigIntegerField(_("goal"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_featured = models.BooleanField(
        _("shown on articles"),
        default=False,
        help_text=_("Its bar stands before and after every article while it runs."),
    )

    objects = CampaignQuerySet.as_manager()
    balance_minor: int
    gift_count: int

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_at", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal_minor__gt=0, goal_minor__lt=LIMIT_MINOR),
                name="campaign_goal_is_positive",
                violation_error_message=_("The goal must be more than zero."),
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
            # What the ledger's foreign key points to, which keeps both currencies equal.
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
        return self.starts_at <= now and not self.has_ended(now)

    def has_ended(self, now: datetime) -> bool:
        return self.ends_at is not None and self.ends_at <= now

    def get_absolute_url(self) -> str:
        return reverse("fundraising:campaign_detail", args=[self.slug])

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A campaign ends after it starts.")})


class Kind(models.TextChoices):
    GIFT = "gift", _("gift")
    REFUND = "refund", _("refund")
    CORRECTION = "correction", _("correction")


class LedgerEntry(models.Model):
    """Money that moved. Append-only: the database refuses UPDATE and DELETE.

    A mistake is put right by a counter-entry, which names what it reverses. The database also
    holds the currency to the campaign's, the reversed entry to the same campaign, and the
    counter-entry to the opposite sign and at most the amount (migration 0002).
    """

    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("campaign"),
        db_index=False,  # ledger_entry_sums begins with it
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GIFT)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    occurred_on = models.DateField(_("date"), help_text=_("The day on which the money moved."))
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_(
            "For the desk only, kept for good: where the money came from, or why it is corrected. "
            "No names, addresses or account numbers."
        ),
        validators=[plain_text],
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("reverses"),
    )
    # Given by the form that recorded it, so that sending it twice records it once.
    reference = models.UUIDField(_("reference"), unique=True, default=uuid.uuid4, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["campaign"], include=["amount_minor", "kind"], name="ledger_entry_sums"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=Kind.GIFT, amount_minor__gt=0, reverses=None)
                | Q(kind=Kind.REFUND, amount_minor__lt=0, reverses__isnull=False)
                | (Q(kind=Kind.CORRECTION) & ~Q(amount_minor=0)),
                name="ledger_entry_sign_fits_its_kind",
                violation_error_message=_("The amount does not fit the kind of entry."),
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=-LIMIT_MINOR, amount_minor__lt=LIMIT_MINOR),
                name="ledger_entry_amount_is_in_range",
                violation_error_message=_("This amount is too large."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.GIFT) | ~Q(note=""),
                name="ledger_entry_counter_has_a_reason",
                violation_error_message=_("Say why, in the note."),
            ),
            # What the key of `reverses` points to, which keeps both in one campaign.
            models.UniqueConstraint(fields=["id", "campaign"], name="ledger_entry_campaign_key"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}: {self.get_kind_display()}, {self.amount}, {self.occurred_on}"

    @property
    def amount(self) -> str:
        """The signed amount as readers write it in the active language."""
        return format_amount(self.amount_minor, self.currency)
