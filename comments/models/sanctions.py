"""What the desk decided about people: warnings, holding, suspensions, bans, and their end."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models.moderation import MAX_NOTE, Reason
from richtext.plain import no_address, plain_text


class Measure(models.TextChoices):
    """What is done, in the order of how much it takes away."""

    LIFT = "lift", pgettext_lazy("sanction", "lifted")
    WARN = "warn", pgettext_lazy("sanction", "warning")
    HOLD = "hold", pgettext_lazy("sanction", "comments are held")
    SUSPEND = "suspend", pgettext_lazy("sanction", "suspended")
    BAN = "ban", pgettext_lazy("sanction", "banned")


LASTING = (Measure.HOLD, Measure.SUSPEND, Measure.BAN)
SHUTTING_OUT = (Measure.SUSPEND, Measure.BAN)


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def in_force(self, at: object) -> Self:
        """What lasts at that moment. Its twin in the database is comments_sanction_of()."""
        lifting = Sanction.objects.filter(lifts=OuterRef("pk"))
        lasting = self.filter(Q(ends_at=None) | Q(ends_at__gt=at), measure__in=LASTING)
        return lasting.filter(~Exists(lifting))


class Sanction(models.Model):
    """One decision about one person. Append-only: a trigger refuses every change.

    Written by `comments.sanctioning` alone. What was decided is taken back by another row, which
    `lifts` it. Whom it concerns is a key as `Vote.voter`, and no name.
    """

    person = models.CharField(_("person"), max_length=50, editable=False)
    # What it was given for; of a guest its address is where mail goes.
    comment = models.ForeignKey(
        "comments.Comment",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("comment"),
    )
    measure = models.CharField(_("measure"), max_length=7, choices=Measure)
    # Lifting has none of these, but says why in the note.
    reason = models.CharField(_("reason"), max_length=9, choices=Reason, blank=True)
    note = models.TextField(
        _("note to the person"),
        max_length=MAX_NOTE,
        blank=True,
        validators=[plain_text, no_address],
    )
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    lifts = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="lifted_by",
        verbose_name=_("lifts"),
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    given_at = models.DateTimeField(_("decided"), db_default=Now(), editable=False)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes = [
            # what was decided about somebody
            models.Index(fields=["person", "-id"], name="sanction_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(Q(measure="lift", reason="") & ~Q(note=""))
                | Q(Q(measure__in=Measure.values, reason__in=Reason.values) & ~Q(measure="lift")),
                name="sanction_is_for_a_reason",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(measure="lift", lifts__isnull=False)
                | (~Q(measure="lift") & Q(lifts=None)),
                name="sanction_lifts_another",
            ),
            models.CheckConstraint(
                condition=Q(measure="suspend", ends_at__isnull=False)
                | Q(measure="hold")
                | Q(measure__in=["lift", "warn", "ban"], ends_at=None),
                name="sanction_ends_as_it_must",
                violation_error_message=_(
                    "A suspension has an end, holding may have one, and nothing else has."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(person=""),
                name="sanction_is_about_somebody",
                violation_error_message=_("Nobody knows who wrote this comment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.get_reason_display()}"
