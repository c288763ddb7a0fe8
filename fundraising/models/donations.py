"""Donations: what somebody has promised to give, and by which way."""

import uuid
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from fundraising.models.campaigns import Campaign
from fundraising.models.ledger import BANK, Kind, LedgerEntry
from fundraising.money import LIMIT_MINOR, format_amount
from fundraising.references import new_reference
from richtext.plain import plain_text, visible_text

LONGEST_MESSAGE = 500


class DonationState(models.TextChoices):
    """How far a promise has come. Refunds and disputes are told by the ledger alone."""

    CREATED = "created", _("begun")
    PENDING = "pending", _("awaited")
    PAID = "paid", _("paid")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("expired")
    CANCELED = "canceled", _("cancelled")


OPEN = (DonationState.CREATED, DonationState.PENDING)


class Moderation(models.TextChoices):
    """Whether the name and the message may stand on the campaign's page."""

    HELD = "held", _("waits for a decision")
    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")


class Placement(models.TextChoices):
    """From where somebody came to give."""

    UNKNOWN = "", _("unknown")
    BEFORE = "before", _("before the article")
    AFTER = "after", _("after the article")
    CAMPAIGN = "campaign", _("the campaign's page")
    EMBED = "embed", _("another site")


class DonationQuerySet(models.QuerySet):
    def awaited(self) -> Self:
        """Promised, and not come yet."""
        return self.filter(state__in=OPEN)

    def with_words(self) -> Self:
        """Paid ones that come with a name or a message for readers."""
        words = Q(is_public=True) | ~Q(message="")
        return self.filter(words, state=DonationState.PAID, is_test=False)

    def in_moderation_queue(self) -> Self:
        """Those whose name or message waits for a decision."""
        return self.with_words().filter(moderation=Moderation.HELD)

    def dedicated(self) -> Self:
        """Whose name or message stands on the campaign's page, the newest first.

        Only while something is left of the gift.
        """
        shown = self.with_words().filter(moderation=Moderation.SHOWN)
        return shown.with_left().filter(left_minor__gt=0).order_by("-id")

    def with_left(self) -> Self:
        """Adds `left_minor`: what the ledger says is left of each."""
        return self.annotate(left_minor=_sum_of(LedgerEntry.objects.all()))

    def with_come(self) -> Self:
        """Adds `come_minor`: what came of each, without what was recorded by mistake."""
        kinds = (Kind.GIFT, Kind.CORRECTION)
        return self.annotate(come_minor=_sum_of(LedgerEntry.objects.filter(kind__in=kinds)))


def _sum_of(entries: models.QuerySet[LedgerEntry]) -> Coalesce:
    mine = entries.filter(donation=OuterRef("pk")).order_by()
    return Coalesce(
        Subquery(mine.values("donation").annotate(sum=Sum("amount_minor")).values("sum")), 0
    )


