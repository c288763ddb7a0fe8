"""The ledger: money that moved."""

import uuid
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fundraising.money import LIMIT_MINOR, format_amount
from richtext.plain import no_address, plain_text

# Where money came by that no payment service took: typed at the desk, a transfer, another book.
DESK, BANK, IMPORT = OFFLINE = ("desk", "bank", "import")


class Kind(models.TextChoices):
    GIFT = "gift", _("gift")
    REFUND = "refund", _("refund")
    REFUND_RETURNED = "refund_returned", _("refund that came back")
    DISPUTE = "dispute", _("disputed payment")
    DISPUTE_WON = "dispute_won", _("dispute won")
    CORRECTION = "correction", _("correction")


LEFT = models.Func("pk", function="fundraising_left", output_field=models.BigIntegerField())


class LedgerEntryQuerySet(models.QuerySet):
    def with_left(self) -> Self:
        """Adds `rest_minor`: the signed amount that is left of each after all that reverses it."""
        return self.annotate(rest_minor=LEFT)

    def left_over(self) -> Self:
        """Entries of which something is left."""
        return self.alias(left=LEFT).exclude(left=0)


class LedgerEntry(models.Model):
    """Money that moved. Append-only: the database refuses UPDATE and DELETE.

    A mistake is put right by counter-entries, each of which names what it reverses. The database
    also holds the currency to the campaign's, the donation and the reversed entry to the same
    campaign, a counter-entry to the opposite sign, all of one kind together to the amount that
    they reverse, and what staff record to what is left of it (migrations 0002 and 0005).
    """

    campaign = models.ForeignKey(
        "fundraising.Campaign",
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("campaign"),
        db_index=False,  # ledger_entry_sums begins with it
    )
    donation = models.ForeignKey(
        "fundraising.Donation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("donation"),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.GIFT)
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    supporters = models.PositiveIntegerField(
        _("supporters"),
        default=0,
        help_text=_("How many people gave it, where it is no donation through this site."),
    )
    occurred_on = models.DateField(_("date"), help_text=_("The day on which the money moved."))
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_(
            "For the desk only, kept for good: where the money came from, or why it is corrected. "
            "No names, addresses or account numbers."
        ),
        validators=[plain_text, no_address],
    )
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversed_by",
        verbose_name=_("reverses"),
    )
    provider = models.CharField(_("by way of"), max_length=20, default=DESK, editable=False)
    # What the provider calls the money that moved; at the desk given by the form, so that sending
    # it twice records it once.
    reference = models.CharField(_("reference"), max_length=255, default=uuid.uuid4, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), db_default=Now(), editable=False)

    objects = LedgerEntryQuerySet.as_manager()
    rest_minor: int

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["campaign", "-recorded_at"],
                include=["amount_minor", "kind"],
                name="ledger_entry_sums",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference", "kind"], name="ledger_entry_is_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.GIFT, amount_minor__gt=0, reverses=None)
                | Q(
                    kind__in=[Kind.REFUND, Kind.DISPUTE],
                    amount_minor__lt=0,
                    reverses__isnull=False,
                )
                | Q(
                    kind__in=[Kind.REFUND_RETURNED, Kind.DISPUTE_WON],
                    amount_minor__gt=0,
                    reverses__isnull=False,
                )
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
                condition=Q(kind=Kind.GIFT) | Q(recorded_by=None) | ~Q(note=""),
                name="ledger_entry_counter_has_a_reason",
                violation_error_message=_("Say why, in the note."),
            ),
            models.CheckConstraint(
                condition=Q(supporters=0) | Q(kind=Kind.GIFT, donation=None),
                name="ledger_entry_counts_people_once",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False)
                | (Q(donation__isnull=False) & ~Q(provider__in=OFFLINE)),
                name="ledger_entry_says_who_recorded_it",
            ),
            models.CheckConstraint(
                condition=Q(provider__regex=r"^[a-z]+$") & ~Q(reference=""),
                name="ledger_entry_has_a_reference",
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

    @property
    def way(self) -> str:
        """By which the money came: what reverses an entry is of the same, whoever recorded it.
        Costs a query for each step that is not loaded."""
        return self.reverses.way if self.reverses else self.provider

    @property
    def left_minor(self) -> int:
        """The signed amount that is left after all that reverses it. One query."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT fundraising_left(%s)", [self.pk])
            return cursor.fetchone()[0]
