"""Refunds that staff have asked a provider for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fundraising.models.donations import Donation
from richtext.plain import no_address, plain_text, visible_text


class RequestState(models.TextChoices):
    ASKED = "asked", _("on its way")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused by the payment service")


class RefundRequest(models.Model):
    """What is to be given back by a provider. While it is on its way its amount is set aside."""

    donation = models.ForeignKey(
        Donation, on_delete=models.PROTECT, related_name="refunds", verbose_name=_("donation")
    )
    # Given by the form: the provider gives back once for it, however often it is asked.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    amount_minor = models.BigIntegerField(_("amount"))
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("For the desk only, kept for good. No names, addresses or account numbers."),
        validators=[plain_text, visible_text, no_address],
    )
    state = models.CharField(
        _("state"), max_length=7, choices=RequestState, default=RequestState.ASKED
    )
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked for by"),
    )
    requested_at = models.DateTimeField(_("asked for"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="refund_request_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="refund_request_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="refund_request_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.donation}: {self.get_state_display()}"
