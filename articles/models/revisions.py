"""What was published when: every publish writes a revision."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """The whole of an article as it was published. Append-only: a trigger refuses changes."""

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.JSONField(_("snapshot"))
    is_minor = models.BooleanField(_("minor change"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    created_at = models.DateTimeField(_("published"), db_default=Now())

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"
