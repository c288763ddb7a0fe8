"""What a bank says of an account, and which gifts were taken from it."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from fundraising.models.donations import Donation
from fundraising.models.ledger import LedgerEntry

STATEMENTS_ARE_KEPT = timedelta(days=30)


class StatementQuerySet(models.QuerySet):
    def outdated(self, now: datetime) -> Self:
        """Those that have been kept long enough."""
        return self.filter(uploaded_at__lt=now - STATEMENTS_ARE_KEPT).exclude(content=None)

    def naming(self, donations: models.QuerySet[Donation]) -> Self:
        """Those that still hold what the givers wrote on their transfers."""
        rows = StatementRow.objects.filter(entry__donation__in=donations)
        return self.filter(pk__in=rows.values("statement")).exclude(content=None)

    def forget(self) -> int:
        """Empties what the bank wrote, which names people; what was taken stays. How many."""
        return self.update(content=None)


class Statement(models.Model):
    """A file as the bank made it, once each; kept for thirty days, because it names people.

    It can be taken again while it is kept: each row's gift is recorded once. `reading` says how
    its columns were read when gifts were last taken from it.
    """

    checksum = models.CharField(_("checksum"), max_length=64, unique=True, editable=False)
    content = models.BinaryField(null=True, editable=False)
    reading = models.JSONField(null=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now(), editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_kept(self) -> bool:
        """Whether the file is still there."""
        return self.content is not None

    @property
    def version(self) -> str:
        """Another one for each reading; empty before the first."""
        if self.reading is None:
            return ""
        return hashlib.sha256(json.dumps(self.reading, sort_keys=True).encode()).hexdigest()


class StatementRow(models.Model):
    """A row whose gift was taken. What the bank wrote in it is known by its fingerprint alone."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, unique=True)
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("row of a bank statement")
        verbose_name_plural = _("rows of bank statements")

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.number}"
