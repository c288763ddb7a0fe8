"""The work of translating: who has taken on which edition, and what has been reconciled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models import Story
from richtext.plain import plain_text


class Assignment(models.Model):
    """That a story is wanted in a language, by when, and who has taken it on.

    How far the work has come is never stored: it follows from the articles.
    """

    story = models.ForeignKey(Story, models.CASCADE, related_name="+", verbose_name=_("story"))
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True, validators=[plain_text])
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("requested by")
    )
    requested_at = models.DateTimeField(_("requested"), db_default=Now())

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "id"]
        permissions = [("assign_assignment", "Can give translations to others")]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "language"],
                name="assignment_is_one_per_language",
                violation_error_message=_("This translation has already been asked for."),
            ),
        ]
        indexes = [models.Index(fields=["owner", "due_on"], name="assignment_of_owner")]

    def __str__(self) -> str:
        return f"{self.story} → {self.language.upper()}"


class Reconciliation(models.Model):
    """That somebody compared a translation with its source as it is now. Append-only.

    Plain ids, for a log outlives what it speaks of: of revisions for a source of our own, of
    source texts for one elsewhere.
    """

    article = models.PositiveBigIntegerField(_("article"))
    from_revision = models.PositiveBigIntegerField(null=True)
    to_revision = models.PositiveBigIntegerField(null=True)
    from_text = models.PositiveBigIntegerField(null=True)
    to_text = models.PositiveBigIntegerField(null=True)
    by = models.PositiveBigIntegerField(_("by"))
    reconciled_at = models.DateTimeField(_("reconciled"), db_default=Now())

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_revision__isnull=False, to_text=None, from_text=None)
                | Q(to_text__isnull=False, to_revision=None, from_revision=None),
                name="reconciliation_is_with_one_source",
            ),
        ]
        indexes = [models.Index(fields=["article", "-id"], name="reconciliation_of_article")]

    def __str__(self) -> str:
        return f"{self.article} ({self.reconciled_at:%Y-%m-%d})"
