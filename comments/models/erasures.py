"""What somebody erased that had been taken away from them before."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.moderation import REJECTED, Status


class Erasure(models.Model):
    """That it was taken away counts in somebody's record as before. Written by `editing.erase`.

    Nothing of the comment is kept here: neither its number nor a word of it.
    """

    person = models.CharField(_("person"), max_length=50)  # as `Vote.voter`
    status = models.CharField(_("status"), max_length=7, choices=Status)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("erased comment")
        verbose_name_plural = _("erased comments")
        indexes = [
            # the newest of one person
            models.Index(fields=["person", "-written_at"], name="erasure_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=list(REJECTED)), name="erasure_is_of_what_was_taken_away"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"
