"""What the desk sets comments apart by: picks, pins, closed branches, and who did it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from richtext.plain import no_address, plain_text

MAX_PICK_NOTE = 300


class DeskMark(models.Model):
    """That somebody of the desk gave a comment a mark or took it away. Written by `marking`.

    Append-only: a trigger refuses every change. How things are now stands in the comment's row.
    """

    class Kind(models.TextChoices):
        PICK = "pick", pgettext_lazy("mark", "picked")
        PIN = "pin", pgettext_lazy("mark", "pinned")
        CLOSED = "closed", pgettext_lazy("mark", "closed")

    comment = models.ForeignKey(
        "comments.Comment",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("comment"),
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    kind = models.CharField(_("mark"), max_length=6, choices=Kind)
    is_set = models.BooleanField(_("given"))
    # What the desk said to readers then; the comment's row has what it says now.
    note = models.CharField(
        _("note"), max_length=MAX_PICK_NOTE, blank=True, validators=[plain_text, no_address]
    )
    made_at = models.DateTimeField(_("decided"), db_default=Now())

    class Meta:
        verbose_name = _("mark of the desk")
        verbose_name_plural = _("marks of the desk")
        ordering = ["id"]
        indexes = [models.Index(fields=["comment", "id"], name="mark_of_comment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["pick", "pin", "closed"]), name="mark_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(note="") | Q(kind="pick", is_set=True), name="mark_note_is_of_a_pick"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.kind} {self.is_set}"
