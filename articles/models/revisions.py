"""What an article said when: every save and every publish writes a revision."""

from typing import TYPE_CHECKING, Optional, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from richtext.plain import plain_text

if TYPE_CHECKING:
    from articles.models import Article


class RevisionKind(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class RevisionQuerySet(models.QuerySet["Revision"]):
    def published(self) -> Self:
        """What was put before readers, or scheduled for them."""
        return self.filter(kind=RevisionKind.PUBLISHED)

    def newest_published(self, article: "Article") -> Optional["Revision"]:
        """What the article's row says; None before it is published. One query."""
        return self.published().filter(article=article).order_by("-number").first()


class Revision(models.Model):
    """The whole of an article as somebody saved or published it.

    Append-only but for its label: triggers refuse changes. Drafts of an article that was never
    published go with it.
    """

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="revisions", verbose_name=_("article")
    )
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=9, choices=RevisionKind)
    based_on = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("based on"),
        help_text=_("The revision whose text this one began from."),
    )
    snapshot = models.JSONField(_("snapshot"))
    is_minor = models.BooleanField(_("minor change"), default=False)
    label = models.CharField(
        _("label"),
        max_length=80,
        blank=True,
        validators=[plain_text],
        help_text=_("A name by which it is found again, like “before the interview”."),
    )
    warnings = models.JSONField(
        _("warnings"), default=list, help_text=_("What it was published in spite of.")
    )
    warnings_reason = models.CharField(
        _("reason"), max_length=300, blank=True, validators=[plain_text]
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by")
    )
    created_at = models.DateTimeField(_("saved"), db_default=Now())

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_is_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=RevisionKind.values), name="revision_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(warnings=[]) ^ ~Q(warnings_reason__regex=r"^\s*$"),
                name="revision_overrides_warnings_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"
