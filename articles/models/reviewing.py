"""How a text is agreed upon at the desk: what was said of it, and who may work where."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from articles.models.revisions import Revision
from articles.models.subjects import Section
from richtext.plain import plain_text


class ReviewKind(models.TextChoices):
    NOTE = "note", _("note")
    SUBMITTED = "submitted", _("submitted for review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")


class ReviewState(models.TextChoices):
    """Where the newest text of an article stands: derived from what was said of its revisions."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")


class ReviewEntry(models.Model):
    """A note or a decision about one revision. Append-only: triggers refuse changes.

    The newest decision since the last publishing says the state of review; an approval counts only
    for the very revision that it names. Entries go with an article that was never published.
    """

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="review", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        Revision, models.CASCADE, related_name="+", verbose_name=_("revision")
    )
    kind = models.CharField(_("kind"), max_length=17, choices=ReviewKind, default=ReviewKind.NOTE)
    text = models.TextField(
        _("note"), max_length=2000, blank=True, validators=[plain_text, MaxLengthValidator(2000)]
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("written"), db_default=Now())

    class Meta:
        verbose_name = _("review entry")
        verbose_name_plural = _("review entries")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ReviewKind.values), name="review_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["submitted", "approved"]) | ~Q(text__regex=r"^\s*$"),
                name="review_says_something",
                violation_error_message=_("Say what is to be changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}" if self.text else self.get_kind_display()


class Remit(models.Model):
    """In which sections and languages somebody's rights hold. Who has none works everywhere."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    sections = models.ManyToManyField(
        Section,
        blank=True,
        related_name="+",
        verbose_name=_("sections"),
        help_text=_("None chosen: all of them."),
    )
    languages = ArrayField(
        models.CharField(max_length=7),
        verbose_name=_("languages"),
        default=list,
        blank=True,
        help_text=_("None chosen: all of them."),
    )

    class Meta:
        verbose_name = _("remit")
        verbose_name_plural = _("remits")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)
