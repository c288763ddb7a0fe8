"""Which comments came from another system."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportedComment(models.Model):
    """That a comment was another system's: importing it again finds it here. Written by
    `comments.importing` alone, and never changed."""

    source = models.CharField(_("source"), max_length=50)
    key = models.CharField(_("key"), max_length=200)
    comment = models.OneToOneField(
        "comments.Comment", models.PROTECT, related_name="+", verbose_name=_("comment")
    )

    class Meta:
        verbose_name = _("imported comment")
        verbose_name_plural = _("imported comments")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="imported_comment_is_there_once")
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
