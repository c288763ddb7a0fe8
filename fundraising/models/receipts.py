"""What givers are sent: receipts by their numbers, and what was mailed."""

from datetime import timedelta

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fundraising.models.donations import Donation
from fundraising.models.ledger import LedgerEntry
from fundraising.money import format_amount


class ReceiptYear(models.Model):
    """The number of a year's last receipt. Moved on by `fundraising.receipts.issue` alone."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last_number}"


class Receipt(models.Model):
    """That the money of a donation has come. It names nobody, so that it outlives erasure.

    Append-only, and numbered in each year without gaps in the order of issue: the database
    refuses UPDATE, DELETE and a number that does not follow.
    """

    donation = models.OneToOneField(
        Donation, on_delete=models.PROTECT, related_name="receipt", verbose_name=_("donation")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    # As the ledger had them when it was issued, in the donation's currency.
    amount_minor = models.BigIntegerField(_("amount"))
    received_on = models.DateField(_("received"))
    issued_at = models.DateTimeField(_("issued"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="receipt_number_is_unique"),
            models.CheckConstraint(
                condition=Q(number__gt=0), name="receipt_numbers_begin_with_one"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_is_of_money"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:06d}"

    @property
    def amount(self) -> str:
        """What came, as readers write it in the active language."""
        return format_amount(self.amount_minor, self.donation.currency)

    @property
    def returned_minor(self) -> int:
        """What the ledger does not have of it any more: refunded, disputed, or a mistake. One
        query."""
        left = self.donation.entries.aggregate(sum=Sum("amount_minor"))["sum"] or 0
        return max(0, self.amount_minor - left)

    @property
    def address(self) -> str:
        """Of its page to print, known to the giver alone."""
        return reverse("fundraising:donation_receipt", args=[self.donation.public_id])


class MailKind(models.TextChoices):
    PROMISE = "promise", _("how to transfer the gift")
    RECEIPT = "receipt", _("receipt")
    REFUND = "refund", _("refund")


class SentMailManager(models.Manager):
    def promises_to(self, email: str) -> int:
        """How many mails about promises went to an address within a week."""
        lately = self.filter(kind=MailKind.PROMISE, sent_at__gt=Now() - timedelta(days=7))
        return lately.filter(donation__email=email).count()


class SentMail(models.Model):
    """That the giver was sent a mail, once of each kind, and of each refund once. It holds no
    address."""

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="mails")
    entry = models.ForeignKey(
        LedgerEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=7, choices=MailKind)
    sent_at = models.DateTimeField(db_default=Now())

    objects = SentMailManager()

    class Meta:
        verbose_name = _("sent mail")
        verbose_name_plural = _("sent mails")
        constraints = [
            models.UniqueConstraint(
                fields=["donation", "kind", "entry"],
                nulls_distinct=False,
                name="donor_mail_is_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=MailKind.REFUND) ^ Q(entry=None),
                name="donor_mail_of_a_refund_says_which",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MailKind.values), name="donor_mail_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.donation_id}"
