"""What providers say, as they said it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fundraising.models.donations import Donation
from richtext.plain import no_address, plain_text, visible_text

PAYLOADS_ARE_KEPT = timedelta(days=30)


class Said(StrEnum):
    """What a provider can tell of a payment, in our words."""

    PENDING = "pending"  # promised to the provider, the money is on its way
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUND = "refund"
    REFUND_RETURNED = "refund_returned"  # it did not reach the giver: the money is ours again
    DISPUTE = "dispute"  # the money has been taken until it is decided
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    NOTHING = "nothing"  # of no concern for money


class EventState(models.TextChoices):
    DONE = "done", _("done")
    IGNORED = "ignored", _("of no concern")
    PARKED = "parked", _("waits for the payment that it is about")
    FLAGGED = "flagged", _("needs a person: not credited")
    FAILED = "failed", _("failed; it is tried again")
    DISMISSED = "dismissed", _("set aside by hand")


SETTLED = (EventState.DONE, EventState.IGNORED, EventState.DISMISSED)


class ProviderEventQuerySet(models.QuerySet):
    def unsettled(self) -> Self:
        """Those that have not come to their end."""
        return self.exclude(state__in=SETTLED)

    def in_question(self) -> Self:
        """Of money that came for a gift and was not credited."""
        return self.filter(said=Said.PAID, is_live=True, state=EventState.FLAGGED)

    def dealt_with(self) -> Self:
        """Of money that came for a gift, and was given back or booked elsewhere by hand."""
        return self.filter(said=Said.PAID, is_live=True, state=EventState.DISMISSED)

    def outdated(self, now: datetime) -> Self:
        """Those whose payload has been kept long enough."""
        return self.filter(received_at__lt=now - PAYLOADS_ARE_KEPT, payload__isnull=False)


class ProviderEvent(models.Model):
    """One signed thing that a provider said. Its payload is emptied after thirty days, and at
    once where it is of no concern.

    What it said, of which money and of how much of it, stays: it is compared with the ledger. So
    does who of staff has set it aside and why; the database refuses to change that.
    """

    provider = models.CharField(_("provider"), max_length=20)
    event_id = models.CharField(_("event"), max_length=255)
    type = models.CharField(_("type"), max_length=100)
    api_version = models.CharField(_("version"), max_length=40, blank=True)
    is_live = models.BooleanField(_("of real money"), default=True)
    payload = models.JSONField(_("content"), null=True)
    said = models.CharField(max_length=15, default=Said.NOTHING.value, editable=False)
    reference = models.CharField(max_length=255, blank=True, editable=False)
    amount_minor = models.BigIntegerField(_("amount"), default=0, editable=False)
    currency = models.CharField(_("currency"), max_length=3, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=EventState)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    waits_for = models.CharField(max_length=255, blank=True, editable=False)
    donation = models.ForeignKey(
        Donation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("donation"),
    )
    occurred_at = models.DateTimeField(_("happened"))
    received_at = models.DateTimeField(_("received"), db_default=Now(), editable=False)
    processed_at = models.DateTimeField(_("processed"), null=True, editable=False)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("set aside by"),
    )
    dismissed_at = models.DateTimeField(_("set aside"), null=True, editable=False)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("For the desk only, kept for good. No names, addresses or account numbers."),
        validators=[plain_text, visible_text, no_address],
    )

    objects = ProviderEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("provider's event")
        verbose_name_plural = _("provider's events")
        ordering = ["-id"]
        permissions = [("replay_providerevent", "Can settle an event again")]
        indexes = [
            models.Index(
                fields=["provider", "waits_for"],
                condition=Q(state=EventState.PARKED),
                name="provider_event_parked",
            ),
            models.Index(
                fields=["received_at"],
                condition=Q(payload__isnull=False),
                name="provider_event_payloads",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "event_id"], name="provider_event_is_heard_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=EventState.values), name="provider_event_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.PARKED) | ~Q(waits_for=""),
                name="provider_event_parked_waits_for_something",
            ),
            models.CheckConstraint(
                condition=Q(said__in=[each.value for each in Said]),
                name="provider_event_said_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=EventState.DISMISSED,
                    dismissed_by__isnull=False,
                    dismissed_at__isnull=False,
                )
                & ~Q(reason="")
                | ~Q(state=EventState.DISMISSED)
                & Q(dismissed_by=None, dismissed_at=None, reason=""),
                name="provider_event_dismissed_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
