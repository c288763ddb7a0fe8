"""Pieces of an article's text that people speak about, and errors that readers report there."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models import Contribution
from richtext.passages import CONTEXT, MAX_EXACT, Selector
from richtext.plain import plain_text, visible_text

PUBLISH = "articles.publish_article"
MAX_QUESTION = 300
MAX_REPORT = 2000


class Passage(models.Model):
    """Words of one edition's article, as they stood in one revision of it.

    A `question` makes it one that the desk asks readers about; without, a reader quoted it. It
    is found again in the text by its words (W3C Web Annotation, TextQuoteSelector); which words
    those are never changes, a trigger sees to it, so that what was answered stays what it was.
    """

    article = models.ForeignKey(
        "articles.Article", models.PROTECT, related_name="+", verbose_name=_("article")
    )
    revision = models.ForeignKey(
        "articles.Revision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("revision"),
    )
    exact = models.TextField(_("passage"), max_length=MAX_EXACT)
    prefix = models.CharField(_("before it"), max_length=CONTEXT, blank=True, editable=False)
    suffix = models.CharField(_("after it"), max_length=CONTEXT, blank=True, editable=False)
    question = models.CharField(
        _("question"), max_length=MAX_QUESTION, blank=True, validators=[plain_text, visible_text]
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("asked by"),
    )
    is_closed = models.BooleanField(
        _("closed"), default=False, help_text=_("No new answers. Those that are there stay.")
    )
    created_at = models.DateTimeField(_("marked"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("question on a passage")
        verbose_name_plural = _("questions on passages")
        constraints = [
            models.CheckConstraint(condition=~Q(exact=""), name="passage_has_words"),
            models.CheckConstraint(
                condition=Q(question="", asked_by=None, is_closed=False)
                | (~Q(question="") & Q(asked_by__isnull=False)),
                name="passage_question_is_the_desks",
            ),
        ]

    def __str__(self) -> str:
        return self.question or Truncator(self.exact).chars(60)

    @property
    def selector(self) -> Selector:
        return Selector(self.exact, self.prefix, self.suffix)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def for_person(self, person: User) -> Self:
        """All for who publishes; for others those of what they had a part in."""
        if person.has_perm(PUBLISH):
            return self
        own = Contribution.objects.filter(contributor__user=person.pk)
        return self.filter(passage__article__in=own.values("article"))


class ErrorReport(models.Model):
    """A reader's word that something in a passage is wrong. Nothing of the reader is kept."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CORRECTED = "corrected", _("corrected")
        DISMISSED = "dismissed", _("dismissed")

    passage = models.ForeignKey(
        Passage, models.PROTECT, related_name="+", verbose_name=_("passage")
    )
    text = models.TextField(
        _("what is wrong"), max_length=MAX_REPORT, validators=[plain_text, visible_text]
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status, default=Status.OPEN, editable=False
    )
    created_at = models.DateTimeField(_("reported"), db_default=Now(), editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        indexes = [
            # what waits for the desk
            models.Index(fields=["-id"], condition=Q(status="open"), name="error_report_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", decided_by=None, decided_at=None)
                | Q(
                    status__in=["corrected", "dismissed"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="error_report_is_open_or_decided",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)
