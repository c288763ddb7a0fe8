"""What a comment said before it was edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentVersion(models.Model):
    """One earlier text of a comment. Written by `comments.editing`, emptied by erasure."""

    comment = models.ForeignKey(
        "comments.Comment", models.PROTECT, related_name="+", verbose_name=_("comment")
    )
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    written_at = models.DateTimeField(_("written"))
    replaced_at = models.DateTimeField(_("replaced"))
    # Whether somebody had answered this text: then readers may see what was answered.
    was_answered = models.BooleanField(_("was answered"))

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(written_at__lte=models.F("replaced_at")),
                name="comment_version_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.written_at:%Y-%m-%d %H:%M}"
