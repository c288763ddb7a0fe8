"""Asking once for another look at what was decided about one's comment."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.explaining import noted
from comments.models.moderation import MAX_NOTE, ModerationEntry
from comments.people import is_about
from richtext.plain import plain_text, visible_text

MAX_APPEAL = 1000


class Answer(models.TextChoices):
    """What another moderator decided."""

    GRANTED = "granted", _("The comment is shown again.")
    REFUSED = "refused", _("The decision stands.")


class AppealQuerySet(models.QuerySet["Appeal"]):
    def still_open(self) -> Self:
        """What waits for the desk: the condition is that of an index."""
        return self.filter(answer="")

    def answerable_by(self, person: User, *, guest: UUID | None = None) -> Self:
        """What waits for this person; of one appeal `comments.appealing.may_answer` says it."""
        then_or_since = ModerationEntry.objects.filter(
            comment=OuterRef("comment"), pk__gte=OuterRef("entry")
        )
        others = self.still_open().filter(~Exists(then_or_since.against(by=person)))
        return others if person.is_superuser else others.exclude(is_about(person.pk, guest))


class Appeal(models.Model):
    """That a comment's writer asks for another look; once. Written by `comments.appealing` alone.

    A trigger refuses that whoever decided against the comment, then or since, answers it, and that
    anything else of it changes than its answer, once. Its words go with the comment or the account;
    one that still waits goes with the comment, or once readers see it again.
    """

    comment = models.OneToOneField(
        "comments.Comment", models.PROTECT, related_name="+", verbose_name=_("comment")
    )
    # The decision that is looked at again.
    entry = models.ForeignKey(
        "comments.ModerationEntry",
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("decision"),
    )
    text = models.TextField(
        _("what its writer says"), max_length=MAX_APPEAL, validators=[plain_text, visible_text]
    )
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("asked"), db_default=Now())
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True)
    note = models.TextField(
        _("note to the writer"), max_length=MAX_NOTE, blank=True, validators=[plain_text]
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            # what waits for the desk
            models.Index(fields=["id"], condition=Q(answer=""), name="appeal_open"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", decided_by=None, decided_at=None)
                | Q(
                    answer__in=Answer.values,
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="appeal_is_open_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"

    @property
    def told(self) -> str:
        """What its writer reads of the answer, in the active language."""
        return noted(str(Answer(self.answer).label), self.note)