class Donation(models.Model):
    """One gift as it was promised. Money counts only once the ledger has it.

    The amount, the currency, the campaign and the provider never change, and nothing follows
    after paid; the database refuses both. What names the giver is emptied by erasure; the row
    stays.
    """

    public_id = models.UUIDField(_("address"), unique=True, default=uuid.uuid4, editable=False)
    # Given by the form, so that sending it twice makes one donation.
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"), max_length=25, unique=True, default=new_reference, editable=False
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="donations", verbose_name=_("campaign")
    )
    amount_minor = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    provider = models.CharField(_("by way of"), max_length=20)
    state = models.CharField(
        _("state"), max_length=8, choices=DonationState, default=DonationState.CREATED
    )
    is_test = models.BooleanField(
        _("a trial"), default=False, help_text=_("Of a payment service's test mode: never counted.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    public_name = models.CharField(
        _("name"), max_length=80, blank=True, validators=[plain_text, visible_text]
    )
    is_public = models.BooleanField(_("the name is public"), default=False)
    message = models.TextField(
        _("message"), max_length=LONGEST_MESSAGE, blank=True, validators=[plain_text]
    )
    moderation = models.CharField(
        _("name and message"), max_length=6, choices=Moderation, default=Moderation.HELD
    )
    # One for all gifts of one e-mail address; says nothing about anybody by itself.
    donor = models.UUIDField(_("donor"), default=uuid.uuid4, db_index=True, editable=False)
    language = models.CharField(_("language"), max_length=7)
    article = models.ForeignKey(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
        help_text=_("The one from which the giver came."),
    )
    placement = models.CharField(
        _("origin"), max_length=8, choices=Placement, default=Placement.UNKNOWN, blank=True
    )
    # Where the giver pays, once an online provider has said it.
    payment_url = models.URLField(max_length=2000, blank=True, editable=False)
    created_at = models.DateTimeField(_("promised"), db_default=Now(), editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    objects = DonationQuerySet.as_manager()
    left_minor: int
    come_minor: int

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=OPEN), name="donation_awaited"
            ),
            models.Index(fields=["email"], condition=~Q(email=""), name="donation_by_email"),
            models.Index(
                fields=["campaign", "-id"],
                condition=Q(moderation=Moderation.SHOWN),
                name="donation_shown",
            ),
            models.Index(
                fields=["id"],
                condition=(Q(is_public=True) | ~Q(message=""))
                & Q(state=DonationState.PAID, is_test=False, moderation=Moderation.HELD),
                name="donation_in_moderation_queue",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, amount_minor__lt=LIMIT_MINOR),
                name="donation_amount_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DonationState.values), name="donation_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(moderation__in=Moderation.values),
                name="donation_moderation_is_known",
            ),
            models.CheckConstraint(
                condition=Q(placement__in=Placement.values), name="donation_placement_is_known"
            ),
            models.CheckConstraint(
                condition=Q(provider__regex=r"^[a-z]+$"), name="donation_has_a_provider"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(public_name=""),
                name="donation_public_has_a_name",
                violation_error_message=_("Write the name that is to stand there."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(email="", public_name="", message="", is_public=False),
                name="donation_erased_names_nobody",
            ),
            # What the ledger's foreign key points to, which keeps both in one campaign.
            models.UniqueConstraint(fields=["id", "campaign"], name="donation_campaign_key"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount}"

    @property
    def amount(self) -> str:
        """What was promised, as readers write it in the active language."""
        return format_amount(self.amount_minor, self.currency)

    @property
    def shown_name(self) -> str:
        """The name that readers see; empty for whoever gave anonymously."""
        return self.public_name if self.is_public else ""

    @property
    def is_paid(self) -> bool:
        return self.state == DonationState.PAID

    @property
    def has_come(self) -> bool:
        """Paid, and by no mistake that was corrected since; needs with_come().

        What was given back has come all the same: a bank's statement may name it later.
        """
        return self.is_paid and self.come_minor > 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_by_transfer(self) -> bool:
        return self.provider == BANK

    @property
    def has_words(self) -> bool:
        """Whether it comes with a name or a message for readers."""
        return self.is_public or bool(self.message)

    def get_absolute_url(self) -> str:
        return reverse("fundraising:donation_detail", args=[self.public_id])


class ProviderObjectManager(models.Manager["ProviderObject"]):
    def remember(self, donation: Donation, provider: str, *references: str | None) -> None:
        """That these are of the donation; what is known already, and None, change nothing."""
        self.bulk_create(
            [
                ProviderObject(provider=provider, reference=reference, donation=donation)
                for reference in references
                if reference
            ],
            ignore_conflicts=True,
        )


class ProviderObject(models.Model):
    """What a provider calls something of a donation: a checkout, a payment, a charge.

    Whatever a provider says later names one of these, and so finds the donation.
    """

    provider = models.CharField(_("provider"), max_length=20)
    reference = models.CharField(_("reference"), max_length=255)
    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, related_name="objects_of_provider"
    )

    objects = ProviderObjectManager()

    class Meta:
        verbose_name = _("provider's object")
        verbose_name_plural = _("provider's objects")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="provider_object_is_of_one_donation"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
